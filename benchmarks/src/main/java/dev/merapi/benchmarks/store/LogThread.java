package dev.merapi.benchmarks.store;

import dev.merapi.store.log.CommitLog;
import dev.merapi.store.log.LogGroup;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes a database's log beside its writer, one group after another. The next group gathers while one is written; when
 * several wait, the writer waits, so the log never falls behind without bound.
 */
final class LogThread {
    /** Commits after which a group is handed over, if there is room: a batch of a busy database loop. */
    private static final int BATCH = 256;
    /** Commits after which the writer waits for room. */
    private static final int LARGEST_GROUP = 65_536;

    private static final int WAITING_GROUPS = 2;

    private final CommitLog log;
    /** Empty at the end: interrupting a thread that writes a file would close the file. */
    private final BlockingQueue<Optional<LogGroup>> groups = new ArrayBlockingQueue<>(WAITING_GROUPS);

    private final Thread thread;
    private volatile @Nullable RuntimeException failure;

    // The writer's thread.
    private int gathered;

    LogThread(CommitLog log) {
        this.log = log;
        thread = Thread.ofPlatform().name("log-benchmark").daemon().start(this::run);
    }

    /** The writer has committed once more. */
    void committed() {
        gathered++;
        if (gathered >= LARGEST_GROUP || (gathered % BATCH == 0 && groups.remainingCapacity() > 0)) {
            handOver();
        }
    }

    private void handOver() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        LogGroup group = log.seal();
        gathered = 0;
        try {
            if (group != null) {
                groups.put(Optional.of(group));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when everything is durable. */
    void finish() throws InterruptedException {
        handOver();
        groups.put(Optional.empty());
        thread.join();
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        if (log.durableOffset() != log.lastOffset()) {
            throw new IllegalStateException("log ends at " + log.durableOffset() + " instead of " + log.lastOffset());
        }
    }

    private void run() {
        try {
            Optional<LogGroup> group = groups.take();
            while (group.isPresent()) {
                log.write(group.get());
                group = groups.take();
            }
        } catch (InterruptedException e) {
            failure = new IllegalStateException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
