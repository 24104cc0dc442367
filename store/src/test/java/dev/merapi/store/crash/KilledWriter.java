package dev.merapi.store.crash;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Caller;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.Snapshot;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableBuilder;
import dev.merapi.store.TestDatabase;
import dev.merapi.store.Transaction;
import dev.merapi.store.log.FileLogStorage;
import dev.merapi.store.log.LogGroup;
import dev.merapi.store.log.LogOptions;
import dev.merapi.store.log.Retention;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A process that writes as fast as it can until it is killed, with a writer, a log thread and a checkpointer as in the
 * server, and says on its standard output what is durable. The transaction with offset n makes row n and takes row
 * n - {@link #WINDOW} away, so that the offset alone says what the table has to hold.
 */
final class KilledWriter {
    static final int WINDOW = 500;
    static final String TABLE = "steps";

    private static final int BATCH_MAX = 64;
    private static final int QUEUE = 4;

    private final Database database;
    private final SplittableRandom random;
    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private final BlockingQueue<LogGroup> groups = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicReference<Snapshot> latest = new AtomicReference<>();

    private KilledWriter(Path directory, long seed) {
        random = new SplittableRandom(seed);
        database = open(directory, seed);
    }

    static Database open(Path directory, long seed) {
        // Small in everything, so that kills hit new segments, dropped history and checkpoints, too.
        LogOptions log = LogOptions.defaults(new SplittableRandom(seed))
                .withSegmentBytes(32 << 10)
                .withRetention(new Retention(256 << 10, Duration.ofDays(1)));
        return Database.open(new DatabaseOptions(
                "killed", FileLogStorage.open(directory), log, StoreLimits.DEFAULT, ConstraintCompiler.NONE));
    }

    static TableSchema table(Database database) {
        return database.catalog().find(TableName.of(TABLE));
    }

    /** What row n says. */
    static String text(long n) {
        return "step " + n + " " + Long.toHexString(n * 0x9E3779B97F4A7C15L).repeat((int) (n % 5));
    }

    public static void main(String[] arguments) throws Exception {
        KilledWriter writer = new KilledWriter(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        start("log", writer::log);
        start("checkpoint", writer::checkpoint);
        writer.write();
    }

    private static void start(String name, Work work) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        });
    }

    private interface Work {
        void run() throws Exception;
    }

    private void write() throws InterruptedException {
        if (table(database) == null) {
            TestDatabase.createTable(
                    database,
                    TableBuilder.aTable(TABLE)
                            .column("n", ScalarType.I64)
                            .column("text", ScalarType.TEXT)
                            .primaryKey("n"));
        }
        TableSchema table = table(database);
        int key = table.indexes().get(0).indexId();
        while (true) {
            int batch = random.nextInt(1, BATCH_MAX);
            for (int i = 0; i < batch; i++) {
                step(table, key);
            }
            latest.set(database.snapshot());
            groups.put(database.log().seal());
        }
    }

    private void step(TableSchema table, int key) {
        long n = database.offset() + 1;
        try (Transaction tx = database.begin(Caller.SYSTEM, "step", Instant.ofEpochSecond(n))) {
            TestDatabase.insert(tx, table, n, text(n));
            long old = tx.table(table.tableId()).findId(key, n - WINDOW);
            if (old >= 0) {
                tx.delete(table.tableId(), old);
            }
            tx.commit();
        }
    }

    private void log() throws InterruptedException {
        while (true) {
            LogGroup group = groups.take();
            database.log().write(group);
            out.println(database.log().durableOffset());
            out.flush();
        }
    }

    private void checkpoint() throws InterruptedException {
        while (true) {
            Snapshot snapshot = latest.get();
            if (snapshot != null && snapshot.offset() <= database.log().durableOffset()) {
                database.log().checkpoint(snapshot);
            }
            Thread.sleep(1);
        }
    }
}
