package dev.merapi.client.live;

/** What happened to the rows of a {@link LiveEvent.Change}. */
public enum ChangeType {
    /** Rows have entered the result: they were inserted, or an update made them match. */
    INSERT,
    /** Rows of the result have got other values. */
    UPDATE,
    /** Rows have left the result: they were deleted, or an update made them not match any more. */
    DELETE
}
