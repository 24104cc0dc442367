package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.server.config.Limit;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqlOverWebSocketTest {
    private final Server server = Server.start(ServerConfig.memory()
            .withPort(0)
            .withLimit(Limit.MESSAGE_BYTES, 4096)
            .withLimit(Limit.STATEMENT_MILLIS, 3000));
    private TestClient client;

    @BeforeEach
    void connect() {
        client = TestClient.connect(server);
        client.execute("CREATE TABLE notes (id integer PRIMARY KEY, body text)");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void statements_of_a_request_are_one_transaction() {
        client.send(new ClientMessage.Execute(
                100,
                List.of(
                        Statement.of("INSERT INTO notes VALUES ($1, $2)", i32(1), text("a")),
                        Statement.of("INSERT INTO notes VALUES (2, 'b')"),
                        Statement.of("SELECT count(*) FROM notes")),
                Confirm.DURABLE));

        ServerMessage.Results results = (ServerMessage.Results) client.answerTo(100);

        assertThat(results.results()).extracting(r -> r.command()).containsExactly("INSERT", "INSERT", "SELECT");
        assertThat(results.results().get(0).rowCount()).isEqualTo(1);
        assertThat(Rows.of(results.results().get(2))).containsExactly(List.of(2L));
        assertThat(results.durable()).isTrue();
        assertThat(results.position()).isEqualTo(server.database("").position());
    }

    @Test
    void a_transaction_that_fails_has_not_happened() {
        client.send(new ClientMessage.Execute(
                100,
                List.of(
                        Statement.of("INSERT INTO notes VALUES (1, 'a')"),
                        Statement.of("INSERT INTO notes VALUES (1, 'b')")),
                Confirm.COMMITTED));

        ServerMessage.RequestFailed failed = (ServerMessage.RequestFailed) client.answerTo(100);

        assertThat(failed.error().code()).isEqualTo("UNIQUE_VIOLATION");
        assertThat(failed.error().sqlState()).isEqualTo("23505");
        assertThat(query("SELECT count(*) FROM notes")).containsExactly(List.of(0L));
    }

    @Test
    void a_script_gives_one_result_per_statement() {
        ServerMessage.Results results =
                client.execute("INSERT INTO notes VALUES (1, 'a;b'); SELECT body FROM notes; DELETE FROM notes;");

        assertThat(results.results()).hasSize(3);
        assertThat(Rows.of(results.results().get(1))).containsExactly(List.of("a;b"));
    }

    @Test
    void a_query_sees_what_the_connection_has_sent_before_it() {
        List<Long> queries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            client.sendExecute(Confirm.COMMITTED, "INSERT INTO notes VALUES ($1, 'x')", i32(i));
            queries.add(client.sendQuery("SELECT count(*) FROM notes"));
        }

        for (int answers = 0; answers < 2 * queries.size(); answers++) {
            ServerMessage.Results results = client.expect(ServerMessage.Results.class);
            int i = queries.indexOf(results.requestId());
            if (i >= 0) {
                long count = (Long) Rows.of(results.results().get(0)).get(0).get(0);
                assertThat(count).isGreaterThanOrEqualTo(i + 1);
            }
        }
    }

    @Test
    void requests_of_one_frame_happen_in_its_order() {
        client.send(
                insert(100, 1),
                insert(101, 2),
                new ClientMessage.Query(102, Statement.of("SELECT count(*) FROM notes")),
                insert(103, 3),
                new ClientMessage.Execute(104, List.of(Statement.of("SELECT count(*) FROM notes")), Confirm.COMMITTED));

        Map<Long, ServerMessage.Results> answers = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            ServerMessage.Results results = client.expect(ServerMessage.Results.class);
            answers.put(results.requestId(), results);
        }
        assertThat(answers).containsOnlyKeys(100L, 101L, 102L, 103L, 104L);
        assertThat((Long) onlyValue(answers.get(102L))).isBetween(2L, 3L);
        assertThat(onlyValue(answers.get(104L))).isEqualTo(3L);
        assertThat(answers.get(103L).position().offset())
                .isEqualTo(answers.get(100L).position().offset() + 2);
    }

    @Test
    void statements_seen_for_the_first_time_keep_their_order() {
        for (int round = 0; round < 20; round++) {
            String table = "t" + round;
            long id = 1000 + 10L * round;
            client.send(
                    execute(id, "CREATE TABLE " + table + " (id integer PRIMARY KEY)"),
                    execute(id + 1, "INSERT INTO " + table + " VALUES (1)"),
                    execute(id + 2, "INSERT INTO " + table + " VALUES (2); INSERT INTO " + table + " VALUES (3);"),
                    new ClientMessage.Query(id + 3, Statement.of("SELECT count(*) FROM " + table)),
                    execute(id + 4, "DELETE FROM " + table + " WHERE id = 2"),
                    new ClientMessage.Subscribe(round, Statement.of("SELECT * FROM " + table), LiveOptions.DEFAULT),
                    new ClientMessage.Unsubscribe(round),
                    execute(id + 5, "DELETE FROM nowhere"),
                    execute(id + 6, "SELECT count(*) FROM " + table));

            Map<Long, ServerMessage> answers = new HashMap<>();
            boolean unsubscribed = false;
            while (answers.size() < 7 || !unsubscribed) {
                switch (client.next()) {
                    case ServerMessage.Results m -> answers.put(m.requestId(), m);
                    case ServerMessage.RequestFailed m -> answers.put(m.requestId(), m);
                    case ServerMessage.SubscriptionEnded m -> unsubscribed = m.error() == null;
                    default -> {}
                }
            }
            assertThat((Long) onlyValue((ServerMessage.Results) answers.get(id + 3)))
                    .isBetween(2L, 3L);
            assertThat(answers.get(id + 5)).isInstanceOf(ServerMessage.RequestFailed.class);
            assertThat(onlyValue((ServerMessage.Results) answers.get(id + 6))).isEqualTo(2L);
        }
    }

    private static ClientMessage execute(long requestId, String sql) {
        return new ClientMessage.Execute(requestId, List.of(Statement.of(sql)), Confirm.COMMITTED);
    }

    private static ClientMessage insert(long requestId, int id) {
        return new ClientMessage.Execute(
                requestId, List.of(Statement.of("INSERT INTO notes VALUES ($1, 'x')", i32(id))), Confirm.COMMITTED);
    }

    private static Object onlyValue(ServerMessage.Results results) {
        return Rows.of(results.results().getFirst()).getFirst().getFirst();
    }

    @Test
    void a_query_that_writes_is_refused() {
        long id = client.sendQuery("DELETE FROM notes");

        assertThat(((ServerMessage.RequestFailed) client.answerTo(id)).error().code())
                .isEqualTo("WRITE_IN_QUERY");
    }

    @Test
    void an_error_says_where_it_is() {
        long id = client.sendQuery("SELECT nope FROM notes");

        ServerMessage.RequestFailed failed = (ServerMessage.RequestFailed) client.answerTo(id);

        assertThat(failed.error().code()).isEqualTo("UNKNOWN_COLUMN");
        assertThat(failed.error().position()).hasValue(8);
    }

    @Test
    void a_large_result_comes_in_parts_and_in_order() {
        client.execute("INSERT INTO notes SELECT i, repeat('x', 100) FROM generate_series(1, 1000) AS g(i)");
        long id = client.sendQuery("SELECT id, body FROM notes ORDER BY id");

        List<byte[]> rows = new ArrayList<>();
        ServerMessage message = client.next();
        int parts = 0;
        while (message instanceof ServerMessage.ResultRows part) {
            assertThat(part.requestId()).isEqualTo(id);
            rows.addAll(part.rows());
            parts++;
            message = client.next();
        }
        ServerMessage.Results results = (ServerMessage.Results) message;
        rows.addAll(results.results().get(0).rows());

        assertThat(parts).isGreaterThan(10);
        assertThat(results.results().get(0).rowCount()).isEqualTo(1000);
        assertThat(Rows.of(results.results().get(0).rowType(), rows))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.rangeClosed(1, 1000).boxed().toList());
    }

    @Test
    void a_query_can_be_cancelled() {
        fill(2000);
        long id = client.sendQuery("SELECT count(*) FROM notes a, notes b, notes c WHERE a.id + b.id + c.id < 0");
        client.send(new ClientMessage.Cancel(id));

        assertThat(((ServerMessage.RequestFailed) client.answerTo(id)).error().code())
                .isEqualTo("REQUEST_CANCELLED");
    }

    @Test
    void a_query_that_takes_too_long_is_stopped() {
        fill(2000);
        long id = client.sendQuery("SELECT count(*) FROM notes a, notes b, notes c WHERE a.id + b.id + c.id < 0");

        assertThat(((ServerMessage.RequestFailed) client.answerTo(id)).error().code())
                .isEqualTo("STATEMENT_TIMEOUT");
    }

    @Test
    void a_transaction_that_takes_too_long_is_stopped_and_the_writer_goes_on() {
        fill(2000);
        long id = client.sendExecute(
                Confirm.COMMITTED,
                "DELETE FROM notes WHERE id = (SELECT max(a.id) FROM notes a, notes b, notes c WHERE a.id + b.id +"
                        + " c.id < 0)");

        assertThat(((ServerMessage.RequestFailed) client.answerTo(id)).error().code())
                .isEqualTo("STATEMENT_TIMEOUT");
        assertThat(query("SELECT count(*) FROM notes")).containsExactly(List.of(2000L));
    }

    @Test
    void an_id_in_use_ends_the_connection() {
        fill(2000);
        String slow = "SELECT count(*) FROM notes a, notes b, notes c WHERE a.id + b.id + c.id < 0";
        client.send(
                new ClientMessage.Query(500, Statement.of(slow)),
                new ClientMessage.Query(500, Statement.of("SELECT 1")));

        assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.PROTOCOL_ERROR.number());
    }

    @Test
    void null_parameters_and_null_results() {
        client.execute("INSERT INTO notes VALUES ($1, $2)", i32(1), TypedValue.NULL);

        assertThat(query("SELECT body FROM notes")).containsExactly(java.util.Collections.singletonList(null));
    }

    @Test
    void transactions_of_many_connections_are_serial() throws InterruptedException {
        client.execute("CREATE TABLE counter (n bigint NOT NULL)");
        client.execute("INSERT INTO counter VALUES (0)");
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (TestClient other = TestClient.connect(server)) {
                    for (int i = 0; i < 100; i++) {
                        other.execute("UPDATE counter SET n = n + 1");
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(query("SELECT n FROM counter")).containsExactly(List.of(400L));
    }

    private void fill(int rows) {
        client.execute("INSERT INTO notes SELECT i, 'x' FROM generate_series(1, " + rows + ") AS g(i)");
    }

    private List<List<Object>> query(String sql) {
        return Rows.of(((ServerMessage.Results) client.answerTo(client.sendQuery(sql)))
                .results()
                .get(0));
    }

    private static TypedValue i32(int value) {
        return new TypedValue(ScalarType.I32, value);
    }

    private static TypedValue text(String value) {
        return new TypedValue(ScalarType.TEXT, value);
    }
}
