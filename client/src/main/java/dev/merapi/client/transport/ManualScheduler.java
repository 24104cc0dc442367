package dev.merapi.client.transport;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when told to: the twin of the real {@link Scheduler} for tests and simulations. Tasks run
 * inside {@link #advance}, in the order of their moments, each with the clock set to its own moment.
 *
 * <p>May be used by several threads; tasks run on the thread that advances.
 */
public final class ManualScheduler implements Scheduler {
    private final Object lock = new Object();

    // guarded by lock
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparingLong(Task::order));
    private long nowNanos;
    private long scheduled;

    /** A clock that shows 0. */
    public ManualScheduler() {}

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return nowNanos;
        }
    }

    @Override
    public Alarm schedule(Duration delay, Runnable action) {
        synchronized (lock) {
            Task task = new Task(nowNanos + delay.toNanos(), scheduled++, action);
            tasks.add(task);
            return () -> cancel(task);
        }
    }

    private void cancel(Task task) {
        synchronized (lock) {
            tasks.remove(task);
        }
    }

    /** Lets time pass and runs what becomes due, tasks scheduled meanwhile included. */
    public void advance(Duration duration) {
        long target = nanoTime() + duration.toNanos();
        while (true) {
            Task due = takeDue(target);
            if (due == null) {
                return;
            }
            due.action().run();
        }
    }

    private @Nullable Task takeDue(long target) {
        synchronized (lock) {
            Task next = tasks.peek();
            if (next == null || next.dueNanos() > target) {
                nowNanos = target;
                return null;
            }
            nowNanos = next.dueNanos();
            return tasks.poll();
        }
    }

    /** Tasks that wait for their moment. */
    public int pending() {
        synchronized (lock) {
            return tasks.size();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            tasks.clear();
        }
    }

    private record Task(long dueNanos, long order, Runnable action) {}
}
