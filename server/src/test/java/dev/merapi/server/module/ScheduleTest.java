package dev.merapi.server.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.value.RowLayout;
import dev.merapi.query.SqlResult;
import dev.merapi.server.EmbeddedDatabase;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a scheduled table are calls to come, whoever writes them. */
class ScheduleTest {
    private static final String INSERT = "INSERT INTO orders (at, amount) VALUES ($1, $2)";

    @TempDir
    Path directory;

    @Test
    void a_call_at_a_time_runs_once_and_takes_its_row_with_it() throws Exception {
        try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
            EmbeddedDatabase database = open(server);

            database.execute(INSERT, at(Instant.now().plusMillis(50)), 30L).join();

            await(() -> number(database, "SELECT balance FROM accounts WHERE id = 2") == 130);
            assertThat(number(database, "SELECT count(*) FROM orders")).isZero();
            assertThat(number(database, "SELECT count(*) FROM ledger")).isEqualTo(1);
        }
    }

    @Test
    void a_call_at_intervals_runs_until_its_row_is_deleted() throws Exception {
        try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
            EmbeddedDatabase database = open(server);

            database.execute(INSERT, every(Duration.ofMillis(10)), 1L).join();
            await(() -> number(database, "SELECT count(*) FROM ledger") >= 3);
            database.execute("DELETE FROM orders").join();

            long paid = number(database, "SELECT count(*) FROM ledger");
            Thread.sleep(100);
            assertThat(number(database, "SELECT count(*) FROM ledger")).isEqualTo(paid);
            assertThat(number(database, "SELECT balance FROM accounts WHERE id = 2"))
                    .isEqualTo(100 + paid);
        }
    }

    @Test
    void a_call_that_fails_changes_nothing_and_is_not_tried_again() throws Exception {
        try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
            EmbeddedDatabase database = open(server);

            database.execute(INSERT, at(Instant.now()), 1_000L).join();

            await(() -> number(database, "SELECT count(*) FROM orders") == 0);
            assertThat(number(database, "SELECT count(*) FROM ledger")).isZero();
        }
    }

    @Test
    void what_was_scheduled_before_a_restart_runs_after_it() throws Exception {
        ServerConfig config = ServerConfig.directory(directory).withPort(0);
        try (Server server = Server.start(config)) {
            open(server)
                    .execute(INSERT, at(Instant.now().plusSeconds(3600)), 5L)
                    .join();
            server.database("main")
                    .execute("UPDATE orders SET at = $1", at(Instant.EPOCH))
                    .join();
        }
        try (Server server = Server.start(config)) {
            EmbeddedDatabase database = open(server);

            await(() -> number(database, "SELECT count(*) FROM orders") == 0);
            assertThat(number(database, "SELECT balance FROM accounts WHERE id = 2"))
                    .isEqualTo(105);
        }
    }

    private static EmbeddedDatabase open(Server server) {
        EmbeddedDatabase database = server.database("main");
        database.publish(new Bank()).join();
        return database;
    }

    private static String at(Instant time) {
        return "{\"Time\":\"" + time + "\"}";
    }

    private static String every(Duration interval) {
        return "{\"Interval\":" + interval.toNanos() / 1000 + "}";
    }

    private static long number(EmbeddedDatabase database, String sql) {
        SqlResult result = database.query(sql).join().value();
        return (Long) RowLayout.of(result.columns()).decode(result.rows().getFirst())[0];
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
