package dev.merapi.client.internal.live;

import dev.merapi.client.row.Row;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A node of {@link OrderedRows}. Only a node of the present epoch may be changed; {@link #owned} makes one of it.
 *
 * <p>Invariants: the rows of a node are in order; no row of a child is before its low row, and none of the child before
 * it is behind that; no node but the root is empty. Nodes that have become small are merged with a neighbour, so the
 * height follows the number of rows.
 */
abstract sealed class RowNode {
    /**
     * Rows of a leaf and children of an inner node at most; the arrays have one place more, for what is to be split.
     */
    private static final int CAPACITY = 64;

    private static final int SMALL = CAPACITY / 4;

    final long epoch;

    private RowNode(long epoch) {
        this.epoch = epoch;
    }

    /** The number of rows. */
    abstract int size();

    /** The number of rows or children. */
    abstract int count();

    abstract Row get(int index);

    /** The rows from an index to the end of its leaf; not to be changed. */
    abstract Row[] chunk(int index);

    abstract int indexOf(byte[] row, Comparator<byte[]> order);

    /** A node that may be changed in this epoch: this one, or a copy. */
    abstract RowNode owned(long newEpoch);

    /** Returns the index; afterwards the node may have to be {@link #split}. */
    abstract int add(Row row, Comparator<byte[]> order);

    abstract Row removeAt(int index);

    /** The part behind, if this has become too large, else null. */
    abstract @Nullable RowNode split();

    abstract Row first();

    /** Takes over everything of a node that follows. */
    abstract void append(RowNode next);

    /** What is left of a root: its only child, if it has no other. */
    abstract RowNode onlyChild();

    /** Where to split: a node that grows at its end, as it does while rows are loaded, is left full. */
    private static int splitPoint(boolean atEnd) {
        return atEnd ? CAPACITY : CAPACITY / 2;
    }

    static final class Leaf extends RowNode {
        private Row[] rows = new Row[CAPACITY + 1];
        private int count;
        private boolean grewAtEnd;

        Leaf(long epoch) {
            super(epoch);
        }

        @Override
        int size() {
            return count;
        }

        @Override
        int count() {
            return count;
        }

        @Override
        Row get(int index) {
            return rows[index];
        }

        @Override
        Row[] chunk(int index) {
            return Arrays.copyOfRange(rows, index, count);
        }

        @Override
        Row first() {
            return rows[0];
        }

        @Override
        int indexOf(byte[] row, Comparator<byte[]> order) {
            int at = lastNotAfter(row, order);
            return at >= 0 && order.compare(rows[at].bytes(), row) == 0 ? at : -1;
        }

        /** The index of the last row that is not behind another one, or -1. */
        private int lastNotAfter(byte[] row, Comparator<byte[]> order) {
            if (count > 0 && order.compare(rows[count - 1].bytes(), row) <= 0) {
                return count - 1;
            }
            int low = 0;
            int high = count - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (order.compare(rows[middle].bytes(), row) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }

        @Override
        Leaf owned(long newEpoch) {
            if (epoch == newEpoch) {
                return this;
            }
            Leaf copy = new Leaf(newEpoch);
            System.arraycopy(rows, 0, copy.rows, 0, count);
            copy.count = count;
            return copy;
        }

        @Override
        int add(Row row, Comparator<byte[]> order) {
            int at = lastNotAfter(row.bytes(), order) + 1;
            System.arraycopy(rows, at, rows, at + 1, count - at);
            rows[at] = row;
            grewAtEnd = at == count;
            count++;
            return at;
        }

        @Override
        Row removeAt(int index) {
            Row removed = rows[index];
            count--;
            System.arraycopy(rows, index + 1, rows, index, count - index);
            // Never read: only not to keep the row alive.
            rows[count] = rows[0];
            return removed;
        }

        @Override
        @Nullable
        RowNode split() {
            if (count <= CAPACITY) {
                return null;
            }
            int keep = splitPoint(grewAtEnd);
            Leaf right = new Leaf(epoch);
            right.count = count - keep;
            System.arraycopy(rows, keep, right.rows, 0, right.count);
            Arrays.fill(rows, keep, count, rows[0]);
            count = keep;
            return right;
        }

        @Override
        void append(RowNode next) {
            Leaf leaf = (Leaf) next;
            System.arraycopy(leaf.rows, 0, rows, count, leaf.count);
            count += leaf.count;
        }

        @Override
        RowNode onlyChild() {
            return this;
        }
    }

    static final class Inner extends RowNode {
        private final RowNode[] children = new RowNode[CAPACITY + 1];
        /** No row of the child is before its low row. */
        private final Row[] lows = new Row[CAPACITY + 1];
        /** The number of rows in each child and those before it. */
        private final int[] ends = new int[CAPACITY + 1];

        private int count;
        private boolean grewAtEnd;

        private Inner(long epoch) {
            super(epoch);
        }

        Inner(long epoch, RowNode left, RowNode right) {
            super(epoch);
            insert(0, left);
            insert(1, right);
            countFrom(0);
        }

        private void insert(int at, RowNode child) {
            System.arraycopy(children, at, children, at + 1, count - at);
            System.arraycopy(lows, at, lows, at + 1, count - at);
            children[at] = child;
            lows[at] = child.first();
            count++;
        }

        private void delete(int at) {
            count--;
            System.arraycopy(children, at + 1, children, at, count - at);
            System.arraycopy(lows, at + 1, lows, at, count - at);
            children[count] = children[0];
            lows[count] = lows[0];
        }

        private void countFrom(int from) {
            int end = from == 0 ? 0 : ends[from - 1];
            for (int i = from; i < count; i++) {
                end += children[i].size();
                ends[i] = end;
            }
        }

        private int start(int child) {
            return child == 0 ? 0 : ends[child - 1];
        }

        /** The child in which an index is. */
        private int childAt(int index) {
            int found = Arrays.binarySearch(ends, 0, count, index + 1);
            return found >= 0 ? found : -found - 1;
        }

        @Override
        int size() {
            return ends[count - 1];
        }

        @Override
        int count() {
            return count;
        }

        @Override
        Row get(int index) {
            int child = childAt(index);
            return children[child].get(index - start(child));
        }

        @Override
        Row[] chunk(int index) {
            int child = childAt(index);
            return children[child].chunk(index - start(child));
        }

        @Override
        Row first() {
            return children[0].first();
        }

        @Override
        int indexOf(byte[] row, Comparator<byte[]> order) {
            int child = childFor(row, order);
            while (true) {
                int found = children[child].indexOf(row, order);
                if (found >= 0) {
                    return start(child) + found;
                }
                // Equal rows may have been split: some of them may be in the child before.
                if (child == 0 || order.compare(lows[child].bytes(), row) != 0) {
                    return -1;
                }
                child--;
            }
        }

        /** The last child whose low row is not behind a row. */
        private int childFor(byte[] row, Comparator<byte[]> order) {
            if (order.compare(lows[count - 1].bytes(), row) <= 0) {
                return count - 1;
            }
            int low = 1;
            int high = count - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (order.compare(lows[middle].bytes(), row) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }

        @Override
        Inner owned(long newEpoch) {
            if (epoch == newEpoch) {
                return this;
            }
            Inner copy = new Inner(newEpoch);
            System.arraycopy(children, 0, copy.children, 0, count);
            System.arraycopy(lows, 0, copy.lows, 0, count);
            System.arraycopy(ends, 0, copy.ends, 0, count);
            copy.count = count;
            return copy;
        }

        @Override
        int add(Row row, Comparator<byte[]> order) {
            int at = childFor(row.bytes(), order);
            RowNode child = children[at].owned(epoch);
            children[at] = child;
            int index = start(at) + child.add(row, order);
            RowNode right = child.split();
            if (right == null) {
                for (int i = at; i < count; i++) {
                    ends[i]++;
                }
            } else {
                grewAtEnd = at == count - 1;
                insert(at + 1, right);
                countFrom(at);
            }
            return index;
        }

        @Override
        Row removeAt(int index) {
            int at = childAt(index);
            RowNode child = children[at].owned(epoch);
            children[at] = child;
            Row removed = child.removeAt(index - start(at));
            if (child.count() == 0) {
                delete(at);
                countFrom(at);
            } else if (child.count() < SMALL && mergesAround(at)) {
                countFrom(Math.max(0, at - 1));
            } else {
                for (int i = at; i < count; i++) {
                    ends[i]--;
                }
            }
            return removed;
        }

        /** Merges a small child with a neighbour, if both fit into one node with room to spare. */
        private boolean mergesAround(int at) {
            int left = at > 0 ? at - 1 : at;
            if (left + 1 >= count || children[left].count() + children[left + 1].count() > CAPACITY - SMALL) {
                return false;
            }
            RowNode merged = children[left].owned(epoch);
            children[left] = merged;
            merged.append(children[left + 1]);
            delete(left + 1);
            return true;
        }

        @Override
        @Nullable
        RowNode split() {
            if (count <= CAPACITY) {
                return null;
            }
            int keep = splitPoint(grewAtEnd);
            Inner right = new Inner(epoch);
            right.count = count - keep;
            System.arraycopy(children, keep, right.children, 0, right.count);
            System.arraycopy(lows, keep, right.lows, 0, right.count);
            right.countFrom(0);
            Arrays.fill(children, keep, count, children[0]);
            Arrays.fill(lows, keep, count, lows[0]);
            count = keep;
            return right;
        }

        @Override
        void append(RowNode next) {
            Inner inner = (Inner) next;
            System.arraycopy(inner.children, 0, children, count, inner.count);
            System.arraycopy(inner.lows, 0, lows, count, inner.count);
            // The low row of its first child did not count there: smaller rows may have been added since.
            lows[count] = inner.first();
            int from = count;
            count += inner.count;
            countFrom(from);
        }

        @Override
        RowNode onlyChild() {
            return count == 1 ? children[0] : this;
        }
    }
}
