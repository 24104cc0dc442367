package dev.merapi.client.transport;

import java.time.Duration;

/** The client's clock and alarm. */
public interface Scheduler extends AutoCloseable {
    /** Nanoseconds since some fixed moment; never goes back. */
    long nanoTime();

    /** Runs a task once after a delay, on the scheduler's thread. The task must not block. */
    Alarm schedule(Duration delay, Runnable task);

    /** Drops all tasks that have not begun. */
    @Override
    void close();

    /** A task that has been scheduled. */
    interface Alarm {
        /** Prevents the task from beginning; no effect when it has. */
        void cancel();
    }
}
