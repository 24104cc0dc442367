package dev.merapi.store.log;

/** Whether the log takes writes. */
public enum LogState {
    /** It does. */
    OPEN,

    /**
     * The storage has no room for the next group. What was written of it has been cut away again, nothing was lost or
     * reordered; {@link CommitLog#retry} writes it once there is room.
     */
    FULL,

    /**
     * A write or force failed, and nobody knows what the storage holds of the last group. Nothing is ever written to
     * this log again: the database has to be closed and opened, which reads what is really there.
     */
    FAILED
}
