package dev.merapi.server.database;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The threads on which one-shot queries run. Queries are work for the processor, so there are about as many threads as
 * processors, and a bounded queue before them. (Virtual threads would not help: one that computes keeps its carrier,
 * and a few long queries would stop everything else that runs on virtual threads.)
 */
public final class QueryPool implements AutoCloseable {
    /** A query on its way. */
    public interface Task extends Runnable {
        /** It will not run, for this reason. */
        void fail(CodedException reason);
    }

    private final ThreadPoolExecutor threads;
    private final int queueLimit;
    private final LongSupplier nanoTime;
    private final LongAdder finished = new LongAdder();
    private final LongAdder totalNanos = new LongAdder();

    public QueryPool(ServerLimits limits, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        int configured = limits.getInt(Limit.QUERY_THREADS);
        int count =
                configured > 0 ? configured : Math.max(2, Runtime.getRuntime().availableProcessors());
        this.queueLimit = limits.getInt(Limit.QUERY_QUEUE);
        BlockingQueue<Runnable> queue =
                queueLimit == 0 ? new SynchronousQueue<>() : new LinkedBlockingQueue<>(queueLimit);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(count, count, 1, TimeUnit.MINUTES, queue, task -> {
            Thread thread = new Thread(task, "query-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Any thread. Runs the task, or fails it at once: BUSY when too many are waiting, SHUTTING_DOWN. */
    public void execute(Task query) {
        try {
            threads.execute(new Timed(query));
        } catch (RejectedExecutionException e) {
            query.fail(threads.isShutdown() ? shuttingDown() : busy());
        }
    }

    /** Any thread. Runs something that is no query, and always does so if it says that it will. */
    boolean tryExecute(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** A query under the clock. */
    private final class Timed implements Runnable {
        private final Task query;

        Timed(Task query) {
            this.query = query;
        }

        Task query() {
            return query;
        }

        @Override
        public void run() {
            long start = nanoTime.getAsLong();
            try {
                query.run();
            } finally {
                totalNanos.add(nanoTime.getAsLong() - start);
                finished.increment();
            }
        }
    }

    private CodedException busy() {
        return new CodedException(ErrorCode.BUSY, "too many queries are waiting")
                .with("limit", queueLimit)
                .hint("try again in a moment");
    }

    private static CodedException shuttingDown() {
        return new CodedException(ErrorCode.SHUTTING_DOWN, "server is shutting down").hint("connect again in a moment");
    }

    /** Queries running now. Any thread. */
    public int running() {
        return threads.getActiveCount();
    }

    /** Queries waiting for a thread. Any thread. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /** Queries that have run. Any thread. */
    public long finished() {
        return finished.sum();
    }

    /** The time they took together. Any thread. */
    public long totalNanos() {
        return totalNanos.sum();
    }

    /** Lets running queries end and refuses waiting ones. What waits and is no query runs on the calling thread. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Timed timed) {
                timed.query().fail(shuttingDown());
            } else {
                waiting.run();
            }
        }
    }
}
