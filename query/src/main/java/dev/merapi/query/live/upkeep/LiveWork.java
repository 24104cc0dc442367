package dev.merapi.query.live.upkeep;

import dev.merapi.api.error.CodedException;
import java.util.function.BooleanSupplier;

/**
 * Work that live queries need done and that is too long for their own thread: over a snapshot, on any thread, once.
 * Whoever does it gives it back to the live queries it comes from, on their thread.
 */
public abstract sealed class LiveWork permits CircuitWork, ResultRun {
    /** Written by the live thread, read by whoever works. */
    private volatile boolean unwanted;

    LiveWork() {}

    /**
     * Does it. What comes of it is in here until it is given back.
     *
     * @param cancelled asked now and then; true ends the work with STATEMENT_CANCELLED
     * @throws CodedException QUERY_LIMIT, LIVE_LIMIT for too many rows; SCHEMA_CHANGED when a table is no longer what
     *     the query was compiled for; those of the expressions it computes
     */
    public final void run(BooleanSupplier cancelled) {
        work(() -> unwanted || cancelled.getAsBoolean());
    }

    abstract void work(BooleanSupplier cancelled);

    /** Nobody waits for it any more: it may end at once. */
    final void giveUp() {
        unwanted = true;
    }
}
