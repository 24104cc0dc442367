package dev.merapi.client.internal.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time and in order on an executor that may have many threads. Tasks are added with {@link #add}
 * wherever their order is decided, and begin with {@link #start}, which must be called without locks.
 */
final class SerialExecutor {
    private static final Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Executor executor;

    // guarded by this
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    synchronized void add(Runnable task) {
        tasks.add(task);
    }

    void start() {
        synchronized (this) {
            if (running || tasks.isEmpty()) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, () -> "callback executor is closed: " + e);
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a listener of the application failed", e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = tasks.poll();
        running = task != null;
        return task;
    }
}
