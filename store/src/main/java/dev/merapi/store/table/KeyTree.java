package dev.merapi.store.table;

import dev.merapi.store.IndexImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent B+tree of (key prefix, row id) pairs, ordered by the key of the row and then by row id.
 *
 * <p>The full key is not stored. Eight order-preserving bytes of it are, and where they are equal the rows are read
 * and compared. Each inner node lists for every child the child's first entry, so each entry a comparison can meet
 * belongs to a row that is still there: taking out the first entry of a leaf renews the lists above it. Nodes are
 * split when full and joined with a neighbour when the two would fill no more than three quarters of one; so two
 * neighbours that were touched hold more than that together, and nothing is ever borrowed back and forth.
 *
 * <p>Nodes carry the {@link WriteEpoch} that owns them; see there for how snapshots stay what they are.
 */
final class KeyTree {
    static final int CAPACITY = 64;
    private static final int SPARSE = CAPACITY / 4;
    private static final int JOINED = CAPACITY * 3 / 4;

    static final class Node {
        final WriteEpoch epoch;
        final long[] prefixes;
        final long[] rowIds;
        /** Null at the bottom. */
        final Node @Nullable [] children;

        int count;

        Node(WriteEpoch epoch, boolean leaf) {
            this.epoch = epoch;
            prefixes = new long[CAPACITY];
            rowIds = new long[CAPACITY];
            children = leaf ? null : new Node[CAPACITY];
        }

        private Node(WriteEpoch epoch, Node other) {
            this.epoch = epoch;
            prefixes = other.prefixes.clone();
            rowIds = other.rowIds.clone();
            Node[] others = other.children;
            children = others == null ? null : others.clone();
            count = other.count;
        }

        static Node leaf(WriteEpoch epoch, long[] prefixes, long[] rowIds, int from, int count) {
            Node node = new Node(epoch, true);
            System.arraycopy(prefixes, from, node.prefixes, 0, count);
            System.arraycopy(rowIds, from, node.rowIds, 0, count);
            node.count = count;
            return node;
        }

        static Node above(WriteEpoch epoch, List<Node> children) {
            Node node = new Node(epoch, false);
            for (Node child : children) {
                node.put(node.count, child.prefixes[0], child.rowIds[0], child);
            }
            return node;
        }

