package dev.merapi.wire.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class V1CodecPropertyTest {
    private static final int ROUNDS = 3_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomMessages messages = new RandomMessages(random);

    @Test
    void a_message_survives_the_way_there_and_back() {
        for (int i = 0; i < ROUNDS; i++) {
            ClientMessage client = messages.client(i % RandomMessages.CLIENT_KINDS);
            assertSame(client, decodeClient(V1Codec.encode(client)), V1Codec.encode(client));
            ServerMessage server = messages.server(i % RandomMessages.SERVER_KINDS);
            assertSame(server, decodeServer(V1Codec.encode(server)), V1Codec.encode(server));
        }
    }

    @Test
    void messages_put_end_to_end_are_a_frame() {
        for (int i = 0; i < ROUNDS / 10; i++) {
            BsatnWriter out = new BsatnWriter();
            int count = 1 + random.nextInt(6);
            List<ServerMessage> sent = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                ServerMessage message = messages.server(random.nextInt(RandomMessages.SERVER_KINDS));
                sent.add(message);
                out.putRaw(V1Codec.encode(message));
            }

            List<ServerMessage> received = decodeServer(out.toByteArray());

            assertThat(received).as("seed=%d", seed).hasSize(count);
            for (int k = 0; k < count; k++) {
                assertThat(V1Codec.encode(received.get(k))).isEqualTo(V1Codec.encode(sent.get(k)));
            }
        }
    }

    @Test
    void every_cut_frame_is_refused() {
        for (int i = 0; i < ROUNDS / 30; i++) {
            byte[] client = V1Codec.encode(messages.client(i % RandomMessages.CLIENT_KINDS));
            byte[] server = V1Codec.encode(messages.server(i % RandomMessages.SERVER_KINDS));
            for (int length = 0; length < client.length; length++) {
                assertRefused(this::decodeClient, Arrays.copyOf(client, length));
            }
            for (int length = 0; length < server.length; length++) {
                assertRefused(this::decodeServer, Arrays.copyOf(server, length));
            }
        }
    }

    @Test
    void damaged_frames_are_refused_or_read_and_nothing_else_happens() {
        for (int i = 0; i < ROUNDS; i++) {
            assertCoded(this::decodeClient, damaged(V1Codec.encode(messages.client(i % RandomMessages.CLIENT_KINDS))));
            assertCoded(this::decodeServer, damaged(V1Codec.encode(messages.server(i % RandomMessages.SERVER_KINDS))));
        }
    }

    @Test
    void random_bytes_are_refused_or_read_and_nothing_else_happens() {
        for (int i = 0; i < ROUNDS * 3; i++) {
            byte[] body = new byte[1 + random.nextInt(200)];
            random.nextBytes(body);
            body[0] = (byte) random.nextInt(16);
            byte[] frame = new BsatnWriter().putInt(body.length).putRaw(body).toByteArray();
            assertCoded(this::decodeClient, frame);
            assertCoded(this::decodeServer, frame);
            assertCoded(this::decodeClient, body);
            assertCoded(this::decodeServer, body);
        }
    }

    private byte[] damaged(byte[] frame) {
        byte[] copy = frame.clone();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(copy.length);
            copy[at] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) (copy[at] ^ (1 << random.nextInt(8)));
                default -> (byte) 0xff;
            };
        }
        return copy;
    }

    private void assertSame(Object sent, List<?> received, byte[] bytes) {
        assertThat(received).as("seed=%d %s", seed, sent).hasSize(1);
        assertThat(received.get(0)).hasSameClassAs(sent);
        byte[] again = received.get(0) instanceof ClientMessage c
                ? V1Codec.encode(c)
                : V1Codec.encode((ServerMessage) received.get(0));
        assertThat(again).as("seed=%d %s", seed, sent).isEqualTo(bytes);
        assertThat(received.get(0))
                .as("seed=%d", seed)
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    private void assertRefused(Consumer<byte[]> decode, byte[] frame) {
        try {
            decode.accept(frame);
        } catch (CodedException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
            return;
        }
        throw new AssertionError("seed=" + seed + " accepted " + Hex.of(frame));
    }

    private void assertCoded(Consumer<byte[]> decode, byte[] frame) {
        try {
            decode.accept(frame);
        } catch (CodedException e) {
            assertThat(e.code()).as("seed=%d %s", seed, Hex.of(frame)).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("seed=" + seed + " frame " + Hex.of(frame), e);
        }
    }

    private List<ClientMessage> decodeClient(byte[] frame) {
        List<ClientMessage> decoded = new ArrayList<>();
        V1Codec.decodeClient(frame, 0, frame.length, decoded::add);
        return decoded;
    }

    private List<ServerMessage> decodeServer(byte[] frame) {
        List<ServerMessage> decoded = new ArrayList<>();
        V1Codec.decodeServer(frame, 0, frame.length, decoded::add);
        return decoded;
    }
}
