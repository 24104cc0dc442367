package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.store.Caller;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.Position;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import dev.merapi.wire.TypedValue;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {
    @TempDir
    private Path directory;

    @Test
    void two_servers_cannot_have_one_port() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Server.start(ServerConfig.memory().withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(CodedException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.CANNOT_LISTEN);
                        assertThat(e.hint()).contains("another port");
                    });
        }
    }

    @Test
    void no_thread_outlives_a_server() throws InterruptedException {
        Server server = Server.start(ServerConfig.memory().withPort(0).withDatabases("outlive"));
        assertThat(threads("outlive"))
                .containsExactlyInAnyOrder("db-outlive", "log-outlive", "live-outlive", "schedule-outlive");

        server.close();
        server.close();

        assertThat(threads("outlive")).isEmpty();
    }

    @Test
    void data_survives_a_restart() {
        Position last;
        try (Server server = Server.start(onDisk())) {
            TestClient client = TestClient.connect(server);
            client.execute("CREATE TABLE t (id integer PRIMARY KEY, v text)");
            last = client.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')").position();
            server.createDatabase("second")
                    .execute("CREATE TABLE other (id integer)")
                    .join();
        }

        try (Server server = Server.start(onDisk())) {
            assertThat(server.databases()).containsExactly("main", "second");
            assertThat(server.database("").position()).isEqualTo(last);
            assertThat(LiveView.fresh(server, "SELECT * FROM t")).containsExactly("[1, a]", "[2, b]");
            assertThat(server.database("second").position().offset()).isEqualTo(1);
        }
        assertThat(Files.isDirectory(directory.resolve("main"))).isTrue();
    }

    @Test
    void a_client_resumes_across_a_restart() {
        LiveView view;
        try (Server server = Server.start(onDisk())) {
            TestClient client = TestClient.connect(server);
            client.execute("CREATE TABLE t (id integer PRIMARY KEY, v text)");
            client.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
            view = LiveView.open(client, 1, "SELECT * FROM t", LiveOptions.DEFAULT);
            server.database("").execute("UPDATE t SET v = 'A' WHERE id = 1").join();
            server.database("").execute("DELETE FROM t WHERE id = 2").join();
        }

        try (Server server = Server.start(onDisk());
                TestClient client = TestClient.connect(server)) {
            LiveView resumed = view.resumeOn(client, "SELECT * FROM t");

            assertThat(resumed.started().start()).isEqualTo(Start.RESUMED);
            assertThat(resumed.rows()).containsExactly("[1, A]");
        }
    }

    @Test
    void closing_answers_what_was_accepted() {
        Server server = Server.start(ServerConfig.memory().withPort(0));
        TestClient client = TestClient.connect(server);
        client.execute("CREATE TABLE t (id integer PRIMARY KEY)");
        List<Long> requests = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            requests.add(client.sendExecute(
                    Confirm.DURABLE, "INSERT INTO t VALUES ($1)", new TypedValue(ScalarType.I32, i)));
        }
        server.close();

        int answered = 0;
        int refused = 0;
        boolean goodbye = false;
        for (int i = 0; i < requests.size() + 1; i++) {
            switch (client.next()) {
                case ServerMessage.Results r -> answered++;
                case ServerMessage.RequestFailed f -> {
                    assertThat(f.error().code()).isEqualTo("SHUTTING_DOWN");
                    refused++;
                }
                case ServerMessage.Goodbye g -> {
                    assertThat(g.code()).isEqualTo(CloseCode.GOING_AWAY.number());
                    goodbye = true;
                }
                default -> throw new AssertionError();
            }
            if (goodbye && answered + refused == requests.size()) {
                break;
            }
        }
        assertThat(goodbye).isTrue();
        assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.GOING_AWAY.number());
        assertThat(CloseCode.GOING_AWAY.reaction()).isEqualTo(CloseCode.Reaction.RECONNECT);
    }

    @Test
    void after_goodbye_requests_are_refused_and_pings_answered() {
        try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
            TestClient client = TestClient.connect(server);
            client.send(new ClientMessage.Hello(1, List.of(), null, "", ""));

            assertThat(client.expect(ServerMessage.Goodbye.class).code()).isEqualTo(CloseCode.PROTOCOL_ERROR.number());
        }
    }

    @Test
    void the_same_process_needs_no_socket() {
        try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
            EmbeddedDatabase database = server.database("main");
            database.execute("CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a')")
                    .join();

            var outcome = database.query("SELECT v FROM t WHERE id = $1", 1).join();
            assertThat(Rows.of(outcome.value().columns(), outcome.value().rows()))
                    .containsExactly(List.of("a"));
            assertThat(outcome.durable()).isTrue();

            var offset = database.transact(
                            new Caller("app", java.util.Map.of()),
                            "count",
                            Confirm.COMMITTED,
                            tx -> tx.table(tx.catalog().tables().getFirst().tableId())
                                    .rowCount())
                    .join();
            assertThat(offset.value()).isEqualTo(1);
        }
    }

    @Test
    void code_that_throws_has_not_happened() {
        try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
            EmbeddedDatabase database = server.database("");
            Position before = database.position();

            assertThatThrownBy(() -> database.transact(Caller.SYSTEM, "bad", Confirm.COMMITTED, tx -> {
                                tx.createSchema("half_done");
                                throw new IllegalStateException("on purpose");
                            })
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("INTERNAL");

            assertThat(database.position()).isEqualTo(before);
            database.execute("CREATE SCHEMA half_done").join();
        }
    }

    @Test
    void a_name_that_would_leave_the_data_directory_is_refused() {
        try (Server server = Server.start(onDisk())) {
            assertThatThrownBy(() -> server.createDatabase("../elsewhere"))
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
        }
    }

    private ServerConfig onDisk() {
        return ServerConfig.directory(directory).withPort(0);
    }

    private static List<String> threads(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(part))
                .toList();
    }
}
