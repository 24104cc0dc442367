package dev.merapi.store.table;

import dev.merapi.api.value.RowKey;
import dev.merapi.store.IndexImage;
import dev.merapi.store.RowCursor;
import java.util.function.LongConsumer;

/**
 * All entries of a {@link HashIndex} that have one hash. Usually they have one key too; then row ids alone decide their
 * order, and no row is read to find a place among them.
 */
final class HeavyHash {
    private final WriteEpoch epoch;
    private final KeyTree tree;
    private boolean oneKey = true;

    HeavyHash(WriteEpoch epoch) {
        this(epoch, new KeyTree());
    }

    private HeavyHash(WriteEpoch epoch, KeyTree tree) {
        this.epoch = epoch;
        this.tree = tree;
    }

    static HeavyHash ofImage(WriteEpoch epoch, IndexImage image) {
        boolean oneKey = image.nextCount(1) == 1;
        HeavyHash result = new HeavyHash(epoch, KeyTree.ofImage(epoch, image));
        result.oneKey = oneKey;
        return result;
    }

    long imageSize() {
        return 1 + tree.imageSize();
    }

    void writeImage(LongConsumer out) {
        out.accept(oneKey ? 1 : 0);
        tree.writeImage(out);
    }

    HeavyHash fork(WriteEpoch newEpoch) {
        HeavyHash copy = new HeavyHash(newEpoch, tree.fork());
        copy.oneKey = oneKey;
        return copy;
    }

    WriteEpoch epoch() {
        return epoch;
    }

    long size() {
        return tree.size();
    }

    void insert(IndexShape shape, EpochVector<byte[]> rows, long rowId, byte[] row) {
        // While there is one key, the order of row ids is the order of keys: the tree stays right when a second comes.
        oneKey = oneKey && (tree.size() == 0 || shape.sameKey(row, TableIndex.row(rows, anyId())));
        tree.insert(epoch, probe(shape, row, rowId), rows);
    }

    void remove(IndexShape shape, EpochVector<byte[]> rows, long rowId, byte[] row) {
        if (!tree.remove(epoch, probe(shape, row, rowId), rows)) {
            throw TableIndex.missingEntry(shape, rowId);
        }
    }

    private KeyProbe probe(IndexShape shape, byte[] row, long rowId) {
        return oneKey ? KeyProbe.entryAmongEquals(shape, row, rowId) : KeyProbe.entry(shape, row, rowId);
    }

    long find(IndexShape shape, EpochVector<byte[]> rows, RowKey probeKey, byte[] probe) {
        if (oneKey) {
            return isTheKey(shape, rows, probeKey, probe) ? anyId() : -1;
        }
        RowCursor found = lookup(shape, rows, probeKey, probe);
        return found.next() ? found.rowId() : -1;
    }

    RowCursor lookup(IndexShape shape, EpochVector<byte[]> rows, RowKey probeKey, byte[] probe) {
        if (oneKey) {
            return isTheKey(shape, rows, probeKey, probe) ? new KeyTreeCursor(tree, rows, true) : RowCursor.EMPTY;
        }
        int columns = shape.key().columnCount();
        KeyProbe from = KeyProbe.before(shape, probeKey, probe, columns);
        KeyProbe to = KeyProbe.behind(shape, probeKey, probe, columns);
        return KeyTreeCursor.between(tree, rows, from, to, true);
    }

    private boolean isTheKey(IndexShape shape, EpochVector<byte[]> rows, RowKey probeKey, byte[] probe) {
        return shape.key().equal(TableIndex.row(rows, anyId()), probeKey, probe);
    }

    private long anyId() {
        KeyTree.Node root = tree.root();
        if (root == null) {
            throw new IllegalStateException("heavy hash without entries");
        }
        return root.rowIds[0];
    }
}
