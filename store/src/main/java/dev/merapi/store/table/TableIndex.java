package dev.merapi.store.table;

import dev.merapi.api.value.RowKey;
import dev.merapi.store.IndexImage;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import java.util.function.LongConsumer;

/**
 * An index of one table in one state. It holds row ids and reads keys from the rows themselves, which the caller passes
 * in: {@code rows} must be the rows this state of the index was built for. In particular a row is taken out of the
 * index before its bytes are replaced, and put in after.
 *
 * <p>Uniqueness is not enforced here; a unique index may hold equal keys for a moment while a commit is replayed.
 */
public abstract sealed class TableIndex permits HashIndex, OrderedIndex {
    final IndexShape shape;
    /** The epoch that may change this object; in any other it is forked first. */
    final WriteEpoch epoch;

    TableIndex(IndexShape shape, WriteEpoch epoch) {
        this.shape = shape;
        this.epoch = epoch;
    }

    static TableIndex create(IndexShape shape, WriteEpoch epoch) {
        return switch (shape.definition().kind()) {
            case HASH -> new HashIndex(shape, epoch);
            case ORDERED -> new OrderedIndex(shape, epoch);
        };
    }

    /** An index over rows that are there already: several times faster than inserting them one by one. */
    static TableIndex build(IndexShape shape, WriteEpoch epoch, EpochVector<byte[]> rows) {
        return switch (shape.definition().kind()) {
            case HASH -> HashIndex.build(shape, epoch, rows);
            case ORDERED -> OrderedIndex.build(shape, epoch, rows);
        };
    }

    /** An index from its image, without looking at a row. */
    static TableIndex ofImage(IndexShape shape, WriteEpoch epoch, IndexImage image) {
        return switch (shape.definition().kind()) {
            case HASH -> HashIndex.ofImage(shape, epoch, image);
            case ORDERED -> OrderedIndex.ofImage(shape, epoch, image);
        };
    }

    /** How many numbers {@link #writeImage} writes. */
    abstract long imageSize();

    /** Writes the image for {@link #ofImage}. */
    abstract void writeImage(LongConsumer out);

    public IndexShape shape() {
        return shape;
    }

    /** A changeable index over the same nodes, belonging to a later epoch and possibly to a changed table. */
    abstract TableIndex fork(IndexShape newShape, WriteEpoch newEpoch);

    abstract void insert(EpochVector<byte[]> rows, long rowId, byte[] row);

    abstract void remove(EpochVector<byte[]> rows, long rowId, byte[] row);

    /**
     * The id of a row whose key equals the probe's, or -1.
     *
     * @param probeKey {@link IndexShape#key} for a row of the table, {@link IndexShape#keyRowKey} for a key on its own
     * @param probe the row or key; without NULL in its key
     */
    public abstract long find(EpochVector<byte[]> rows, RowKey probeKey, byte[] probe);

    /** The same for a key of one integer column. */
    abstract long find(EpochVector<byte[]> rows, long key);

    /** All rows whose key equals the probe's. See {@link #find}. */
    public abstract RowCursor lookup(EpochVector<byte[]> rows, RowKey probeKey, byte[] probe);

    abstract RowCursor range(EpochVector<byte[]> rows, IndexRange range, boolean descending);

    /** The row of an index entry; a missing one means a defect of ours. */
    static byte[] row(EpochVector<byte[]> rows, long rowId) {
        byte[] row = rows.get(rowId);
        if (row == null) {
            throw new IllegalStateException("index entry without a row: " + rowId);
        }
        return row;
    }

    static IllegalStateException missingEntry(IndexShape shape, long rowId) {
        return new IllegalStateException(
                "row is not in index " + shape.definition().name() + ": " + rowId);
    }
}
