package dev.merapi.benchmarks.store;

import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.benchmarks.Scale;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Figures for whoever works on the store: nanoseconds of processor time, which other programs on the machine disturb
 * less than the time on the wall. Commits go into a log in memory. The first of the printed rounds is for warming up.
 *
 * <pre>java -cp … dev.merapi.benchmarks.store.StoreFigures [accounts]</pre>
 */
public final class StoreFigures {
    private static final int ROUNDS = 3;
    private static final int NO_SNAPSHOTS = Integer.MAX_VALUE;
    /** Transactions after which the log takes what was committed. */
    private static final int BATCH = 256;

    private final PrintStream out;
    private final int accounts;
    private final int operations;
    private final SplittableRandom random = new SplittableRandom(7);
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long checksum;

    StoreFigures(PrintStream out, int accounts, int operations) {
        this.out = out;
        this.accounts = accounts;
        this.operations = operations;
    }

    public static void main(String[] arguments) {
        int accounts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        for (int round = 0; round < ROUNDS; round++) {
            System.out.println("round " + round + ", " + accounts + " accounts");
            new StoreFigures(System.out, accounts, 1_000_000).run();
        }
    }

    /** Runs everything once; returns a number that depends on all of it. */
    static long run(Scale scale, PrintStream out) {
        StoreFigures figures =
                scale == Scale.FULL ? new StoreFigures(out, 100_000, 1_000_000) : new StoreFigures(out, 100, 1_000);
        figures.run();
        return figures.checksum;
    }

    private void run() {
        map();
        for (Kind kind : Kind.values()) {
            try (Database database = Database.open(new DatabaseOptions(
                    "figures", StoreLimits.DEFAULT, ConstraintCompiler.NONE, new SplittableRandom(1)))) {
                table(kind, database);
            }
        }
    }

    private void map() {
        Map<Integer, Long> map = new HashMap<>();
        for (int id = 0; id < accounts; id++) {
            map.put(id, Accounts.START_BALANCE);
        }
        measure("HashMap transfer", operations, () -> {
            for (int i = 0; i < operations; i++) {
                map.merge(random.nextInt(accounts), -1L, Long::sum);
                map.merge(random.nextInt(accounts), 1L, Long::sum);
            }
        });
        measure("HashMap get", operations, () -> {
            for (int i = 0; i < operations; i++) {
                checksum += map.getOrDefault(random.nextInt(accounts), 0L);
            }
        });
    }

    private void table(Kind kind, Database database) {
        Accounts[] created = new Accounts[1];
        measure(kind + " insert", accounts, () -> created[0] = Accounts.create(database, kind, accounts));
        Accounts table = created[0];
        drain(database);
        for (int every : new int[] {NO_SNAPSHOTS, 100, 10, 1}) {
            String snapshots = every == NO_SNAPSHOTS ? "" : ", snapshot each " + every;
            measure(kind + " transfer" + snapshots, operations, () -> transfer(database, table, every));
        }
        TableReader reader = table.reader();
        measure(kind + " find", operations, () -> {
            for (int i = 0; i < operations; i++) {
                checksum += reader.findId(table.keyIndex(), random.nextInt(accounts));
            }
        });
        measure(kind + " scan", accounts, () -> checksum += sum(reader.scan()));
        if (kind == Kind.ORDERED) {
            RowCursor range = reader.range(table.keyIndex(), IndexRange.all(), true);
            measure(kind + " range", accounts, () -> checksum += sum(range));
        }
        if (table.total() != accounts * Accounts.START_BALANCE) {
            throw new IllegalStateException("money was lost or made");
        }
    }

    private void transfer(Database database, Accounts table, int snapshotEvery) {
        for (int i = 1; i <= operations; i++) {
            table.transfer(random.nextInt(accounts), random.nextInt(accounts), 1);
            if (i % snapshotEvery == 0) {
                checksum += database.snapshot().offset();
            }
            if (i % BATCH == 0) {
                drain(database);
            }
        }
    }

    private static void drain(Database database) {
        var group = database.log().seal();
        if (group != null) {
            database.log().write(group);
        }
    }

    private static long sum(RowCursor cursor) {
        long sum = 0;
        while (cursor.next()) {
            sum += cursor.rowId() + cursor.row().length;
        }
        return sum;
    }

    private void measure(String what, int count, Runnable work) {
        long begin = threads.getCurrentThreadCpuTime();
        work.run();
        long nanos = threads.getCurrentThreadCpuTime() - begin;
        out.printf("  %-36s %8.0f ns%n", what, (double) nanos / count);
    }
}
