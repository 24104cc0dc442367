package dev.merapi.store;

/**
 * What recovery fills: an empty database, first from a checkpoint, then from the commits behind it.
 *
 * <p>The calls come in this order, all on one thread: for a checkpoint {@link #restoreCatalog},
 * then rows, next row ids and sequences in any order, then {@link #restoreOffset}; then {@link #apply} for each later
 * commit in order. Nothing is checked against constraints: it was checked when it was committed. Indexes are built at
 * the end, all at once, which is several times faster than row by row.
 */
public interface RecoveryTarget {
    /**
     * Begins a checkpoint. What was restored before is forgotten: a checkpoint may turn out to be damaged half-way, and
     * an older one is restored instead.
     */
    void restoreCatalog(Catalog catalog);

    /** Takes over the bytes of one row. Row ids may come in any order; ascending is fastest. */
    void restoreRow(int tableId, long rowId, byte[] row);

    /** The id the next inserted row gets, so that ids of deleted rows do not come back. */
    void restoreNextRowId(int tableId, long nextRowId);

    void restoreSequence(SequenceChange sequence);

    /**
     * Restores an index of a table whose rows are complete. The indexes of a table come in the order of its schema, all
     * of them or none; what is not restored is built.
     *
     * @param image of version {@link IndexImage#VERSION}; need not be read to its end
     */
    void restoreIndex(int tableId, int indexId, IndexImage image);

    /** Ends a checkpoint: its rows are those of the commit with this offset. */
    void restoreOffset(long offset);

    /** Applies a commit. Its offset must be the one after the last. */
    void apply(Commit commit);
}
