package dev.merapi.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Commit;
import dev.merapi.store.Database;
import dev.merapi.store.TestDatabase;
import dev.merapi.store.log.CommitReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes under load (SIGKILL) at random moments, again and again on the same directory, and looks
 * at what is left each time.
 */
@Tag("slow")
class KillTest {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 60);
    private static final int LONGEST_LIFE_MILLIS = 400;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void everything_reported_as_durable_survives_any_number_of_kills() throws Exception {
        long seed = Long.getLong("kill.seed", new SplittableRandom().nextLong());
        SplittableRandom random = new SplittableRandom(seed);
        long reached = 0;
        int uncleanEpochs = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long durable = Math.max(reached, liveAndDie(random));
            // Now and then the next life finds the place as the last one left it.
            if (round % 3 != 2) {
                try (Database database = KilledWriter.open(directory, random.nextLong())) {
                    String what = "round " + round + " of kill.seed=" + seed;
                    requireExactly(database, durable, what);
                    reached = database.offset();
                    uncleanEpochs += database.log().recovery().isClean() ? 0 : 1;
                }
            } else {
                reached = durable;
            }
        }
        assertThat(reached).as("the processes did write").isGreaterThan(ROUNDS * 10L);
        assertThat(uncleanEpochs)
                .as("the processes were killed while they had the log open")
                .isPositive();
    }

    /** Starts the process, kills it some time after its first report, and returns the last offset it reported. */
    private long liveAndDie(SplittableRandom random) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-ea",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        String.valueOf(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long durable = 0;
        try (BufferedReader reports = process.inputReader()) {
            String line = reports.readLine();
            assertThat(line).as("first report").isNotNull();
            long life = random.nextLong(LONGEST_LIFE_MILLIS);
            Thread killer = Thread.ofVirtual().start(() -> kill(process, life));
            while (line != null) {
                // The last line may be cut short by the kill; a number that is whole was printed after its commit.
                durable = Math.max(durable, Long.parseLong(line));
                line = wholeLine(reports);
            }
            killer.join();
        }
        assertThat(process.waitFor()).as("killed, not ended by itself").isEqualTo(128 + 9);
        return durable;
    }

    private static void kill(Process process, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // By its handle: the process object would close the pipe, and the last reports with it.
        process.toHandle().destroyForcibly();
    }

    /** A line that ended with a line feed, or null. */
    private static String wholeLine(BufferedReader reports) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = reports.read(); next >= 0; next = reports.read()) {
            if (next == '\n') {
                return line.toString();
            }
            line.append((char) next);
        }
        return null;
    }

    private static void requireExactly(Database database, long durable, String what) {
        assertThat(database.offset()).as(what).isGreaterThanOrEqualTo(durable);
        assertThat(database.log().recovery().damage()).as(what).isEmpty();
        TableSchema table = KilledWriter.table(database);
        List<List<Object>> expected = new ArrayList<>();
        for (long n = Math.max(2, database.offset() - KilledWriter.WINDOW + 1); n <= database.offset(); n++) {
            expected.add(List.of(n, KilledWriter.text(n)));
        }
        assertThat(TestDatabase.rows(database.snapshot(), table)).as(what).isEqualTo(expected);
        long next = database.log().oldestOffset();
        try (CommitReader history = database.log().read(next)) {
            for (Commit commit = history.next(); commit != null; commit = history.next()) {
                next++;
                assertThat(commit.offset()).as(what).isEqualTo(next);
                assertThat(commit.timestampMicros())
                        .as(what)
                        .isEqualTo(next == 1 ? commit.timestampMicros() : next * 1_000_000);
            }
        }
        assertThat(next).as(what).isEqualTo(database.offset());
    }
}
