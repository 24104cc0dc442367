package dev.merapi.store.tx;

import dev.merapi.store.StoreLimits;
import dev.merapi.store.table.TableState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the open transaction did, in order, as the way back. It is also the record from which the commit's deltas are
 * made: the first entry of a row holds its image before the transaction. Arrays side by side instead of objects, and
 * kept from one transaction to the next, because most transactions touch two rows and should leave no garbage.
 */
final class UndoLog {
    private static final int INITIAL_CAPACITY = 64;
    /** Arrays that one huge transaction made longer than this are let go afterwards. */
    private static final int KEPT_CAPACITY = 1 << 16;

    /** A step that is not a row write. */
    interface Step {
        void undo();
    }

    private final LiveTables tables;
    private final StoreLimits limits;
    /** A {@link LiveTable} for a row write, else a {@link Step}. */
    private @Nullable Object[] targets = new @Nullable Object[INITIAL_CAPACITY];

    private long[] rowIds = new long[INITIAL_CAPACITY];
    private byte[] @Nullable [] befores = new byte @Nullable [INITIAL_CAPACITY][];
    private int size;
    private int steps;
    /** The length of all before and after images: an upper bound of the commit's. */
    private long bytes;

    UndoLog(LiveTables tables, StoreLimits limits) {
        this.tables = tables;
        this.limits = limits;
    }

    int size() {
        return size;
    }

    /** The number of entries that are not row writes. */
    int steps() {
        return steps;
    }

    /** Makes sure that a write with these images may be recorded; to be asked before it is done. */
    void reserve(byte @Nullable [] before, byte @Nullable [] after) {
        if (size >= limits.maxTransactionWrites()) {
            throw Refusals.limit("transaction writes too many rows", size + 1L, limits.maxTransactionWrites())
                    .hint("commit in smaller parts, or raise maxTransactionWrites");
        }
        long more = length(before) + length(after);
        if (bytes + more > limits.maxTransactionBytes()) {
            throw Refusals.limit("transaction writes too many bytes", bytes + more, limits.maxTransactionBytes())
                    .hint("commit in smaller parts, or raise maxTransactionBytes");
        }
        bytes += more;
        ensureCapacity();
    }

    private static long length(byte @Nullable [] image) {
        return image == null ? 0 : image.length;
    }

    private void ensureCapacity() {
        if (size == targets.length) {
            int capacity = size * 2;
            targets = Arrays.copyOf(targets, capacity);
            rowIds = Arrays.copyOf(rowIds, capacity);
            befores = Arrays.copyOf(befores, capacity);
        }
    }

    /** Records a row write; {@code before} is null for an insert. */
    void row(LiveTable table, long rowId, byte @Nullable [] before) {
        targets[size] = table;
        rowIds[size] = rowId;
        befores[size] = before;
        size++;
    }

    void step(Step step) {
        ensureCapacity();
        targets[size++] = step;
        steps++;
    }

    /** The table of a row write, or null if the entry is something else. */
    @Nullable
    LiveTable table(int i) {
        return targets[i] instanceof LiveTable table ? table : null;
    }

    @Nullable
    Step step(int i) {
        return targets[i] instanceof Step step ? step : null;
    }

    long rowId(int i) {
        return rowIds[i];
    }

    byte @Nullable [] before(int i) {
        return befores[i];
    }

    /** Takes back everything behind a place, last first. */
    void undoTo(int place) {
        while (size > place) {
            size--;
            Object target = targets[size];
            byte[] before = befores[size];
            targets[size] = null;
            befores[size] = null;
            if (target instanceof LiveTable table) {
                undoRow(table, rowIds[size], before);
            } else if (target instanceof Step step) {
                steps--;
                step.undo();
            }
        }
    }

    /** Takes notes back of writes that were not done after all. */
    void forgetTo(int place) {
        while (size > place) {
            size--;
            bytes -= length(befores[size]);
            targets[size] = null;
            befores[size] = null;
        }
    }

    private void undoRow(LiveTable table, long rowId, byte @Nullable [] before) {
        TableState state = tables.writable(table);
        byte[] after = state.row(rowId);
        bytes -= length(before) + length(after);
        if (after == null) {
            if (before == null) {
                throw new IllegalStateException("nothing to undo for row " + rowId + " of "
                        + table.schema().name());
            }
            state.put(rowId, before);
        } else if (before == null) {
            state.remove(rowId, after);
            // The last insert is taken back first, so the ids are free again; nobody has seen them.
            state.setNextRowId(rowId);
        } else {
            state.replace(rowId, after, before, state.movedIndexes(after, before));
        }
    }

    /** Forgets everything: the transaction is over. */
    void clear() {
        if (targets.length > KEPT_CAPACITY) {
            targets = new @Nullable Object[INITIAL_CAPACITY];
            rowIds = new long[INITIAL_CAPACITY];
            befores = new byte @Nullable [INITIAL_CAPACITY][];
        } else {
            Arrays.fill(targets, 0, size, null);
            Arrays.fill(befores, 0, size, null);
        }
        size = 0;
        steps = 0;
        bytes = 0;
    }
}
