package dev.merapi.store.table;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.IndexImage;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import dev.merapi.store.SchemaChange.RowRewrite;
import dev.merapi.store.TableReader;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table with its indexes and sequences, in one state. The writer changes it in place while the epoch
 * that made it lasts; from the next snapshot on it is what that snapshot's readers see, and the writer goes on with a
 * {@link #fork}.
 *
 * <p>It keeps rows and indexes consistent with each other and checks nothing else.
 */
public final class TableState implements TableReader {
    /**
     * Row ids have 48 bits, because indexes keep something else in the others: a million inserts a second for
     * nine years.
     */
    public static final long MAX_ROW_ID = HashPage.MAX_ROW_ID;

    private static final long FIRST_ROW_ID = 1;

    private final WriteEpoch epoch;
    private final TableShape shape;
    private final EpochVector<byte[]> rows;
    private final TableIndex[] indexes;
    /** The highest value handed out per column; only auto-increment columns use theirs. */
    private final long[] sequences;

    /** Whether the indexes know all rows. */
    private boolean indexed;

    private long nextRowId = FIRST_ROW_ID;
    private long rowBytes;

    private TableState(
            WriteEpoch epoch, TableShape shape, EpochVector<byte[]> rows, TableIndex[] indexes, long[] sequences) {
        this.epoch = epoch;
        this.shape = shape;
        this.rows = rows;
        this.indexes = indexes;
        this.sequences = sequences;
    }

    /**
     * An empty table.
     *
     * @param indexed false to leave the indexes empty, whatever is written, until {@link #buildIndexes}; nothing may be
     *     looked up in them before
     */
    public static TableState create(WriteEpoch epoch, TableShape shape, boolean indexed) {
        TableIndex[] indexes = new TableIndex[shape.indexCount()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = TableIndex.create(shape.index(i), epoch);
        }
        long[] sequences = new long[shape.layout().columnCount()];
        TableState state = new TableState(epoch, shape, new EpochVector<>(), indexes, sequences);
        state.indexed = indexed;
        return state;
    }

    /** A changeable copy for a later epoch; it shares every node. */
    public TableState fork(WriteEpoch newEpoch) {
        TableState copy = new TableState(newEpoch, shape, rows.fork(), indexes.clone(), sequences.clone());
        copy.indexed = indexed;
        copy.nextRowId = nextRowId;
        copy.rowBytes = rowBytes;
        return copy;
    }

    public WriteEpoch epoch() {
        return epoch;
    }

    public TableShape shape() {
        return shape;
    }

    // ---- reading

    @Override
    public TableSchema schema() {
        return shape.schema();
    }

    @Override
    public RowLayout layout() {
        return shape.layout();
    }

    @Override
    public long rowCount() {
        return rows.size();
    }

    @Override
    public long rowBytes() {
        return rowBytes;
    }

    /** The id the next inserted row gets. */
    public long nextRowId() {
        return nextRowId;
    }

    /** The highest value a column's sequence has handed out, 0 before the first. */
    public long lastSequenceValue(int column) {
        return sequences[column];
    }

    @Override
    public RowCursor scan() {
        return new ScanCursor(rows.ascending());
    }

    @Override
    public RowCursor scanBackward() {
        return new ScanCursor(rows.descending());
    }

    @Override
    public byte @Nullable [] row(long rowId) {
        return rows.get(rowId);
    }

    @Override
    public long findId(int indexId, byte[] key) {
        TableIndex index = index(indexId);
        RowKey keyRowKey = index.shape().keyRowKey();
        return keyRowKey.hasNull(key) ? -1 : index.find(rows, keyRowKey, key);
    }

    @Override
    public long findId(int indexId, long key) {
        return index(indexId).find(rows, key);
    }

    @Override
    public RowCursor lookup(int indexId, byte[] key) {
        TableIndex index = index(indexId);
        RowKey keyRowKey = index.shape().keyRowKey();
        return keyRowKey.hasNull(key) ? RowCursor.EMPTY : index.lookup(rows, keyRowKey, key);
    }

    @Override
    public RowCursor range(int indexId, IndexRange range, boolean descending) {
        return index(indexId).range(rows, range, descending);
    }

    private TableIndex index(int indexId) {
        return indexes[shape.position(indexId)];
    }

    /** The id of another row with the same key as this row of the table, or -1. NULL equals nothing. */
    public long findSameKey(int position, byte[] row) {
        IndexShape index = shape.index(position);
        return index.hasNull(row) ? -1 : indexes[position].find(rows, index.key(), row);
    }

    // ---- writing

    /** Adds a row under the next row id, which it returns. */
    public long insert(byte[] row) {
        long rowId = nextRowId++;
        put(rowId, row);
        return rowId;
    }

    /** Puts a row under an id that holds none. */
    public void put(long rowId, byte[] row) {
        rows.set(epoch, rowId, row);
        rowBytes += row.length;
        if (rowId >= nextRowId) {
            nextRowId = rowId + 1;
        }
        for (int i = 0; indexed && i < indexes.length; i++) {
            writable(i).insert(rows, rowId, row);
        }
    }

    /** The indexes whose key differs between two forms of a row: bit i for the index at position i. */
    public long movedIndexes(byte[] old, byte[] row) {
        long moved = 0;
        for (int i = 0; indexed && i < indexes.length; i++) {
            if (!shape.index(i).sameKey(old, row)) {
                moved |= 1L << i;
            }
        }
        return moved;
    }

    /**
     * Replaces a row. Indexes whose key stays the same are not touched.
     *
     * @param moved the result of {@link #movedIndexes} for the two rows
     */
    public void replace(long rowId, byte[] old, byte[] row, long moved) {
        if (moved != 0) {
            for (int i = 0; i < indexes.length; i++) {
                if ((moved >>> i & 1) != 0) {
                    writable(i).remove(rows, rowId, old);
                }
            }
        }
        rows.set(epoch, rowId, row);
        rowBytes += row.length - old.length;
        if (moved != 0) {
            for (int i = 0; i < indexes.length; i++) {
                if ((moved >>> i & 1) != 0) {
                    writable(i).insert(rows, rowId, row);
                }
            }
        }
    }

    /** Takes a row out. */
    public void remove(long rowId, byte[] old) {
        for (int i = 0; indexed && i < indexes.length; i++) {
            writable(i).remove(rows, rowId, old);
        }
        rows.remove(epoch, rowId);
        rowBytes -= old.length;
    }

    public void setNextRowId(long newNextRowId) {
        nextRowId = newNextRowId;
    }

    public void setLastSequenceValue(int column, long value) {
        sequences[column] = value;
    }

    private TableIndex writable(int position) {
        TableIndex index = indexes[position];
        if (index.epoch != epoch) {
            index = index.fork(index.shape, epoch);
            indexes[position] = index;
        }
        return index;
    }

    // ---- whole tables

    /** Builds all indexes anew from the rows. */
    public void buildIndexes() {
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = TableIndex.build(shape.index(i), epoch, rows);
        }
        indexed = true;
    }

    /** Takes an index over from its image, instead of building it. */
    public void restoreIndex(int indexId, IndexImage image) {
        int position = shape.position(indexId);
        indexes[position] = TableIndex.ofImage(shape.index(position), epoch, image);
    }

    /** Says that the indexes know all rows, having been restored one by one. */
    public void setIndexed() {
        indexed = true;
    }

    public boolean isIndexed() {
        return indexed;
    }

    /** Gives the indexes up, because building them anew later is cheaper than keeping them up to date. */
    public void dropIndexes() {
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = TableIndex.create(shape.index(i), epoch);
        }
        indexed = false;
    }

    /** How many numbers the image of an index has. */
    public long indexImageSize(int indexId) {
        return index(indexId).imageSize();
    }

    /** Writes the image of an index. */
    public void writeIndexImage(int indexId, LongConsumer out) {
        index(indexId).writeImage(out);
    }

    /** This table without its rows; the next inserted row gets the id it would have got anyway. */
    public TableState emptied(WriteEpoch newEpoch) {
        TableState empty = create(newEpoch, shape, indexed);
        System.arraycopy(sequences, 0, empty.sequences, 0, sequences.length);
        empty.nextRowId = nextRowId;
        return empty;
    }

    /**
     * This table with another shape: rows rewritten, indexes kept by their id, built where new and dropped where gone.
     * This state is left as it is, provided that the epoch is later than its own.
     */
    public TableState alter(WriteEpoch newEpoch, TableShape newShape, RowRewrite rewrite) {
        EpochVector<byte[]> newRows = rewrite instanceof RowRewrite.Keep ? rows.fork() : new EpochVector<>();
        long newBytes = rowBytes;
        if (!(rewrite instanceof RowRewrite.Keep)) {
            newBytes = 0;
            TableRewrite rewriter = new TableRewrite(layout(), rewrite);
            for (VectorCursor<byte[]> row = rows.ascending(); row.next(); ) {
                byte[] rewritten = rewriter.apply(row.value());
                if (rewritten != null) {
                    newRows.set(newEpoch, row.index(), rewritten);
                    newBytes += rewritten.length;
                }
            }
        }
        TableIndex[] newIndexes = new TableIndex[newShape.indexCount()];
        for (int i = 0; i < newIndexes.length; i++) {
            newIndexes[i] = indexAfter(newShape.index(i), newEpoch, newRows, rewrite);
        }
        TableState altered = new TableState(newEpoch, newShape, newRows, newIndexes, sequencesAfter(rewrite));
        altered.indexed = indexed;
        altered.nextRowId = nextRowId;
        altered.rowBytes = newBytes;
        return altered;
    }

    private TableIndex indexAfter(
            IndexShape index, WriteEpoch newEpoch, EpochVector<byte[]> newRows, RowRewrite rewrite) {
        if (!indexed) {
            return TableIndex.create(index, newEpoch);
        }
        int position = shape.findPosition(index.indexId());
        return position >= 0 && isKept(index, rewrite)
                ? indexes[position].fork(index, newEpoch)
                : TableIndex.build(index, newEpoch, newRows);
    }

    /** An index holds no keys, but prefixes of them, and these depend on whether the column allows NULL. */
    private static boolean isKept(IndexShape index, RowRewrite rewrite) {
        return switch (rewrite) {
            case RowRewrite.Keep keep -> true;
            case RowRewrite.AppendColumn append -> true;
            case RowRewrite.CutColumn cut -> true;
            case RowRewrite.ChangeNullability change ->
                !index.definition().columns().contains(change.column());
            case RowRewrite.Refill refill -> false;
        };
    }

    private long[] sequencesAfter(RowRewrite rewrite) {
        return switch (rewrite) {
            case RowRewrite.Keep keep -> sequences.clone();
            case RowRewrite.ChangeNullability change -> sequences.clone();
            case RowRewrite.Refill refill -> sequences.clone();
            case RowRewrite.AppendColumn append -> Arrays.copyOf(sequences, sequences.length + 1);
            case RowRewrite.CutColumn cut -> {
                long[] shorter = Arrays.copyOf(sequences, sequences.length - 1);
                System.arraycopy(sequences, cut.column() + 1, shorter, cut.column(), shorter.length - cut.column());
                yield shorter;
            }
        };
    }

    /** The id of a row whose key another row has too, or -1; NULL equals nothing. Looks at every row. */
    public long findDuplicate(int position) {
        for (VectorCursor<byte[]> row = rows.ascending(); row.next(); ) {
            long found = findSameKey(position, row.value());
            if (found >= 0 && found != row.index()) {
                return row.index();
            }
        }
        return -1;
    }

    private static final class ScanCursor implements RowCursor {
        private final VectorCursor<byte[]> cursor;

        ScanCursor(VectorCursor<byte[]> cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public long rowId() {
            return cursor.index();
        }

        @Override
        public byte[] row() {
            return cursor.value();
        }
    }
}
