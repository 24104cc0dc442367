package dev.merapi.client.internal.live;

import dev.merapi.client.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order in which they came, found by their identity: a doubly linked list through a chained hash table, so
 * that each operation on one row costs the same however many there are. Not thread-safe.
 */
final class RowPool {
    private static final int INITIAL_BUCKETS = 16;

    private final RowIdentity identity;
    private @Nullable Entry[] buckets = new Entry[INITIAL_BUCKETS];
    private @Nullable Entry oldest;
    private @Nullable Entry newest;
    private int size;

    RowPool(RowIdentity identity) {
        this.identity = identity;
    }

    /** A row and its places in the list and in the table. */
    static final class Entry {
        private Row row;
        private int hash;
        private boolean indexed;
        private @Nullable Entry older;
        private @Nullable Entry newer;
        private @Nullable Entry nextInBucket;

        private Entry(Row row) {
            this.row = row;
        }

        Row row() {
            return row;
        }
    }

    RowIdentity identity() {
        return identity;
    }

    int size() {
        return size;
    }

    @Nullable
    Entry find(byte[] row) {
        int hash = spread(identity.hash(row));
        for (Entry e = buckets[hash & (buckets.length - 1)]; e != null; e = e.nextInBucket) {
            if (e.hash == hash && identity.same(e.row.bytes(), row)) {
                return e;
            }
        }
        return null;
    }

    /** Adds a row as the newest one. */
    void append(Row row) {
        Entry entry = new Entry(row);
        entry.older = newest;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
        size++;
        index(entry, row);
    }

    void remove(Entry entry) {
        unindex(entry);
        if (entry.older == null) {
            oldest = entry.newer;
        } else {
            entry.older.newer = entry.newer;
        }
        if (entry.newer == null) {
            newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        size--;
    }

    /** Takes the entry out of the table, so that it is not found any more, but leaves it its place in the list. */
    void unindex(Entry entry) {
        if (!entry.indexed) {
            return;
        }
        entry.indexed = false;
        int bucket = entry.hash & (buckets.length - 1);
        Entry e = buckets[bucket];
        if (e == entry) {
            buckets[bucket] = entry.nextInBucket;
            return;
        }
        while (e != null) {
            if (e.nextInBucket == entry) {
                e.nextInBucket = entry.nextInBucket;
                return;
            }
            e = e.nextInBucket;
        }
        throw new AssertionError("an indexed entry is not in its bucket");
    }

    /** Gives an entry that is not in the table another row, and makes it findable by that. */
    void index(Entry entry, Row row) {
        assert !entry.indexed;
        if (size > buckets.length) {
            grow();
        }
        entry.row = row;
        entry.hash = spread(identity.hash(row.bytes()));
        addToBucket(entry);
        entry.indexed = true;
    }

    /** Gives an entry another row of the same identity. */
    void replace(Entry entry, Row row) {
        entry.row = row;
    }

    void removeOldest(int count) {
        for (int i = 0; i < count && oldest != null; i++) {
            remove(oldest);
        }
    }

    /** The newest so many rows, oldest of them first. */
    Row[] newest(int count) {
        Row[] rows = new Row[Math.min(count, size)];
        Entry e = newest;
        for (int i = rows.length - 1; i >= 0; i--) {
            if (e == null) {
                throw new AssertionError("fewer rows than counted");
            }
            rows[i] = e.row;
            e = e.older;
        }
        return rows;
    }

    private void addToBucket(Entry entry) {
        int bucket = entry.hash & (buckets.length - 1);
        entry.nextInBucket = buckets[bucket];
        buckets[bucket] = entry;
    }

    private void grow() {
        buckets = new Entry[buckets.length * 2];
        for (Entry e = oldest; e != null; e = e.newer) {
            if (e.indexed) {
                addToBucket(e);
            }
        }
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
