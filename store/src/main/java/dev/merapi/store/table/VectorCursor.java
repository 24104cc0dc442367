package dev.merapi.store.table;

import org.jspecify.annotations.Nullable;

/**
 * Walks the values of an {@link EpochVector} in the order of their indexes. It holds one bottom node at a time and
 * finds the next one from the root: a search per 64 values, and no stack of half-walked nodes to keep.
 */
public final class VectorCursor<T> {
    private final @Nullable Object @Nullable [] root;
    private final int shift;
    private final boolean ascending;

    private @Nullable Object @Nullable [] leaf;
    private long leafBase;
    private int slot;
    private boolean started;

    VectorCursor(EpochVector<T> vector, boolean ascending) {
        root = vector.root();
        shift = vector.shift();
        this.ascending = ascending;
        leafBase = ascending ? 0 : vector.highestIndex() & ~(long) EpochVector.MASK;
    }

    /** Moves to the next value; false when there is none. */
    public boolean next() {
        if (!started) {
            started = true;
            return root != null && enterLeaf(leafBase);
        }
        @Nullable Object[] current = leaf;
        if (current == null) {
            return false;
        }
        if (ascending ? seekUp(current, slot + 1) : seekDown(current, slot - 1)) {
            return true;
        }
        long nextBase = ascending ? leafBase + EpochVector.FANOUT : leafBase - EpochVector.FANOUT;
        leaf = null;
        return nextBase >= 0 && nextBase >>> shift < EpochVector.FANOUT && enterLeaf(nextBase);
    }

    public long index() {
        return leafBase + slot;
    }

    @SuppressWarnings("unchecked") // the vector holds nothing but T
    public T value() {
        @Nullable Object[] current = leaf;
        T value = current == null ? null : (T) current[slot];
        if (value == null) {
            throw new IllegalStateException("no current value: next() was not called or returned false");
        }
        return value;
    }

    /** Goes to the first value of the nearest non-empty leaf at or beyond a base, in the direction of the walk. */
    private boolean enterLeaf(long base) {
        @Nullable Object[] top = root;
        if (top == null || !findLeaf(top, shift, base)) {
            return false;
        }
        @Nullable Object[] found = leaf;
        return found != null && (ascending ? seekUp(found, 0) : seekDown(found, EpochVector.FANOUT - 1));
    }

    private boolean findLeaf(@Nullable Object[] node, int s, long base) {
        if (s == 0) {
            leaf = node;
            leafBase = base;
            return true;
        }
        int from = (int) (base >>> s) & EpochVector.MASK;
        int step = ascending ? 1 : -1;
        long low = ascending ? 0 : (1L << s) - 1;
        for (int i = from; i >= 0 && i < EpochVector.FANOUT; i += step) {
            @Nullable Object[] child = (@Nullable Object[]) node[i];
            if (child != null) {
                long keepAbove = base >>> (s + EpochVector.BITS) << (s + EpochVector.BITS);
                long childBase = i == from ? base : keepAbove | (long) i << s | (low & ~(long) EpochVector.MASK);
                if (findLeaf(child, s - EpochVector.BITS, childBase)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean seekUp(@Nullable Object[] node, int from) {
        for (int i = from; i < EpochVector.FANOUT; i++) {
            if (node[i] != null) {
                slot = i;
                return true;
            }
        }
        return false;
    }

    private boolean seekDown(@Nullable Object[] node, int from) {
        for (int i = from; i >= 0; i--) {
            if (node[i] != null) {
                slot = i;
                return true;
            }
        }
        return false;
    }
}
