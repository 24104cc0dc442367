package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.MerapiClient;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import org.junit.jupiter.api.Test;

/** What the page on the server shows is what happens. */
final class ServerGuideTest {
    @Test
    void a_server_starts_inside_a_program() {
        // tag::start[]
        try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
            server.database("main")
                    .execute("CREATE TABLE notes (id integer PRIMARY KEY, body text)")
                    .join();
            // clients connect to server.port()
            // end::start[]
            try (MerapiClient client = MerapiClient.builder()
                    .uri("ws://127.0.0.1:" + server.port())
                    .connect()) {
                client.execute("INSERT INTO notes VALUES (1, 'here')");
                assertThat(client.query("SELECT body FROM notes").size()).isEqualTo(1);
            }
            // tag::start[]
        }
        // end::start[]
    }
}
