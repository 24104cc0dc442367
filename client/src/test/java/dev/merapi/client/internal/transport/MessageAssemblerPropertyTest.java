package dev.merapi.client.internal.transport;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class MessageAssemblerPropertyTest {
    @Test
    void parts_put_together_are_the_message_however_it_was_cut() {
        property().explore(draw -> {
            MessageAssembler assembler = new MessageAssembler(1000);
            for (int message = draw.intBetween(1, 5); message > 0; message--) {
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                byte[] whole = null;
                for (int parts = draw.intBetween(1, 6); parts > 0; parts--) {
                    byte[] part = new byte[draw.intBetween(0, 100)];
                    for (int i = 0; i < part.length; i++) {
                        part[i] = (byte) draw.intBetween(0, 255);
                    }
                    expected.writeBytes(part);
                    ByteBuffer buffer = draw.bool()
                            ? ByteBuffer.wrap(part)
                            : ByteBuffer.allocateDirect(part.length).put(part).flip();
                    whole = assembler.add(buffer, parts == 1);
                    assertThat(buffer.hasRemaining()).isFalse();
                    assertThat(whole != null).isEqualTo(parts == 1);
                }
                assertThat(whole).isEqualTo(expected.toByteArray());
            }
        });
    }

    @Test
    void the_limit_holds_for_the_sum_of_the_parts() throws Exception {
        MessageAssembler assembler = new MessageAssembler(10);
        assertThat(assembler.add(ByteBuffer.allocate(10), true)).hasSize(10);
        assertThat(assembler.add(ByteBuffer.allocate(6), false)).isNull();

        assertThatThrownBy(() -> assembler.add(ByteBuffer.allocate(5), true))
                .isInstanceOf(MessageAssembler.TooLong.class)
                .hasMessageContaining("11");
    }
}
