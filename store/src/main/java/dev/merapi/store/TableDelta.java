package dev.merapi.store;

import dev.merapi.api.schema.TableSchema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The net change of one table's rows in one commit: at most one entry per row id, in ascending order of row id, each
 * with the bytes before the transaction, after it, or both. Rows that ended as they began are left out.
 *
 * <p>Immutable and thread-safe. The images are the stored rows themselves: do not alter them.
 */
public final class TableDelta {
    private final TableSchema table;
    private final long[] rowIds;
    /** Before and after image of entry i at 2i and 2i + 1: one array fewer in each of a million small commits. */
    private final byte[] @Nullable [] images;

    private TableDelta(TableSchema table, long[] rowIds, byte[] @Nullable [] images) {
        this.table = table;
        this.rowIds = rowIds;
        this.images = images;
    }

    /**
     * Takes over the arrays.
     *
     * @param table the table as it is after the commit
     * @param rowIds ascending
     * @param images before and after image of entry i at {@code 2 * i} and {@code 2 * i + 1}; never both null
     */
    public static TableDelta of(TableSchema table, long[] rowIds, byte[] @Nullable [] images) {
        if (images.length != 2 * rowIds.length) {
            throw new IllegalArgumentException(rowIds.length + " row ids with " + images.length + " images");
        }
        return new TableDelta(table, rowIds, images);
    }

    /** The table as it is after the commit. */
    public TableSchema table() {
        return table;
    }

    /** The number of changed rows. */
    public int size() {
        return rowIds.length;
    }

    public long rowId(int i) {
        return rowIds[i];
    }

    /** The row before the commit, or null if the commit inserted it. */
    public byte @Nullable [] before(int i) {
        return images[2 * i];
    }

    /** The row after the commit, or null if the commit deleted it. */
    public byte @Nullable [] after(int i) {
        return images[2 * i + 1];
    }

    /** Equal when the table and every row id and image are equal, byte by byte. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableDelta delta
                && table.equals(delta.table)
                && Arrays.equals(rowIds, delta.rowIds)
                && Arrays.deepEquals(images, delta.images);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(rowIds) + Arrays.deepHashCode(images);
    }

    @Override
    public String toString() {
        return "TableDelta[" + table.name() + ", rows=" + rowIds.length + "]";
    }
}
