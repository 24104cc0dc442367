package dev.merapi.benchmarks.store;

import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.log.FileLogStorage;
import dev.merapi.store.log.LogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The keynote transfer in process: each a serializable transaction with its commit in a durable log, which a thread of
 * its own writes and forces while the transfers go on. The same transfers on a bare map are the other side.
 */
public final class InProcessTransfers implements RatioBenchmark {
    private static final int ROUNDS = 7;
    private static final long SEED = 42;

    @Override
    public String work() {
        return "keynote transfer in process, durable log on";
    }

    @Override
    public String comparedWith() {
        return "the same transfers on a HashMap<Integer, Long>";
    }

    @Override
    public Goal goal() {
        return Goal.atLeast(0.1);
    }

    @Override
    public Ratio run(Scale scale) throws Exception {
        int accounts = scale == Scale.FULL ? 100_000 : 100;
        int transfers = scale == Scale.FULL ? 1_000_000 : 1_000;
        int rounds = scale == Scale.FULL ? ROUNDS : 1;
        Path directory = Files.createTempDirectory("merapi-transfers");
        try {
            return run(directory, accounts, transfers, rounds);
        } finally {
            delete(directory);
        }
    }

    private static Ratio run(Path directory, int accounts, int transfers, int rounds) throws InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        Map<Integer, Long> map = new HashMap<>();
        for (int id = 0; id < accounts; id++) {
            map.put(id, Accounts.START_BALANCE);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        DatabaseOptions options = new DatabaseOptions(
                "transfers",
                FileLogStorage.open(directory),
                LogOptions.defaults(random),
                StoreLimits.DEFAULT,
                ConstraintCompiler.NONE);
        try (Database database = Database.open(options)) {
            Accounts table = Accounts.create(database, Kind.HASH, accounts);
            LogThread log = new LogThread(database.log());
            // The first round warms up both sides and is not counted.
            for (int round = 0; round <= rounds; round++) {
                long seed = random.nextLong();
                double mine = rate(transfers, () -> transfer(table, log, accounts, transfers, seed));
                double other = rate(transfers, () -> transfer(map, accounts, transfers, seed));
                if (round > 0) {
                    ours.add(mine);
                    theirs.add(other);
                }
            }
            log.finish();
            return Ratio.ofRates(ours, theirs, "transfers", check(table, map, accounts));
        }
    }

    private static double rate(int count, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return count * 1e9 / (System.nanoTime() - begin);
    }

    private static void transfer(Accounts table, LogThread log, int accounts, int transfers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 1; i <= transfers; i++) {
            table.transfer(random.nextInt(accounts), random.nextInt(accounts), 1 + random.nextInt(9));
            log.committed();
        }
    }

    private static void transfer(Map<Integer, Long> map, int accounts, int transfers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 1; i <= transfers; i++) {
            int from = random.nextInt(accounts);
            int to = random.nextInt(accounts);
            long amount = 1L + random.nextInt(9);
            map.put(from, map.getOrDefault(from, 0L) - amount);
            map.put(to, map.getOrDefault(to, 0L) + amount);
        }
    }

    /** Both sides did the same transfers, so they must agree on every balance. */
    private static long check(Accounts table, Map<Integer, Long> map, int accounts) {
        long checksum = 0;
        for (int id = 0; id < accounts; id++) {
            checksum = checksum * 31 + map.getOrDefault(id, 0L);
        }
        if (table.checksum() != checksum || table.total() != accounts * Accounts.START_BALANCE) {
            throw new IllegalStateException("the balances are not those of the map");
        }
        return checksum;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
