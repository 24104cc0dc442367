package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.client.Confirmation;
import dev.merapi.client.ExecuteResult;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.Prepared;
import dev.merapi.client.Statement;
import dev.merapi.client.connection.ConnectionState;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of the client against a real server. */
final class ClientServerTest {
    private static Server server;
    private static MerapiClient client;

    record Order(long id, String customer, BigDecimal amount) {}

    @BeforeAll
    static void start() {
        server = Server.start(ServerConfig.memory().withPort(0));
        client = MerapiClient.builder().uri(url()).connect();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static String url() {
        return "ws://127.0.0.1:" + server.port();
    }

    @BeforeEach
    void newTable() {
        client.execute("DROP TABLE IF EXISTS orders");
        client.execute("CREATE TABLE orders (id bigint PRIMARY KEY, customer text NOT NULL, amount numeric(10,2) CHECK"
                + " (amount >= 0))");
    }

    @Test
    void rows_come_back_as_records() {
        client.insert("orders", Map.of("id", 1, "customer", "ann", "amount", new BigDecimal("12.50")));

        assertThat(client.query("SELECT * FROM orders").as(Order.class))
                .containsExactly(new Order(1, "ann", new BigDecimal("12.50")));
        assertThat(client.queryOne("SELECT * FROM orders WHERE id = $1", 1).map(row -> row.getString("customer")))
                .contains("ann");
        assertThat(client.queryRows("SELECT id FROM orders")).containsExactly(Map.of("id", 1L));
        assertThat(client.queryOne("SELECT * FROM orders WHERE id = $1", 2)).isEmpty();
    }

    @Test
    void every_type_goes_there_and_back() {
        client.execute("DROP TABLE IF EXISTS everything");
        client.execute("""
            CREATE TABLE everything (
                flag boolean, small smallint, plain integer, large bigint, single real, twofold double precision,
                decimal numeric(20,5), words text, bytes bytea, day date, clock time, local timestamp,
                instant timestamptz, id uuid, doc jsonb, span interval, list integer[])\
            """);
        Object[] values = {
            true,
            (short) -2,
            3,
            Long.MIN_VALUE,
            1.5f,
            -0.1,
            new BigDecimal("12345.67890"),
            "grüße 日本 '\"\\",
            new byte[] {0, 1, -1},
            LocalDate.of(2026, 2, 28),
            LocalTime.of(23, 59, 59, 999_999_000),
            LocalDateTime.of(1999, 12, 31, 23, 59, 59),
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            new Json("{\"b\": [1, null], \"a\": \"x\"}"),
            new Interval(14, 3, 4_000_000),
            List.of(3, 1, 2)
        };

        client.execute(
                "INSERT INTO everything VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)", values);
        Row row = client.query("SELECT * FROM everything").getFirst();

        for (int i = 0; i < values.length; i++) {
            Object expected = i == 14 ? new Json("{\"a\": \"x\", \"b\": [1, null]}") : values[i];
            assertThat(row.get(i)).as(row.columns().column(i).name()).isEqualTo(expected);
        }
        client.execute(
                "INSERT INTO everything VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)",
                new Object[values.length]);
        assertThat(client.query("SELECT * FROM everything WHERE flag IS NULL")
                        .getFirst()
                        .asMap()
                        .values())
                .containsOnlyNulls();
    }

    @Test
    void whole_numbers_of_any_width_are_parameters() {
        assertThat(client.query("SELECT $1::u256 AS n", BigInteger.TWO.pow(255))
                        .getFirst()
                        .getBigInteger("n"))
                .isEqualTo(BigInteger.TWO.pow(255));
    }

    @Test
    void a_batch_takes_effect_as_a_whole_or_not_at_all() {
        assertThatThrownBy(() -> client.batch(
                        Statement.of("INSERT INTO orders VALUES (1, 'ann', 1)"),
                        Statement.of("INSERT INTO orders VALUES (2, 'bob', $1)", -1)))
                .satisfies(e -> assertCode(e, ErrorCode.CHECK_VIOLATION));
        assertThat(client.query("SELECT * FROM orders")).isEmpty();

        List<ExecuteResult> results = client.batch(
                Statement.of("INSERT INTO orders VALUES (1, 'ann', 1)"),
                Statement.of("UPDATE orders SET amount = 2 RETURNING amount"),
                Statement.of("SELECT count(*) AS n FROM orders"));
        assertThat(results).extracting(ExecuteResult::command).containsExactly("INSERT", "UPDATE", "SELECT");
        assertThat(results.get(1).rows().getFirst().getBigDecimal("amount")).isEqualByComparingTo("2");
        assertThat(results.get(2).rows().getFirst().getLong("n")).isEqualTo(1);
    }

    @Test
    void a_query_may_write() {
        Rows rows = client.query("INSERT INTO orders VALUES ($1, $2, 5) RETURNING id, customer", 7, "eve");

        assertThat(rows.getFirst().getLong("id")).isEqualTo(7);
        assertThat(client.query("SELECT * FROM orders")).hasSize(1);
    }

    @Test
    void a_read_sees_what_the_same_client_has_written() {
        for (int i = 0; i < 50; i++) {
            client.execute(Statement.of("INSERT INTO orders VALUES ($1, 'x', 1)", i), Confirmation.COMMITTED);
            assertThat(client.query("SELECT * FROM orders")).hasSize(i + 1);
        }
    }

    @Test
    void large_results_arrive_whole() {
        client.execute("INSERT INTO orders SELECT g, 'customer ' || g, g FROM generate_series(1, 20000) AS t(g)");

        Rows rows = client.query("SELECT * FROM orders ORDER BY id");

        assertThat(rows).hasSize(20_000);
        assertThat(rows.getLast().getString("customer")).isEqualTo("customer 20000");
    }

    @Test
    void many_requests_at_once_are_all_answered() {
        Prepared insert = client.prepare("INSERT INTO orders VALUES ($1, 'x', 1)");
        List<CompletionStage<ExecuteResult>> answers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            answers.add(client.async().execute(insert.with(i), Confirmation.COMMITTED));
        }
        CompletableFuture.allOf(answers.stream()
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(client.query("SELECT count(*) AS n FROM orders").getFirst().getLong("n"))
                .isEqualTo(2000);
    }

    @Test
    void errors_say_what_where_and_what_to_do() {
        assertThatThrownBy(() -> client.query("SELECT custmer FROM orders"))
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
                    assertThat(e.position()).hasValue(8);
                    assertThat(e.getMessage()).contains("custmer");
                });
        assertThatThrownBy(() -> client.execute("SELEC 1")).satisfies(e -> assertCode(e, ErrorCode.SYNTAX_ERROR));
        client.execute("INSERT INTO orders VALUES (1, 'ann', 1)");
        assertThatThrownBy(() -> client.execute("INSERT INTO orders VALUES (1, 'ann', 1)"))
                .satisfies(e -> assertCode(e, ErrorCode.UNIQUE_VIOLATION));
    }

    @Test
    void updates_and_deletes_by_key_touch_one_row() {
        client.insert("orders", Map.of("id", 1, "customer", "ann", "amount", 1));
        client.insert("orders", Map.of("id", 2, "customer", "o'neil", "amount", 1));

        assertThat(client.update("orders", Map.of("customer", "o'neil"), Map.of("amount", 9))
                        .rowCount())
                .isEqualTo(1);
        assertThat(client.delete("orders", Map.of("id", 1)).rowCount()).isEqualTo(1);
        assertThat(client.query("SELECT * FROM orders").as(Order.class))
                .containsExactly(new Order(2, "o'neil", new BigDecimal("9.00")));
    }

    @Test
    void a_database_that_does_not_exist_ends_the_client() {
        assertThatThrownBy(() ->
                        MerapiClient.builder().uri(url()).database("nowhere").connect())
                .satisfies(e -> assertCode(e, ErrorCode.UNKNOWN_DATABASE));
    }

    @Test
    void a_token_nobody_knows_is_refused() {
        assertThatThrownBy(
                        () -> MerapiClient.builder().uri(url()).token("made up").connect())
                .satisfies(e -> assertCode(e, ErrorCode.INVALID_TOKEN));
    }

    @Test
    void the_connection_knows_where_it_is() {
        assertThat(client.state())
                .isInstanceOfSatisfying(
                        ConnectionState.Connected.class,
                        state -> assertThat(state.database()).isEqualTo("main"));
    }

    private static void assertCode(Throwable error, ErrorCode code) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