        /** The number of entries the probe is greater than. */
        int rank(KeyProbe probe, EpochVector<byte[]> rows) {
            int low = 0;
            int high = count;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (probe.compareTo(prefixes[middle], rowIds[middle], rows) > 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** The child whose stretch contains the probe. */
        int childSlot(KeyProbe probe, EpochVector<byte[]> rows) {
            int low = 1;
            int high = count;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (probe.compareTo(prefixes[middle], rowIds[middle], rows) >= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }

        private void put(int slot, long prefix, long rowId, @Nullable Node child) {
            int moved = count - slot;
            System.arraycopy(prefixes, slot, prefixes, slot + 1, moved);
            System.arraycopy(rowIds, slot, rowIds, slot + 1, moved);
            prefixes[slot] = prefix;
            rowIds[slot] = rowId;
            Node[] below = children;
            if (below != null && child != null) {
                System.arraycopy(below, slot, below, slot + 1, moved);
                below[slot] = child;
            }
            count++;
        }

        private void take(int slot) {
            int moved = count - slot - 1;
            System.arraycopy(prefixes, slot + 1, prefixes, slot, moved);
            System.arraycopy(rowIds, slot + 1, rowIds, slot, moved);
            Node[] below = children;
            if (below != null) {
                System.arraycopy(below, slot + 1, below, slot, moved);
                Arrays.fill(below, count - 1, count, null);
            }
            count--;
        }

        /** Moves the entries from a slot on to the end of another node of the same kind. */
        private void moveTail(int from, Node target) {
            int moved = count - from;
            System.arraycopy(prefixes, from, target.prefixes, target.count, moved);
            System.arraycopy(rowIds, from, target.rowIds, target.count, moved);
            Node[] below = children;
            Node[] targetBelow = target.children;
            if (below != null && targetBelow != null) {
                System.arraycopy(below, from, targetBelow, target.count, moved);
                Arrays.fill(below, from, count, null);
            }
            target.count += moved;
            count = from;
        }
    }

    private @Nullable Node root;
    private long size;

    KeyTree() {}

    private KeyTree(KeyTree other) {
        root = other.root;
        size = other.size;
    }

    /** A tree over nodes that were put together elsewhere. */
    static KeyTree of(Node root, long size) {
        KeyTree tree = new KeyTree();
        tree.root = root;
        tree.size = size;
        return tree;
    }

    /** A tree from its image: the number of entries, that of leaves, then leaf by leaf its prefixes and row ids. */
    static KeyTree ofImage(WriteEpoch epoch, IndexImage image) {
        long size = image.nextCount(Long.MAX_VALUE);
        int leaves = (int) image.nextCount(size);
        List<Node> level = new ArrayList<>(leaves);
        for (int i = 0; i < leaves; i++) {
            Node leaf = new Node(epoch, true);
            leaf.count = (int) image.nextCount(CAPACITY);
            image.read(leaf.prefixes, 0, leaf.count);
            image.read(leaf.rowIds, 0, leaf.count);
            level.add(leaf);
        }
        return KeyTreeBuilder.stack(epoch, level, size);
    }

    long imageSize() {
        Node top = root;
        return 2 + (top == null ? 0 : leafCount(top)) + 2 * size;
    }

    void writeImage(LongConsumer out) {
        Node top = root;
        out.accept(size);
        out.accept(top == null ? 0 : leafCount(top));
        if (top != null) {
            writeLeaves(top, out);
        }
    }

    private static long leafCount(Node node) {
        Node[] children = node.children;
        if (children == null) {
            return 1;
        }
        long sum = 0;
        for (int i = 0; i < node.count; i++) {
            sum += leafCount(children[i]);
        }
        return sum;
    }

    private static void writeLeaves(Node node, LongConsumer out) {
        Node[] children = node.children;
        if (children != null) {
            for (int i = 0; i < node.count; i++) {
                writeLeaves(children[i], out);
            }
            return;
        }
        out.accept(node.count);
        for (int i = 0; i < node.count; i++) {
            out.accept(node.prefixes[i]);
        }
        for (int i = 0; i < node.count; i++) {
            out.accept(node.rowIds[i]);
        }
    }

    /** A second head over the same nodes. */
    KeyTree fork() {
        return new KeyTree(this);
    }

    long size() {
        return size;
    }

    @Nullable
    Node root() {
        return root;
    }

    /** The row id of the first entry behind a gap, or -1: a search without the cost of a cursor. */
    long firstBehind(KeyProbe gap, EpochVector<byte[]> rows) {
        Node node = root;
        Node next = null;
        while (node != null) {
            Node[] children = node.children;
            if (children == null) {
                int slot = node.rank(gap, rows);
                return slot < node.count ? node.rowIds[slot] : firstOf(next);
            }
            int slot = node.childSlot(gap, rows);
            if (slot + 1 < node.count) {
                next = children[slot + 1];
            }
            node = children[slot];
        }
        return -1;
    }

    /** An inner node lists the first entry of each child, so the first of all is at hand. */
    private static long firstOf(@Nullable Node node) {
        return node == null ? -1 : node.rowIds[0];
    }

    /** The number of levels; 0 without entries. */
    int height() {
        int height = 0;
        for (Node node = root; node != null; node = node.children == null ? null : node.children[0]) {
            height++;
        }
        return height;
    }

    /** Adds the probe's entry, which must not be there yet. */
    void insert(WriteEpoch epoch, KeyProbe entry, EpochVector<byte[]> rows) {
        Node top = root;
        top = top == null ? new Node(epoch, true) : owned(epoch, top);
        root = top;
        Node right = insert(epoch, top, entry, rows);
        if (right != null) {
            Node higher = new Node(epoch, false);
            higher.put(0, top.prefixes[0], top.rowIds[0], top);
            higher.put(1, right.prefixes[0], right.rowIds[0], right);
            root = higher;
        }
        size++;
    }

    /** Adds below an owned node; returns the new right neighbour if the node had to be split. */
    private @Nullable Node insert(WriteEpoch epoch, Node node, KeyProbe entry, EpochVector<byte[]> rows) {
        Node[] children = node.children;
        if (children == null) {
            return putOrSplit(epoch, node, node.rank(entry, rows), entry.prefix(), entry.rowId(), null);
        }
        int slot = node.childSlot(entry, rows);
        Node child = owned(epoch, children[slot]);
        children[slot] = child;
        Node right = insert(epoch, child, entry, rows);
        refreshFirst(node, slot, child);
        return right == null ? null : putOrSplit(epoch, node, slot + 1, right.prefixes[0], right.rowIds[0], right);
    }

    private static @Nullable Node putOrSplit(
            WriteEpoch epoch, Node node, int slot, long prefix, long rowId, @Nullable Node child) {
        if (node.count < CAPACITY) {
            node.put(slot, prefix, rowId, child);
            return null;
        }
        Node right = new Node(epoch, node.children == null);
        // Appending at the end means ascending keys: leave the left node full, or every node would stay half empty.
        int half = slot == CAPACITY ? CAPACITY : CAPACITY / 2;
        node.moveTail(half, right);
        if (slot >= half) {
            right.put(slot - half, prefix, rowId, child);
        } else {
            node.put(slot, prefix, rowId, child);
        }
        return right;
    }

    /** Takes out the probe's entry; false if it was not there. */
    boolean remove(WriteEpoch epoch, KeyProbe entry, EpochVector<byte[]> rows) {
        Node top = root;
        if (top == null) {
            return false;
        }
        top = owned(epoch, top);
        root = top;
        if (!remove(epoch, top, entry, rows)) {
            return false;
        }
        size--;
        Node[] children = top.children;
        if (top.count == 0) {
            root = null;
        } else if (children != null && top.count == 1) {
            root = children[0];
        }
        return true;
    }

    private boolean remove(WriteEpoch epoch, Node node, KeyProbe entry, EpochVector<byte[]> rows) {
        Node[] children = node.children;
        if (children == null) {
            int slot = node.rank(entry, rows);
            if (slot == node.count || node.rowIds[slot] != entry.rowId()) {
                return false;
            }
            node.take(slot);
            return true;
        }
        int slot = node.childSlot(entry, rows);
        Node child = owned(epoch, children[slot]);
        children[slot] = child;
        if (!remove(epoch, child, entry, rows)) {
            return false;
        }
        if (child.count == 0) {
            node.take(slot);
        } else {
            refreshFirst(node, slot, child);
            if (child.count < SPARSE) {
                join(epoch, node, children, slot);
            }
        }
        return true;
    }

    /** Joins a sparse child with a neighbour if one of them has room. */
    private static void join(WriteEpoch epoch, Node node, Node[] children, int slot) {
        int left = slot;
        if (slot > 0 && children[slot - 1].count + children[slot].count <= JOINED) {
            left = slot - 1;
        } else if (slot + 1 == node.count || children[slot].count + children[slot + 1].count > JOINED) {
            return;
        }
        Node target = owned(epoch, children[left]);
        children[left] = target;
        owned(epoch, children[left + 1]).moveTail(0, target);
        node.take(left + 1);
    }

    private static void refreshFirst(Node node, int slot, Node child) {
        node.prefixes[slot] = child.prefixes[0];
        node.rowIds[slot] = child.rowIds[0];
    }

    private static Node owned(WriteEpoch epoch, Node node) {
        return node.epoch == epoch ? node : new Node(epoch, node);
    }
}
