package dev.merapi.server.database;

import dev.merapi.api.error.CodedException;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.store.Database;
import dev.merapi.store.Snapshot;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads around one open database, and how they end: writer, log, checkpoints. */
public final class DatabaseRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRuntime.class);

    private final String name;
    private final Database database;
    private final DatabaseLoop loop;
    private final LogWriter log;
    private final boolean persistent;
    private final long checkpointBytes;
    private final Thread writerThread;
    private final Thread logThread;
    private final AtomicBoolean checkpointing = new AtomicBoolean();
    private volatile @Nullable Thread checkpointThread;

    /**
     * Takes over an open database. No thread runs yet.
     *
     * @param persistent whether the log survives the process, so that checkpoints are worth writing
     */
    public DatabaseRuntime(
            Database database,
            boolean persistent,
            CommitListener listener,
            InstantSource clock,
            LongSupplier nanoTime,
            ServerLimits limits) {
        this.name = database.name();
        this.database = database;
        this.persistent = persistent;
        this.checkpointBytes = limits.get(Limit.CHECKPOINT_LOG_BYTES);
        this.log = new LogWriter(name, database.log(), database.epoch(), nanoTime, limits);
        this.loop = new DatabaseLoop(database, listener, log, clock, nanoTime, limits);
        this.writerThread = thread("db-" + name, loop::run);
        this.logThread = thread("log-" + name, log::run);
        log.listen(loop::nudge, this::considerCheckpoint);
    }

    public void start() {
        logThread.start();
        writerThread.start();
    }

    public String name() {
        return name;
    }

    public DatabaseLoop loop() {
        return loop;
    }

    public LogWriter log() {
        return log;
    }

    /** The size of the log. Any thread. */
    public long logBytes() {
        return database.log().sizeBytes();
    }

    /**
     * Processes what was accepted, writes it, takes a last checkpoint, closes the database. Waits for all of it.
     *
     * @param timeoutMillis after which threads that have not ended are left behind
     */
    public void close(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        loop.close();
        if (!join(writerThread, deadline)) {
            return;
        }
        log.close();
        Thread checkpoint = checkpointThread;
        if (!join(logThread, deadline) || (checkpoint != null && !join(checkpoint, deadline))) {
            return;
        }
        // The threads have ended and the joins have made their writes visible: this thread owns the database now.
        if (persistent && database.log().bytesSinceCheckpoint() > 0) {
            writeCheckpoint(database.snapshot());
        }
        try {
            database.close();
        } catch (CodedException e) {
            LOG.error("database {} could not be closed properly", name, e);
        }
    }

    private boolean join(Thread thread, long deadlineNanos) throws InterruptedException {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
        if (thread.isAlive()) {
            LOG.error(
                    "thread {} did not end in time; database {} is left as if the process had been killed",
                    thread.getName(),
                    name);
            return false;
        }
        return true;
    }

    /** Log thread, after a write. */
    private void considerCheckpoint() {
        if (persistent
                && database.log().bytesSinceCheckpoint() >= checkpointBytes
                && checkpointing.compareAndSet(false, true)) {
            loop.submit(new Request.Read(new Request.SnapshotReceiver() {
                @Override
                public void accept(Snapshot snapshot) {
                    Thread thread = thread("checkpoint-" + name, () -> {
                        writeCheckpoint(snapshot);
                        checkpointing.set(false);
                    });
                    checkpointThread = thread;
                    thread.start();
                }

                @Override
                public void failed(CodedException reason) {
                    checkpointing.set(false);
                }
            }));
        }
    }

    private void writeCheckpoint(Snapshot snapshot) {
        try {
            database.log().checkpoint(snapshot);
        } catch (CodedException e) {
            // The log still has everything; the next one is tried after as much log again.
            LOG.warn("checkpoint of database {} failed: {}", name, e.toString());
        } catch (RuntimeException e) {
            LOG.error("checkpoint of database {} failed in an unforeseen way", name, e);
        }
    }

    private static Thread thread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }
}
