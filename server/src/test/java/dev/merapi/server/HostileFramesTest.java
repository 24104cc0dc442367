package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.server.config.Limit;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.v1.V1Codec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing a client sends brings the server down, or costs more than its own connection. */
class HostileFramesTest {
    private static final int FINAL_BINARY = 0x82;

    private final Server server = Server.start(
            ServerConfig.memory().withPort(0).withLimit(Limit.FRAME_BYTES, 2048).withLimit(Limit.IDLE_MILLIS, 1000));

    @AfterEach
    void the_server_still_serves() {
        try (TestClient client = TestClient.connect(server)) {
            client.send(new ClientMessage.Ping(1));
            client.expect(ServerMessage.Pong.class);
        }
        server.close();
    }

    @Test
    void garbage_closes_the_connection() {
        try (TestClient client = TestClient.connect(server)) {
            client.sendBytes(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.PROTOCOL_ERROR.number());
        }
    }

    @Test
    void text_closes_the_connection() {
        try (TestClient client = TestClient.connect(server)) {
            client.sendText("{}");

            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.PROTOCOL_ERROR.number());
        }
    }

    @Test
    void an_empty_frame_closes_the_connection() {
        try (TestClient client = TestClient.connect(server)) {
            client.sendBytes(new byte[0]);

            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.PROTOCOL_ERROR.number());
        }
    }

    @Test
    void a_message_in_fragments_is_put_together() {
        byte[] ping = V1Codec.encode(new ClientMessage.Ping(5));
        try (TestClient client = TestClient.connect(server)) {
            client.sendPart(Arrays.copyOfRange(ping, 0, 3), false);
            client.sendPart(Arrays.copyOfRange(ping, 3, 4), false);
            client.sendPart(Arrays.copyOfRange(ping, 4, ping.length), true);

            assertThat(client.expect(ServerMessage.Pong.class).nonce()).isEqualTo(5);
        }
    }

    @Test
    void a_frame_over_the_limit_closes_the_connection() {
        try (TestClient client = TestClient.connect(server)) {
            client.sendBytes(new byte[2049]);

            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.FRAME_TOO_LARGE.number());
        }
    }

    @Test
    void fragments_over_the_limit_together_close_the_connection() {
        try (TestClient client = TestClient.connect(server)) {
            client.sendPart(new byte[1500], false);
            client.sendPart(new byte[1500], false);

            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.FRAME_TOO_LARGE.number());
        }
    }

    @Test
    void a_claimed_length_of_exabytes_closes_the_connection() throws IOException {
        try (RawSocket socket = new RawSocket(server.port()).upgrade()) {
            socket.send(new byte[] {(byte) FINAL_BINARY, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0});

            assertThat(socket.readCloseCode()).isEqualTo(CloseCode.FRAME_TOO_LARGE.number());
        }
    }

    @Test
    void an_unmasked_frame_closes_the_connection() throws IOException {
        try (RawSocket socket = new RawSocket(server.port()).upgrade()) {
            socket.send(new byte[] {(byte) FINAL_BINARY, 1, 0});

            assertThat(socket.readCloseCode()).isEqualTo(CloseCode.PROTOCOL_ERROR.number());
        }
    }

    @Test
    void a_continuation_of_nothing_closes_the_connection() throws IOException {
        try (RawSocket socket = new RawSocket(server.port()).upgrade()) {
            socket.frame(0x80, new byte[] {1});

            assertThat(socket.readCloseCode()).isIn(CloseCode.PROTOCOL_ERROR.number());
        }
    }

    @Test
    void a_frame_that_trickles_in_counts_as_silence() throws Exception {
        byte[] hello = V1Codec.encode(new ClientMessage.Hello(1, java.util.List.of(), null, "", ""));
        try (RawSocket socket = new RawSocket(server.port()).upgrade()) {
            socket.frame(FINAL_BINARY, hello);
            socket.send(new byte[] {(byte) FINAL_BINARY, (byte) (0x80 | 100), 0, 0, 0, 0});
            for (int i = 0; i < 20; i++) {
                Thread.sleep(100);
                try {
                    socket.send(new byte[] {0});
                } catch (IOException e) {
                    break;
                }
            }

            assertThat(socket.readCloseCode()).isEqualTo(CloseCode.IDLE_TIMEOUT.number());
        }
    }

    @Test
    void random_bytes_after_the_upgrade_do_no_harm() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            try (RawSocket socket = new RawSocket(server.port()).upgrade()) {
                socket.send(bytes);
            } catch (IOException e) {
                // The server may close while we are still sending.
            }
        }
    }

    @Test
    void random_bytes_instead_of_http_do_no_harm() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            try (RawSocket socket = new RawSocket(server.port())) {
                socket.send(bytes);
            } catch (IOException e) {
                // The server may close while we are still sending.
            }
        }
    }

    @Test
    void websocket_pings_are_answered() throws IOException {
        try (RawSocket socket = new RawSocket(server.port()).upgrade()) {
            socket.frame(0x89, new byte[] {1, 2, 3});
            socket.frame(0x88, new byte[] {0x03, (byte) 0xe8});

            assertThat(socket.readCloseCode()).isEqualTo(1000);
        }
    }
}
