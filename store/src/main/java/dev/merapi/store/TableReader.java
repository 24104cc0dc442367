package dev.merapi.store;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table in one {@link ReadView}. Thread-safe exactly as its view is.
 *
 * <p>An index id that the table does not have is refused with UNKNOWN_OBJECT; a {@code long} key for an index that is
 * not a single integer column, or a range over a hash index, with WRONG_OBJECT_TYPE.
 */
public interface TableReader {
    TableSchema schema();

    RowLayout layout();

    long rowCount();

    /** The total length of the rows in bytes, without indexes and overhead. */
    long rowBytes();

    /** All rows in ascending order of row id, which is the order of insertion. */
    RowCursor scan();

    /** All rows in descending order of row id. */
    RowCursor scanBackward();

    /** The row with this id, or null. */
    byte @Nullable [] row(long rowId);

    /**
     * The id of the row with this key in a unique index, or -1. In an index that is not unique: of any one of them.
     *
     * @param key a row of the index's key type: the key columns in index order. A key with a NULL equals nothing.
     */
    long findId(int indexId, byte[] key);

    /** The same for an index on a single integer (or date or time) column; allocates nothing. */
    long findId(int indexId, long key);

    /** All rows whose key equals this one, from any kind of index, in no particular order. NULL equals nothing. */
    RowCursor lookup(int indexId, byte[] key);

    /** The rows of a range of an ordered index, in key order (equal keys by row id), or the reverse of that. */
    RowCursor range(int indexId, IndexRange range, boolean descending);
}
