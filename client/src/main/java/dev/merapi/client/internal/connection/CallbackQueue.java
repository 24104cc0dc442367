package dev.merapi.client.internal.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks that run one at a time, in order, on the threads of an executor: all that wait are taken at once. Any
 * thread.
 */
public final class CallbackQueue implements Callbacks {
    private static final Logger LOG = System.getLogger(CallbackQueue.class.getName());

    private final Executor executor;
    private volatile Runnable burstEnd = () -> {};
    /** The thread that runs callbacks while more of them wait for it. */
    private volatile @Nullable Thread inBurst;

    // Guarded by this.
    private ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    /** Those who have called {@link #hold} and not yet {@link #release}. */
    private int holding;

    // Owned by whoever runs.
    private ArrayDeque<Runnable> burst = new ArrayDeque<>();

    /** @param executor may refuse; what it refuses is refused here */
    public CallbackQueue(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
        }
        startIfDue();
    }

    @Override
    public synchronized void hold() {
        holding++;
    }

    @Override
    public void release() {
        synchronized (this) {
            holding--;
        }
        startIfDue();
    }

    private void startIfDue() {
        synchronized (this) {
            if (running || holding > 0 || waiting.isEmpty()) {
                return;
            }
            running = true;
        }
        executor.execute(this::run);
    }

    private void run() {
        while (takeBurst()) {
            boolean several = burst.size() > 1;
            if (several) {
                inBurst = Thread.currentThread();
            }
            for (Runnable task = burst.poll(); task != null; task = burst.poll()) {
                if (several && burst.isEmpty()) {
                    // Nothing waits behind the last one, so it may take its time: what was kept goes first.
                    inBurst = null;
                    burstEnd.run();
                }
                runOne(task);
            }
        }
    }

    private synchronized boolean takeBurst() {
        ArrayDeque<Runnable> empty = burst;
        burst = waiting;
        waiting = empty;
        running = !burst.isEmpty();
        return running;
    }

    private static void runOne(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // Those behind it must not suffer.
            LOG.log(Level.WARNING, "a callback of the application failed", e);
        }
    }

    @Override
    public boolean isInBurst() {
        return Thread.currentThread().equals(inBurst);
    }

    @Override
    public void onBurstEnd(Runnable action) {
        burstEnd = action;
    }
}
