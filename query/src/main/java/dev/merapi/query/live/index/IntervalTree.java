package dev.merapi.query.live.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Members by the bounds they want, found by a value between them.
 *
 * <p>A B-tree in the order of where bounds begin, then where they end (later first), then of the members' ids. Each
 * inner node knows of each child where its bounds begin and where the last of them ends; a child that ends before a
 * value is not entered, nor is one that begins after it. So finding k of n members visits O(k log n) nodes however the
 * bounds overlap, and putting one in or taking it out O(log n). A tree of few members is one small node.
 *
 * <p>Invariant: entries are strictly ordered; what an inner node knows of its children is so; all leaves are at the
 * same depth; no node but the root is empty, and two neighbours have together more than half of a node's room.
 */
final class IntervalTree<M extends Member> implements Group<M> {
    private final RangeColumn column;
    private final int index;
    private IntervalNode root;
    private int size;

    /**
     * @param index the number of the index whose bounds are meant
     */
    IntervalTree(RangeColumn column, int index) {
        this.column = column;
        this.index = index;
        this.root = new IntervalNode(column, true, IntervalNode.MIN_ROOM);
    }

    @Override
    public int size() {
        return size;
    }

    /** Adds those whose bounds the row's value lies between; none if it is NULL. */
    @Override
    public void find(byte[] row, List<M> into) {
        if (!column.isNull(row)) {
            find(root, row, into);
        }
    }

    @SuppressWarnings("unchecked") // Only members of type M come in.
    private void find(IntervalNode node, byte[] row, List<M> into) {
        if (!node.agrees(row)) {
            return;
        }
        long rank = node.rank(row);
        int begun = node.begun(rank, row);
        for (int i = 0; i < begun; i++) {
            if (node.reaches(i, rank, row)) {
                if (node.leaf) {
                    into.add((M) node.item(i));
                } else {
                    find(node.child(i), row, into);
                }
            }
        }
    }

    @Override
    public void add(M member) {
        IntervalNode split = add(root, member, boundsOf(member));
        if (split != null) {
            IntervalNode top = new IntervalNode(column, false, IntervalNode.MIN_ROOM);
            top.insertChild(0, root);
            top.insertChild(1, split);
            root = top;
        }
        size++;
    }

    /** Adds below a node; returns the right half of the node if it had to be split. */
    private static @Nullable IntervalNode add(IntervalNode node, Member member, Bounds bounds) {
        if (node.leaf) {
            return insert(node, node.before(bounds, member), member, bounds, bounds);
        }
        int at = Math.max(0, node.before(bounds, member) - 1);
        IntervalNode split = add(node.child(at), member, bounds);
        if (split == null) {
            node.describeGrown(at, bounds);
            return null;
        }
        node.describe(at);
        return insert(node, at + 1, split, split.first(0), split.last());
    }

    private static @Nullable IntervalNode insert(IntervalNode node, int at, Object item, Bounds first, Bounds last) {
        if (node.count < IntervalNode.ROOM) {
            node.insert(at, item, first, last);
            return null;
        }
        int half = IntervalNode.ROOM / 2;
        IntervalNode right = node.split(half);
        if (at <= half) {
            node.insert(at, item, first, last);
        } else {
            right.insert(at - half, item, first, last);
        }
        return right;
    }

    @Override
    public void remove(M member) {
        remove(root, member, boundsOf(member));
        size--;
        while (!root.leaf && root.count == 1) {
            root = root.child(0);
        }
    }

    private void remove(IntervalNode node, Member member, Bounds bounds) {
        int before = node.before(bounds, member);
        if (node.leaf) {
            if (before == node.count || node.member(before).id() != member.id()) {
                throw new IllegalStateException("not a member: " + member);
            }
            node.delete(before);
            return;
        }
        // The member is the first of the child it stands before, or in the one in front of that.
        boolean isFirst = before < node.count && node.compareFirst(before, bounds, member) == 0;
        int at = isFirst ? before : before - 1;
        if (at < 0) {
            throw new IllegalStateException("not a member: " + member);
        }
        IntervalNode child = node.child(at);
        remove(child, member, bounds);
        if (child.count == 0) {
            node.delete(at);
            return;
        }
        if (isFirst || column.compareUpper(node.last(at), bounds) == 0) {
            node.describe(at);
        }
        if (!join(node, at)) {
            join(node, at - 1);
        }
    }

    /** Makes one of two neighbours that are small; tells whether it has. */
    private static boolean join(IntervalNode node, int left) {
        if (left < 0 || left + 1 >= node.count) {
            return false;
        }
        IntervalNode into = node.child(left);
        IntervalNode gone = node.child(left + 1);
        if (into.count + gone.count > IntervalNode.ROOM / 2) {
            return false;
        }
        into.append(gone);
        node.delete(left + 1);
        node.describe(left);
        return true;
    }

    private Bounds boundsOf(M member) {
        Bounds bounds = member.selection(index).bounds();
        if (bounds == null) {
            throw new IllegalStateException("no bounds: " + member);
        }
        return bounds;
    }

    /** Whether the invariant of this class holds. */
    boolean isSound() {
        int depth = 0;
        for (IntervalNode node = root; !node.leaf; node = node.child(0)) {
            depth++;
        }
        return isSound(root, depth) && count(root) == size;
    }

    private static int count(IntervalNode node) {
        int count = 0;
        for (int i = 0; i < node.count; i++) {
            count += node.leaf ? 1 : count(node.child(i));
        }
        return count;
    }

    private boolean isSound(IntervalNode node, int depth) {
        boolean sound = node.leaf == (depth == 0) && (node == root || node.count > 0);
        for (int i = 0; i < node.count && sound; i++) {
            sound = node.isSound(i);
            if (!node.leaf) {
                boolean filled = i == 0 || node.child(i - 1).count + node.child(i).count > IntervalNode.ROOM / 2;
                sound &= filled && isSound(node.child(i), depth - 1);
            }
        }
        return sound;
    }
}
