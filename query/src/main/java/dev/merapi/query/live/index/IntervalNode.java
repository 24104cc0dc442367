package dev.merapi.query.live.index;

import java.util.Arrays;

/**
 * A node of an {@link IntervalTree}: members in a leaf, nodes above, as items; and of each where it begins and ends.
 *
 * <p>What texts begin and end with in a node is often the same for a while, as in addresses. The node skips that, so
 * that the ranks, eight bytes of what follows, tell the texts apart: the lower and upper bounds of a node agree in so
 * many bytes with the lower bound of its first item.
 */
final class IntervalNode {
    /** What a node has room for: nodes of a few cache lines are quicker to search than deep trees. */
    static final int ROOM = 64;

    static final int MIN_ROOM = 2;

    final RangeColumn column;
    final boolean leaf;
    int count;
    private Object[] items;

    /** Leading bytes that are the same in all bounds. */
    private int skip;

    /** Where the items begin, as rank behind what is skipped, and in full. */
    private long[] lows;

    private Bounds[] firsts;

    /** Where the items end. In a leaf an item has one pair of bounds: both arrays are the same. */
    private long[] highs;

    private Bounds[] lasts;

    IntervalNode(RangeColumn column, boolean leaf, int room) {
        this.column = column;
        this.leaf = leaf;
        this.items = new Object[room];
        this.lows = new long[room];
        this.firsts = new Bounds[room];
        this.highs = new long[room];
        this.lasts = leaf ? firsts : new Bounds[room];
    }

    Object item(int i) {
        return items[i];
    }

    IntervalNode child(int i) {
        return (IntervalNode) items[i];
    }

    Member member(int i) {
        return (Member) items[i];
    }

    Bounds first(int i) {
        return firsts[i];
    }

    Bounds last(int i) {
        return lasts[i];
    }

    /** The bounds in this node that end last. */
    Bounds last() {
        Bounds last = lasts[0];
        for (int i = 1; i < count; i++) {
            // Ranks that are lower are of bounds that end before.
            if (highs[i] >= column.high(last, skip) && column.compareUpper(lasts[i], last) > 0) {
                last = lasts[i];
            }
        }
        return last;
    }

    private Member firstMember() {
        IntervalNode node = this;
        while (!node.leaf) {
            node = node.child(0);
        }
        return node.member(0);
    }

    /** Whether a row's value can be between the bounds of this node as far as these agree. */
    boolean agrees(byte[] row) {
        return skip == 0 || (count > 0 && column.startsWith(row, firsts[0], skip));
    }

    /** The rank by which a row's value that agrees is told from others in this node. */
    long rank(byte[] row) {
        return column.rank(row, skip);
    }

