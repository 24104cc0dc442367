package dev.merapi.benchmarks.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps a number of requests under way until its time is over: an answer sends the next request. */
final class InFlight {
    private static final long ANSWER_SECONDS = 30;

    private final Runnable send;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long deadline;
    private volatile CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

    /** @param send sends one request whose answer will be told by {@link #answered} or {@link #failed} */
    InFlight(Runnable send) {
        this.send = send;
    }

    /** Starts a turn. */
    void begin(int requests, long nanos) {
        drained = new CompletableFuture<>();
        deadline = System.nanoTime() + nanos;
        underWay.set(requests);
        for (int i = 0; i < requests; i++) {
            send.run();
        }
    }

    /** Waits until the time is over and all requests are answered. */
    void awaitEnd() throws Exception {
        try {
            drained.get(
                    TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime()) + ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(underWay + " requests were not answered", e);
        }
    }

    void answered() {
        answered.incrementAndGet();
        if (System.nanoTime() < deadline) {
            send.run();
        } else if (underWay.decrementAndGet() == 0) {
            drained.complete(null);
        }
    }

    void failed(Throwable reason) {
        drained.completeExceptionally(reason);
    }

    /** Answers since the beginning. */
    long count() {
        return answered.get();
    }
}
