package dev.merapi.client.internal.live;

import dev.merapi.client.row.Row;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;

/**
 * Rows in an order, each of which knows how many are before it: a B+ tree whose inner nodes count. Adding and removing
 * a row, finding one and telling its index take the logarithm of the number of rows; so does what has to be copied
 * after a {@link #view} was handed out, which shares all nodes that have not changed since.
 *
 * <p>Equal rows may be there several times. Not thread-safe; views are immutable and for any thread.
 */
final class OrderedRows {
    private final Comparator<byte[]> order;
    private RowNode root;
    /** Nodes of an older epoch belong to a view as well: they are copied before they are changed. */
    private long epoch;

    OrderedRows(Comparator<byte[]> order) {
        this.order = order;
        this.root = new RowNode.Leaf(epoch);
    }

    int size() {
        return root.size();
    }

    Row get(int index) {
        return root.get(index);
    }

    /** The index of a row with these bytes, or -1. */
    int indexOf(byte[] row) {
        return root.indexOf(row, order);
    }

    /** Adds a row; returns its index. */
    int add(Row row) {
        RowNode node = root.owned(epoch);
        int index = node.add(row, order);
        RowNode right = node.split();
        root = right == null ? node : new RowNode.Inner(epoch, node, right);
        return index;
    }

    Row removeAt(int index) {
        RowNode node = root.owned(epoch);
        Row removed = node.removeAt(index);
        while (node.onlyChild() != node) {
            node = node.onlyChild();
        }
        root = node;
        return removed;
    }

    /** The first so many rows as they are now. */
    List<Row> view(int limit) {
        epoch++;
        return new View(root, Math.min(limit, size()));
    }

    private static final class View extends AbstractList<Row> implements RandomAccess {
        private final RowNode root;
        private final int size;

        View(RowNode root, int size) {
            this.root = root;
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Row get(int index) {
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException(index);
            }
            return root.get(index);
        }

        @Override
        public Iterator<Row> iterator() {
            return new Iterator<>() {
                private Row[] chunk = new Row[0];
                private int at;
                private int taken;

                @Override
                public boolean hasNext() {
                    return taken < size;
                }

                @Override
                public Row next() {
                    if (taken >= size) {
                        throw new NoSuchElementException();
                    }
                    if (at == chunk.length) {
                        chunk = root.chunk(taken);
                        at = 0;
                    }
                    taken++;
                    return chunk[at++];
                }
            };
        }
    }
}