    /** The number of items that do not begin after a value: they come first. */
    int begun(long rank, byte[] row) {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (lows[middle] < rank || (lows[middle] == rank && column.tieIsAboveLower(firsts[middle], row))) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Whether an item does not end before a value. */
    boolean reaches(int i, long rank, byte[] row) {
        return highs[i] > rank || (highs[i] == rank && column.tieIsBelowUpper(lasts[i], row));
    }

    /** The number of items whose first entry is before another entry: they come first. */
    int before(Bounds bounds, Member member) {
        boolean ranked = skip == 0 || (count > 0 && column.shared(firsts[0], bounds, skip) == skip);
        long low = ranked ? column.low(bounds, skip) : 0;
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = ranked ? Long.compare(lows[middle], low) : 0;
            if ((order != 0 ? order : compareFirst(middle, bounds, member)) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The order of an item's first entry and another: by where bounds begin, by where they end, later first, by id. */
    int compareFirst(int i, Bounds bounds, Member member) {
        int order = column.compareLower(firsts[i], bounds);
        order = order != 0 ? order : -column.compareUpper(firsts[i], bounds);
        if (order != 0) {
            return order;
        }
        Member first = leaf ? member(i) : child(i).firstMember();
        return Long.compare(first.id(), member.id());
    }

    /** Puts an item in; there must be room, or less than {@link #ROOM}. */
    void insert(int at, Object item, Bounds first, Bounds last) {
        if (count == items.length) {
            resize(Math.min(ROOM, count * 2));
        }
        move(this, at, this, at + 1, count - at);
        count++;
        set(at, item, first, last);
    }

    void insertChild(int at, IntervalNode child) {
        insert(at, child, child.firsts[0], child.last());
    }

    /** Brings up to date where a child begins and ends. */
    void describe(int at) {
        IntervalNode child = child(at);
        set(at, child, child.firsts[0], child.last());
    }

    /** Brings up to date where a child begins and ends that nothing but these bounds have been added to. */
    void describeGrown(int at, Bounds added) {
        IntervalNode child = child(at);
        Bounds last = lasts[at];
        set(at, child, child.firsts[0], column.compareUpper(added, last) > 0 ? added : last);
    }

    private void set(int at, Object item, Bounds first, Bounds last) {
        items[at] = item;
        firsts[at] = first;
        lasts[at] = last;
        int agreeing = column.shared(first, last);
        int shared = count == 1 ? agreeing : Math.min(skip, Math.min(agreeing, agreeing(at, first)));
        if (shared != skip) {
            skip = shared;
            rankAll();
        } else {
            lows[at] = column.low(first, skip);
            highs[at] = column.high(last, skip);
        }
    }

    /** How many of the bytes that are skipped bounds have in common with those of another item. */
    private int agreeing(int at, Bounds bounds) {
        return skip == 0 ? 0 : column.shared(firsts[at == 0 ? 1 : 0], bounds, skip);
    }

    private void rankAll() {
        for (int i = 0; i < count; i++) {
            lows[i] = column.low(firsts[i], skip);
            highs[i] = column.high(lasts[i], skip);
        }
    }

    void delete(int at) {
        move(this, at + 1, this, at, count - at - 1);
        cut(count - 1);
    }

    /** Moves the items from a place on to a new node. */
    IntervalNode split(int at) {
        IntervalNode right = new IntervalNode(column, leaf, ROOM);
        move(this, at, right, 0, count - at);
        right.count = count - at;
        right.skip = skip;
        cut(at);
        right.skipAgain();
        skipAgain();
        return right;
    }

    /** Takes over the items of the node that follows. */
    void append(IntervalNode next) {
        int together = count + next.count;
        if (items.length < together) {
            resize(Math.max(together, ROOM / 2));
        }
        move(next, 0, this, count, next.count);
        count = together;
        skip = -1;
        skipAgain();
    }

    /** Finds anew what can be skipped. */
    private void skipAgain() {
        int most = column.shared(firsts[0], lasts[0]);
        for (int i = 1; i < count && most > 0; i++) {
            int agreeing = Math.min(most, column.shared(firsts[i], lasts[i]));
            most = column.shared(firsts[0], firsts[i], agreeing);
        }
        if (most != skip) {
            skip = most;
            rankAll();
        }
    }

    private void cut(int newCount) {
        Arrays.fill(items, newCount, count, null);
        Arrays.fill(firsts, newCount, count, null);
        Arrays.fill(lasts, newCount, count, null);
        count = newCount;
        if (count * 4 <= items.length && items.length > MIN_ROOM) {
            resize(items.length / 2);
        }
    }

    private void resize(int room) {
        IntervalNode resized = new IntervalNode(column, leaf, room);
        move(this, 0, resized, 0, count);
        items = resized.items;
        lows = resized.lows;
        firsts = resized.firsts;
        highs = resized.highs;
        lasts = resized.lasts;
    }

    private static void move(IntervalNode from, int at, IntervalNode to, int toAt, int number) {
        System.arraycopy(from.items, at, to.items, toAt, number);
        System.arraycopy(from.lows, at, to.lows, toAt, number);
        System.arraycopy(from.firsts, at, to.firsts, toAt, number);
        System.arraycopy(from.highs, at, to.highs, toAt, number);
        if (!from.leaf) {
            System.arraycopy(from.lasts, at, to.lasts, toAt, number);
        }
    }

    /** Whether what is known of an item is so: its ranks, and for a child where it begins and ends. */
    boolean isSound(int i) {
        boolean ranked = lows[i] == column.low(firsts[i], skip) && highs[i] == column.high(lasts[i], skip);
        boolean agreeing =
                column.shared(firsts[i], lasts[i]) >= skip && column.shared(firsts[0], firsts[i], skip) == skip;
        boolean described =
                leaf || (firsts[i].equals(child(i).firsts[0]) && column.compareUpper(lasts[i], child(i).last()) == 0);
        boolean ordered = i == 0 || compareFirst(i - 1, firsts[i], leaf ? member(i) : child(i).firstMember()) < 0;
        return ranked && agreeing && described && ordered;
    }
}
