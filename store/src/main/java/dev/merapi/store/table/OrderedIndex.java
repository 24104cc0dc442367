package dev.merapi.store.table;

import dev.merapi.api.value.RowKey;
import dev.merapi.store.IndexImage;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An index that finds rows by key or by range of keys, in key order. Rows with NULL in their key are in it, at the end.
 */
final class OrderedIndex extends TableIndex {
    private final KeyTree tree;

    OrderedIndex(IndexShape shape, WriteEpoch epoch) {
        this(shape, epoch, new KeyTree());
    }

    static OrderedIndex build(IndexShape shape, WriteEpoch epoch, EpochVector<byte[]> rows) {
        return new OrderedIndex(shape, epoch, KeyTreeBuilder.build(shape, epoch, rows));
    }

    static OrderedIndex ofImage(IndexShape shape, WriteEpoch epoch, IndexImage image) {
        return new OrderedIndex(shape, epoch, KeyTree.ofImage(epoch, image));
    }

    @Override
    long imageSize() {
        return tree.imageSize();
    }

    @Override
    void writeImage(LongConsumer out) {
        tree.writeImage(out);
    }

    private OrderedIndex(IndexShape shape, WriteEpoch epoch, KeyTree tree) {
        super(shape, epoch);
        this.tree = tree;
    }

    @Override
    OrderedIndex fork(IndexShape newShape, WriteEpoch newEpoch) {
        return new OrderedIndex(newShape, newEpoch, tree.fork());
    }

    @Override
    void insert(EpochVector<byte[]> rows, long rowId, byte[] row) {
        tree.insert(epoch, KeyProbe.entry(shape, row, rowId), rows);
    }

    @Override
    void remove(EpochVector<byte[]> rows, long rowId, byte[] row) {
        if (!tree.remove(epoch, KeyProbe.entry(shape, row, rowId), rows)) {
            throw missingEntry(shape, rowId);
        }
    }

    @Override
    public long find(EpochVector<byte[]> rows, RowKey probeKey, byte[] probe) {
        KeyProbe before = KeyProbe.before(shape, probeKey, probe, shape.key().columnCount());
        long rowId = tree.firstBehind(before, rows);
        return rowId >= 0 && shape.key().equal(row(rows, rowId), probeKey, probe) ? rowId : -1;
    }

    @Override
    long find(EpochVector<byte[]> rows, long key) {
        byte[] keyRow = shape.keyOf(key);
        return keyRow == null ? -1 : find(rows, shape.keyRowKey(), keyRow);
    }

    @Override
    public RowCursor lookup(EpochVector<byte[]> rows, RowKey probeKey, byte[] probe) {
        if (shape.isUnique()) {
            long rowId = find(rows, probeKey, probe);
            return rowId < 0 ? RowCursor.EMPTY : new RowIdCursor(rows, new long[] {rowId}, 1);
        }
        int columns = shape.key().columnCount();
        KeyProbe from = KeyProbe.before(shape, probeKey, probe, columns);
        KeyProbe to = KeyProbe.behind(shape, probeKey, probe, columns);
        return KeyTreeCursor.between(tree, rows, from, to, true);
    }

    @Override
    RowCursor range(EpochVector<byte[]> rows, IndexRange range, boolean descending) {
        KeyProbe low = gap(range.lower(), range.lowerColumns(), range.lowerInclusive());
        KeyProbe high = gap(range.upper(), range.upperColumns(), !range.upperInclusive());
        return KeyTreeCursor.between(tree, rows, low, high, !descending);
    }

    private @Nullable KeyProbe gap(byte @Nullable [] bound, int columns, boolean before) {
        if (bound == null) {
            return null;
        }
        if (columns < 1 || columns > shape.key().columnCount()) {
            throw new IllegalArgumentException("bound of " + columns + " columns for index "
                    + shape.definition().name());
        }
        RowKey key = shape.keyRowKey();
        return before ? KeyProbe.before(shape, key, bound, columns) : KeyProbe.behind(shape, key, bound, columns);
    }
}
