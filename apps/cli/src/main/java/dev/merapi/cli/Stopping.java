package dev.merapi.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM as a request: commands register what makes them end, or wait for the request; the process ends
 * when they have, with their exit code.
 *
 * <p>All methods may be called by any thread.
 */
final class Stopping {
    /** After this a process that does not end is ended: whoever sent the signal may be about to send SIGKILL. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final List<Runnable> actions = new ArrayList<>();
    private volatile int exitCode = ExitCode.OK.number();

    /** From now on the signals that end a process are taken as requests. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "stopping"));
    }

    /** Asks everything to end, as a signal does. */
    void request() {
        List<Runnable> toRun;
        synchronized (this) {
            requested.countDown();
            toRun = List.copyOf(actions);
        }
        toRun.forEach(Runnable::run);
    }

    /** Runs an action when the end is requested; at once when it was already. */
    void onRequest(Runnable action) {
        synchronized (this) {
            if (requested.getCount() > 0) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for the request. */
    void await() throws InterruptedException {
        requested.await();
    }

    /** Waits for the request, but not longer than this; true when it came. */
    boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The command has ended. */
    void finished(int code) {
        exitCode = code;
        finished.countDown();
    }

    private void onSignal() {
        request();
        try {
            if (!finished.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                exitCode = ExitCode.INTERNAL.number();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The JVM would answer with 128 plus the signal, which looks like a crash although all was closed cleanly.
        Runtime.getRuntime().halt(exitCode);
    }
}
