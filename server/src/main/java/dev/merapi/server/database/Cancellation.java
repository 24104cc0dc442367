package dev.merapi.server.database;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether a request is to stop: because its time is over, or because nobody wants it any more. Any thread. */
public final class Cancellation implements BooleanSupplier {
    private final LongSupplier nanoTime;
    private final long timeoutMillis;
    private final long deadlineNanos;
    private volatile boolean cancelled;

    /** A request that begins now and may take so long. */
    public Cancellation(LongSupplier nanoTime, long timeoutMillis) {
        this.nanoTime = nanoTime;
        this.timeoutMillis = timeoutMillis;
        this.deadlineNanos = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Nobody waits for the answer any more. */
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean getAsBoolean() {
        return cancelled || nanoTime.getAsLong() - deadlineNanos > 0;
    }

    /**
     * @throws CodedException STATEMENT_TIMEOUT, REQUEST_CANCELLED
     */
    void check() {
        if (getAsBoolean()) {
            throw reason();
        }
    }

    /** What to answer to a request that was stopped by this. */
    CodedException reason() {
        if (cancelled) {
            return new CodedException(ErrorCode.REQUEST_CANCELLED, "request was cancelled");
        }
        return new CodedException(ErrorCode.STATEMENT_TIMEOUT, "request took too long and was stopped")
                .with("limitMillis", timeoutMillis)
                .hint("make it cheaper, or split it");
    }
}
