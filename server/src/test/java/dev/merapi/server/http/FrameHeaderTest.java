package dev.merapi.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {
    @Test
    void the_length_takes_one_two_or_eight_bytes() {
        assertThat(header(0)).isEqualTo("8200");
        assertThat(header(125)).isEqualTo("827d");
        assertThat(header(126)).isEqualTo("827e007e");
        assertThat(header(0xffff)).isEqualTo("827effff");
        assertThat(header(0x10000)).isEqualTo("827f0000000000010000");
    }

    private static String header(int payload) {
        var out = Unpooled.buffer();
        FrameHeader.write(out, payload);
        return ByteBufUtil.hexDump(out);
    }
}
