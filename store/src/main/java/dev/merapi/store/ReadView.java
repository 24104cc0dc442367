package dev.merapi.store;

/**
 * The tables at one moment. A {@link Snapshot} may be read by any thread; a {@link Transaction} shows its own
 * uncommitted writes and belongs to the writer.
 */
public interface ReadView {
    /** The offset of the last commit this view contains; a transaction's own writes come on top. */
    long offset();

    Catalog catalog();

    /**
     * The rows of a table.
     *
     * @throws dev.merapi.api.error.CodedException UNKNOWN_TABLE
     */
    TableReader table(int tableId);
}
