package dev.merapi.store.table;

import org.jspecify.annotations.Nullable;

/**
 * A persistent array from non-negative {@code long} indexes to objects: a radix tree of fan-out 64.
 *
 * <p>A node is one {@code Object[65]}: 64 children (values, at the bottom) and behind them the {@link WriteEpoch} that
 * owns it. A class around the array would read better and cost every step of every lookup one more dependent load.
 * Subtrees without a value are dropped, so an index range that was filled and emptied again, as in a queue, leaves
 * nothing behind. The tree grows upwards with the highest index and never shrinks in height until it is empty; row ids
 * only rise, so shrinking would be work undone by the next insert.
 *
 * <p>This object is the changeable head of the tree. {@link #fork} makes another head over the same nodes; whoever
 * keeps one of the two for readers must change the other in a later epoch only.
 */
public final class EpochVector<T> {
    static final int BITS = 6;
    static final int FANOUT = 1 << BITS;
    static final int MASK = FANOUT - 1;
    /** Indexes are below 2^54: nine levels. */
    static final int MAX_INDEX_BITS = 54;

    private static final int OWNER = FANOUT;

    private @Nullable Object @Nullable [] root;
    /** The number of index bits below the root's slots: 0 when the root holds values. */
    private int shift;

    private long size;

    public EpochVector() {}

    private EpochVector(EpochVector<T> other) {
        root = other.root;
        shift = other.shift;
        size = other.size;
    }

    /** A second head over the same nodes. */
    public EpochVector<T> fork() {
        return new EpochVector<>(this);
    }

    /** The number of values. */
    public long size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only set() puts values in, and it takes T
    public @Nullable T get(long index) {
        @Nullable Object[] node = root;
        if (node == null || index >>> shift >= FANOUT) {
            return null;
        }
        for (int s = shift; s > 0; s -= BITS) {
            node = (@Nullable Object[]) node[(int) (index >>> s) & MASK];
            if (node == null) {
                return null;
            }
        }
        return (T) node[(int) index & MASK];
    }

    /** Puts a value; returns the one that was there. */
    @SuppressWarnings("unchecked")
    public @Nullable T set(WriteEpoch epoch, long index, T value) {
        @Nullable Object[] node = rootFor(epoch, index);
        for (int s = shift; s > 0; s -= BITS) {
            int slot = (int) (index >>> s) & MASK;
            @Nullable Object[] child = (@Nullable Object[]) node[slot];
            if (child == null || child[OWNER] != epoch) {
                child = child == null ? newNode(epoch) : copy(child, epoch);
                node[slot] = child;
            }
            node = child;
        }
        int slot = (int) index & MASK;
        T old = (T) node[slot];
        node[slot] = value;
        if (old == null) {
            size++;
        }
        return old;
    }

    /** Takes a value out; returns it, or null if there was none. */
    public @Nullable T remove(WriteEpoch epoch, long index) {
        T old = get(index);
        if (old == null) {
            return null;
        }
        @Nullable Object[] top = rootFor(epoch, index);
        if (removeBelow(top, shift, epoch, index)) {
            root = null;
            shift = 0;
        }
        size--;
        return old;
    }

    /** Clears the slot of an index that holds a value; true when the node is empty afterwards. */
    private static boolean removeBelow(@Nullable Object[] node, int s, WriteEpoch epoch, long index) {
        int slot = (int) (index >>> s) & MASK;
        if (s > 0) {
            @Nullable Object[] child = (@Nullable Object[]) node[slot];
            if (child == null) {
                throw new IllegalStateException("no value at " + index);
            }
            if (child[OWNER] != epoch) {
                child = copy(child, epoch);
                node[slot] = child;
            }
            if (!removeBelow(child, s - BITS, epoch, index)) {
                return false;
            }
        }
        node[slot] = null;
        return isEmpty(node, slot);
    }

    /** Looks on from the cleared slot: in a queue the next one is taken, so this usually ends at once. */
    private static boolean isEmpty(@Nullable Object[] node, int from) {
        for (int i = 1; i < FANOUT; i++) {
            if (node[(from + i) & MASK] != null) {
                return false;
            }
        }
        return true;
    }

    /** The root, owned by the epoch and high enough for the index. */
    private @Nullable Object[] rootFor(WriteEpoch epoch, long index) {
        if (index >>> MAX_INDEX_BITS != 0) {
            throw new IllegalArgumentException("index out of range: " + index);
        }
        @Nullable Object[] top = root;
        if (top == null) {
            top = newNode(epoch);
            shift = 0;
            while (index >>> shift >= FANOUT) {
                shift += BITS;
            }
        } else if (top[OWNER] != epoch) {
            top = copy(top, epoch);
        }
        while (index >>> shift >= FANOUT) {
            @Nullable Object[] higher = newNode(epoch);
            higher[0] = top;
            top = higher;
            shift += BITS;
        }
        root = top;
        return top;
    }

    private static @Nullable Object[] newNode(WriteEpoch epoch) {
        @Nullable Object[] node = new @Nullable Object[FANOUT + 1];
        node[OWNER] = epoch;
        return node;
    }

    private static @Nullable Object[] copy(@Nullable Object[] node, WriteEpoch epoch) {
        @Nullable Object[] copy = node.clone();
        copy[OWNER] = epoch;
        return copy;
    }

    /** All values by ascending index. */
    public VectorCursor<T> ascending() {
        return new VectorCursor<>(this, true);
    }

    /** All values by descending index. */
    public VectorCursor<T> descending() {
        return new VectorCursor<>(this, false);
    }

    /** The highest index this tree can hold without growing. */
    long highestIndex() {
        return (1L << (shift + BITS)) - 1;
    }

    @Nullable
    Object @Nullable [] root() {
        return root;
    }

    int shift() {
        return shift;
    }
}
