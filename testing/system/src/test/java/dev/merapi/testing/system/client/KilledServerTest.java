package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.Confirmation;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.Statement;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of a server dies by SIGKILL while a client writes and another watches; both go on with the next one. */
final class KilledServerTest {
    private static final int ROUNDS = 3;

    private static final List<String> QUERIES = List.of(
            "SELECT id, body FROM items",
            "SELECT id, body FROM items WHERE grp = 1",
            "SELECT grp, count(*) AS n, max(id) AS newest FROM items GROUP BY grp");

    @TempDir
    private Path directory;

    private record Running(Process process, String url) {}

    @Test
    void what_was_confirmed_survives_and_live_results_are_right_again() throws Exception {
        Running server = start("0");
        String port = server.url().replaceFirst(".*:", "");
        ConcurrentSkipListSet<Integer> confirmed = new ConcurrentSkipListSet<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (MerapiClient watcher = MerapiClient.builder().uri(server.url()).connect()) {
            watcher.execute("CREATE TABLE items (id integer PRIMARY KEY, grp integer NOT NULL, body text)");
            List<LiveRows> live = new ArrayList<>();
            for (String sql : QUERIES) {
                live.add(watcher.live(sql, LiveOptions.DEFAULT));
            }
            Thread writer = writer(server.url(), confirmed, stop);
            for (int round = 0; round < ROUNDS; round++) {
                int before = confirmed.size();
                await(() -> confirmed.size() > before + 100);
                server.process().destroyForcibly().waitFor();
                server = start(port);
            }
            int before = confirmed.size();
            await(() -> confirmed.size() > before + 100);
            stop.set(true);
            writer.join();

            try (MerapiClient fresh = MerapiClient.builder().uri(server.url()).connect()) {
                for (int id : confirmed) {
                    assertThat(fresh.query("SELECT id FROM items WHERE id = $1", id)
                                    .size())
                            .as("confirmed row %d", id)
                            .isEqualTo(1);
                }
                for (int i = 0; i < QUERIES.size(); i++) {
                    Map<Row, Integer> expected = counted(fresh.query(QUERIES.get(i)));
                    LiveRows rows = live.get(i);
                    await(() -> counted(rows.rows()).equals(expected));
                }
            }
        } finally {
            stop.set(true);
            server.process().destroyForcibly();
        }
    }

    private Running start(String port) throws Exception {
        Process process = MerapiProcess.begin(
                "serve", "--port", port, "--data", directory.resolve("data").toString());
        String listening = MerapiProcess.reader(process).readLine();
        assertThat(listening).startsWith("listening on ");
        return new Running(process, listening.replaceFirst("listening on ([^,]+), .*", "$1"));
    }

    /** Inserts row after row; one whose answer was lost with the server is sent again. */
    private static Thread writer(String url, ConcurrentSkipListSet<Integer> confirmed, AtomicBoolean stop) {
        return Thread.ofPlatform().start(() -> {
            try (MerapiClient client = MerapiClient.builder().uri(url).connect()) {
                for (int id = 1; !stop.get(); ) {
                    Statement insert = Statement.of(
                            "INSERT INTO items VALUES ($1, $2, 'row') ON CONFLICT (id) DO NOTHING", id, id % 3);
                    try {
                        client.execute(insert, Confirmation.DURABLE);
                        confirmed.add(id);
                        id++;
                    } catch (CodedException e) {
                        // The statement is idempotent: it may be sent again even when nobody knows what became of it.
                        assertThat(e.code().isRetryable() || e.code() == ErrorCode.OUTCOME_UNKNOWN)
                                .as(e.getMessage())
                                .isTrue();
                    }
                }
            }
        });
    }

    private static Map<Row, Integer> counted(Rows rows) {
        Map<Row, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
