package dev.merapi.client.internal.connection;

import java.util.concurrent.Executor;

/** Where the application's code runs. */
public interface Callbacks extends Executor {
    /**
     * Whether the present thread runs one of these callbacks, and more of them wait for it to return. What such a
     * callback wants to send is worth keeping for a moment, because the next one is likely to send something as well.
     */
    boolean isInBurst();

    /** Until {@link #release}, callbacks that nobody runs yet may wait: more are about to come. */
    void hold();

    /** Called behind each {@link #hold}, soon, by the same thread. */
    void release();

    /** Before first use: what to do when the callbacks that waited have run. Called without locks. */
    void onBurstEnd(Runnable action);

    /** Callbacks on the application's own executor, which knows nothing of bursts. */
    static Callbacks on(Executor executor) {
        return new Callbacks() {
            @Override
            public void execute(Runnable task) {
                executor.execute(task);
            }

            @Override
            public boolean isInBurst() {
                return false;
            }

            @Override
            public void hold() {}

            @Override
            public void release() {}

            @Override
            public void onBurstEnd(Runnable action) {}
        };
    }
}
