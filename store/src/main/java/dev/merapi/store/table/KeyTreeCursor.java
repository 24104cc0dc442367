package dev.merapi.store.table;

import dev.merapi.store.RowCursor;
import org.jspecify.annotations.Nullable;

/** A walk over a stretch of a {@link KeyTree}, in either direction. */
final class KeyTreeCursor implements RowCursor {
    private static final long NO_ROW = -1;

    private final EpochVector<byte[]> rows;
    private final boolean ascending;
    /** The nodes from the root to the current leaf, and the slot in each. */
    private final KeyTree.Node[] path;

    private final int[] slots;
    private int depth = -1;
    /** Whether the path already stands on the entry the next call of next() is to show. */
    private boolean ahead;
    /** The first entry not to show any more. */
    private long stopRowId = NO_ROW;

    private long rowId = NO_ROW;

    /** A walk over the whole tree. */
    KeyTreeCursor(KeyTree tree, EpochVector<byte[]> rows, boolean ascending) {
        this(rows, ascending, tree.height());
        KeyTree.Node root = tree.root();
        if (root != null) {
            descend(root, null, ascending);
        }
    }

    private KeyTreeCursor(EpochVector<byte[]> rows, boolean ascending, int height) {
        path = new KeyTree.Node[height];
        slots = new int[height];
        this.rows = rows;
        this.ascending = ascending;
    }

    /** A walk over the entries between two gaps; null means no bound. */
    static RowCursor between(
            KeyTree tree,
            EpochVector<byte[]> rows,
            @Nullable KeyProbe low,
            @Nullable KeyProbe high,
            boolean ascending) {
        KeyTree.Node root = tree.root();
        if (root == null) {
            return EMPTY;
        }
        KeyProbe first = ascending ? low : high;
        KeyProbe last = ascending ? high : low;
        int height = tree.height();
        KeyTreeCursor cursor = new KeyTreeCursor(rows, ascending, height);
        if (!cursor.descend(root, first, ascending)) {
            return EMPTY;
        }
        if (last != null) {
            if (cursor.isBeyond(last)) {
                return EMPTY;
            }
            KeyTreeCursor stop = new KeyTreeCursor(rows, ascending, height);
            if (stop.descend(root, last, ascending)) {
                cursor.stopRowId = stop.currentId();
            }
        }
        return cursor;
    }

    private boolean isBeyond(KeyProbe last) {
        KeyTree.Node leaf = path[depth];
        int comparison = last.compareTo(leaf.prefixes[slots[depth]], leaf.rowIds[slots[depth]], rows);
        return ascending ? comparison < 0 : comparison > 0;
    }

    /**
     * Stands on the first entry beyond the gap in walking direction (of all, without a gap); false if there is none.
     */
    private boolean descend(KeyTree.Node root, @Nullable KeyProbe gap, boolean up) {
        KeyTree.Node node = root;
        depth = 0;
        while (true) {
            path[depth] = node;
            KeyTree.Node[] children = node.children;
            if (children == null) {
                break;
            }
            int slot = gap == null ? (up ? 0 : node.count - 1) : node.childSlot(gap, rows);
            slots[depth++] = slot;
            node = children[slot];
        }
        int rank = gap == null ? (up ? 0 : node.count) : node.rank(gap, rows);
        slots[depth] = up ? rank : rank - 1;
        ahead = up ? rank < node.count || advance() : rank > 0 || advance();
        return ahead;
    }

    @Override
    public boolean next() {
        if (depth < 0 || !(ahead || advance())) {
            return false;
        }
        ahead = false;
        long found = currentId();
        if (found == stopRowId) {
            depth = -1;
            return false;
        }
        rowId = found;
        return true;
    }

    private long currentId() {
        return path[depth].rowIds[slots[depth]];
    }

    /** Moves the path one entry on; false, and no path, at the end. */
    private boolean advance() {
        int step = ascending ? 1 : -1;
        int level = depth;
        while (level >= 0) {
            int slot = slots[level] + step;
            if (slot >= 0 && slot < path[level].count) {
                slots[level] = slot;
                enter(level);
                return true;
            }
            level--;
        }
        depth = -1;
        return false;
    }

    /** Goes down from a slot to the nearest leaf entry. */
    private void enter(int from) {
        int level = from;
        KeyTree.Node[] children = path[level].children;
        while (children != null) {
            KeyTree.Node child = children[slots[level]];
            level++;
            path[level] = child;
            slots[level] = ascending ? 0 : child.count - 1;
            children = child.children;
        }
        depth = level;
    }

    @Override
    public long rowId() {
        return rowId;
    }

    @Override
    public byte[] row() {
        return TableIndex.row(rows, rowId);
    }
}
