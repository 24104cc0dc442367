package dev.merapi.wire;

/** How a live query has begun. */
public sealed interface Start {
    /** The client gave no position: the initial rows follow. */
    record Fresh() implements Start {}

    /** The client's position was good: the net difference since then follows. */
    record Resumed() implements Start {}

    /** The client's position was of no use: whatever it holds is to be thrown away, the initial rows follow. */
    record Reset(ResetReason reason) implements Start {}

    Fresh FRESH = new Fresh();
    Resumed RESUMED = new Resumed();

    /** Why a position was of no use. */
    enum ResetReason {
        /** The position belongs to another history: the database was created anew, or is another one. */
        OTHER_EPOCH,
        /** The commits after the position are not kept any more. */
        HISTORY_TRUNCATED,
        /** The position lies after the newest commit: a crash took back commits that were not durable. */
        POSITION_AHEAD,
        /** A table of the query has changed its columns since. */
        SCHEMA_CHANGED,
        /** This query cannot be resumed, or sending everything is cheaper than computing the difference. */
        NOT_RESUMABLE
    }
}
