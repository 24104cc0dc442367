package dev.merapi.query.dataflow.zset;

import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * A Z-set that is held: the sum of all that was added to it. Rows of weight 0 are not in it. Rows stay in the order in
 * which they came; a few are a chain, many are found by their hash, too. Must not be changed while it is walked.
 */
public final class Bag {
    /** From so many rows on they are found by hash. */
    private static final int CHAIN = 12;

    /** A row of a bag; walk from {@link Bag#first} by {@link #next}. */
    public static final class Entry {
        private final Row row;
        private int weight;
        private @Nullable Entry previous;
        private @Nullable Entry next;
        /** The next row whose hash falls into the same bucket. */
        private @Nullable Entry nextInBucket;

        Entry(Row row, int weight) {
            this.row = row;
            this.weight = weight;
        }

        public Row row() {
            return row;
        }

        public int weight() {
            return weight;
        }

        /** The next row, or null. */
        public @Nullable Entry next() {
            return next;
        }
    }

    private @Nullable Entry first;
    private @Nullable Entry last;
    private int size;
    private @Nullable Entry @Nullable [] buckets;

    /** The first row, or null if there is none. */
    public @Nullable Entry first() {
        return first;
    }

    /** The number of different rows. */
    public int size() {
        return size;
    }

    /** How often a row is in it. */
    public int weight(Row row) {
        Entry entry = find(row);
        return entry == null ? 0 : entry.weight;
    }

    /** Adds a held row; returns by how much the number of different rows grew: -1, 0 or 1. */
    public int add(Row row, int weight) {
        Entry entry = find(row);
        if (entry == null) {
            if (weight != 0) {
                link(new Entry(row, weight));
                return 1;
            }
            return 0;
        }
        entry.weight = Math.addExact(entry.weight, weight);
        if (entry.weight == 0) {
            unlink(entry);
            return -1;
        }
        return 0;
    }

    private @Nullable Entry find(Row row) {
        if (buckets != null) {
            Entry entry = buckets[bucket(row, buckets.length)];
            while (entry != null && !entry.row.equals(row)) {
                entry = entry.nextInBucket;
            }
            return entry;
        }
        for (Entry entry = first; entry != null; entry = entry.next) {
            if (entry.row.equals(row)) {
                return entry;
            }
        }
        return null;
    }

    private static int bucket(Row row, int count) {
        int hash = row.hashCode();
        return (hash ^ hash >>> 16) & (count - 1);
    }

    private void link(Entry entry) {
        entry.previous = last;
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        size++;
        if (buckets != null && size <= buckets.length) {
            toBucket(entry, buckets);
        } else if (size > CHAIN) {
            spread(Integer.highestOneBit(size) * 4);
        }
    }

    private void spread(int count) {
        @Nullable Entry[] wider = new @Nullable Entry[count];
        for (Entry each = first; each != null; each = each.next) {
            toBucket(each, wider);
        }
        buckets = wider;
    }

    private static void toBucket(Entry entry, @Nullable Entry[] buckets) {
        int bucket = bucket(entry.row, buckets.length);
        entry.nextInBucket = buckets[bucket];
        buckets[bucket] = entry;
    }

    private void unlink(Entry entry) {
        if (entry.previous == null) {
            first = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next == null) {
            last = entry.previous;
        } else {
            entry.next.previous = entry.previous;
        }
        size--;
        if (buckets != null) {
            outOfBucket(entry, buckets);
            if (size <= CHAIN / 2) {
                buckets = null;
            } else if (size < buckets.length / 8) {
                spread(buckets.length / 4);
            }
        }
    }

    private static void outOfBucket(Entry entry, @Nullable Entry[] buckets) {
        int bucket = bucket(entry.row, buckets.length);
        Entry at = buckets[bucket];
        if (at == entry) {
            buckets[bucket] = entry.nextInBucket;
            return;
        }
        while (at != null && at.nextInBucket != entry) {
            at = at.nextInBucket;
        }
        if (at != null) {
            at.nextInBucket = entry.nextInBucket;
        }
    }
}
