package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.server.config.Limit;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.ServerMessage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final ClientMessage.Hello HELLO =
            new ClientMessage.Hello(1, List.of("unheard-of"), null, "", "test");

    @Test
    void hello_is_answered_by_welcome() {
        try (Server server = start(ServerConfig.memory());
                TestClient client = TestClient.open(server.port())) {
            client.send(HELLO);

            ServerMessage.Welcome welcome = client.expect(ServerMessage.Welcome.class);

            assertThat(welcome.revision()).isEqualTo(1);
            assertThat(welcome.capabilities()).isEmpty();
            assertThat(welcome.identity()).isEmpty();
            assertThat(welcome.database()).isEqualTo("main");
            assertThat(welcome.position()).isEqualTo(server.database("").position());
            assertThat(welcome.limits().maxFrameBytes()).isEqualTo(Limit.FRAME_BYTES.defaultValue());
        }
    }

    @Test
    void a_newer_client_gets_the_revision_both_know() {
        try (Server server = start(ServerConfig.memory());
                TestClient client = TestClient.open(server.port())) {
            client.send(new ClientMessage.Hello(1000, List.of(), null, "", ""));

            assertThat(client.expect(ServerMessage.Welcome.class).revision()).isEqualTo(1);
        }
    }

    @Test
    void revision_zero_is_refused() {
        assertClosed(CloseCode.UNSUPPORTED_REVISION, new ClientMessage.Hello(0, List.of(), null, "", ""));
    }

    @Test
    void a_database_that_does_not_exist_is_refused() {
        assertClosed(CloseCode.UNKNOWN_DATABASE, new ClientMessage.Hello(1, List.of(), null, "nope", ""));
    }

    @Test
    void anything_before_hello_is_refused() {
        assertClosed(CloseCode.PROTOCOL_ERROR, new ClientMessage.Ping(1));
    }

    @Test
    void hello_twice_is_refused() {
        assertClosed(CloseCode.PROTOCOL_ERROR, HELLO, HELLO);
    }

    @Test
    void messages_behind_hello_need_not_wait_for_welcome() {
        try (Server server = start(ServerConfig.memory());
                TestClient client = TestClient.open(server.port())) {
            client.send(HELLO, new ClientMessage.Ping(7));

            client.expect(ServerMessage.Welcome.class);
            assertThat(client.expect(ServerMessage.Pong.class).nonce()).isEqualTo(7);
        }
    }

    @Test
    void a_client_that_does_not_say_hello_is_closed() {
        try (Server server = start(ServerConfig.memory().withLimit(Limit.HELLO_MILLIS, 50));
                TestClient client = TestClient.open(server.port())) {
            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.HELLO_TIMEOUT.number());
        }
    }

    @Test
    void a_silent_client_is_closed_and_one_that_pings_stays() throws InterruptedException {
        try (Server server = start(ServerConfig.memory().withLimit(Limit.IDLE_MILLIS, 200));
                TestClient silent = TestClient.connect(server);
                TestClient pinging = TestClient.connect(server)) {
            for (int i = 0; i < 10; i++) {
                Thread.sleep(50);
                pinging.send(new ClientMessage.Ping(i));
                pinging.expect(ServerMessage.Pong.class);
            }

            assertThat(silent.awaitClosed().code()).isEqualTo(CloseCode.IDLE_TIMEOUT.number());
            pinging.send(new ClientMessage.Ping(99));
            assertThat(pinging.expect(ServerMessage.Pong.class).nonce()).isEqualTo(99);
        }
    }

    @Test
    void several_databases_are_apart() {
        try (Server server = start(ServerConfig.memory().withDatabases("main", "other"));
                TestClient other = TestClient.open(server.port())) {
            other.send(new ClientMessage.Hello(1, List.of(), null, "other", ""));

            ServerMessage.Welcome welcome = other.expect(ServerMessage.Welcome.class);

            assertThat(welcome.database()).isEqualTo("other");
            assertThat(welcome.position().epoch())
                    .isNotEqualTo(server.database("main").position().epoch());
        }
    }

    @Test
    void a_client_that_does_not_offer_the_subprotocol_is_told_so_by_http() throws IOException {
        try (Server server = start(ServerConfig.memory());
                RawSocket socket = new RawSocket(server.port())) {
            socket.send(RawSocket.head(
                    "GET /v1/ws HTTP/1.1",
                    "Host: x",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Protocol: v9.other"));

            assertThat(socket.readHead()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void a_plain_get_on_the_websocket_path_is_refused() throws IOException {
        try (Server server = start(ServerConfig.memory());
                RawSocket socket = new RawSocket(server.port())) {
            socket.send("GET /v1/ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(socket.readAll()).startsWith("HTTP/1.1 400").contains("v1.merapi");
        }
    }

    @Test
    void one_connection_too_many_is_closed() {
        try (Server server = start(ServerConfig.memory().withLimit(Limit.CONNECTIONS, 2));
                TestClient first = TestClient.connect(server);
                TestClient second = TestClient.connect(server);
                TestClient third = TestClient.open(server.port())) {
            assertThat(third.awaitClosed().code()).isEqualTo(CloseCode.TOO_MANY_CONNECTIONS.number());
            first.send(new ClientMessage.Ping(1));
            first.expect(ServerMessage.Pong.class);
            second.send(new ClientMessage.Ping(2));
            second.expect(ServerMessage.Pong.class);
        }
    }

    private static void assertClosed(CloseCode code, ClientMessage... messages) {
        try (Server server = start(ServerConfig.memory());
                TestClient client = TestClient.open(server.port())) {
            client.send(messages);

            assertThat(client.skipTo(ServerMessage.Goodbye.class).code()).isEqualTo(code.number());
            assertThat(client.awaitClosed().code()).isEqualTo(code.number());
        }
    }

    private static Server start(ServerConfig config) {
        return Server.start(config.withPort(0));
    }
}
