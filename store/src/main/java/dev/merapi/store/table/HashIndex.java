package dev.merapi.store.table;

import dev.merapi.api.value.RowKey;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import java.util.Arrays;

/**
 * A persistent hash table from keys to row ids: linear hashing over pages in an {@link EpochVector}.
 *
 * <p>An entry is one {@code long}: 16 bits of the key's hash above the 48 bits of the row id. The key itself is read
 * from the row, and only when those 16 bits match. A page is a bare {@code long[]}: the number of the epoch that owns
 * it, the number of entries, the entries in no order. The table grows by splitting one page at a time in a fixed order,
 * so no single insert ever pays for a rebuild, and shrinks the same way.
 *
 * <p>Linear hashing cannot split what has one hash. When a page fills with entries of one hash (a key that many rows
 * share, or keys chosen to collide) these move to a {@link KeyTree} of their own, found by the full hash. A hash is
 * either in its page or in a tree, never in both, and a tree does not count as load.
 *
 * <p>Rows whose key contains NULL are left out: they equal nothing that anyone may look for.
 */
final class HashIndex extends TableIndex {
    /** Entries per page, on average, above which the table grows: a scan over two or three cache lines. */
    private static final int MAX_LOAD = 16;
    /** Entries per page, on average, below which the table shrinks. */
    private static final int MIN_LOAD = 5;
    /** Entries in a page from which on it is examined for a heavy hash: twice the load, rare by chance. */
    private static final int EXAMINED = 32;
    /** Entries with one hash that make it heavy. */
    private static final int HEAVY = 16;

    /** Entries per page of a table that is built at once: it may grow by half before pages are split. */
    private static final int BUILT_LOAD = 11;

    private static final int COUNT = 1;
    private static final int HEADER = 2;
    private static final int ID_BITS = 48;
    private static final long ID_MASK = (1L << ID_BITS) - 1;

    private final EpochVector<long[]> pages;
    private final EpochVector<HeavyHash> heavy;
    private long pageCount = 1;
    private long entriesInPages;

    HashIndex(IndexShape shape, WriteEpoch epoch) {
        super(shape, epoch);
        pages = new EpochVector<>();
        heavy = new EpochVector<>();
    }

    private HashIndex(HashIndex other, IndexShape shape, WriteEpoch epoch) {
        super(shape, epoch);
        pages = other.pages.fork();
        heavy = other.heavy.fork();
        pageCount = other.pageCount;
        entriesInPages = other.entriesInPages;
    }

    /** Builds the table with as many pages as it will need, so that none is ever split. */
    static HashIndex build(IndexShape shape, WriteEpoch epoch, EpochVector<byte[]> rows) {
        HashIndex index = new HashIndex(shape, epoch);
        index.pageCount = Math.max(1, rows.size() / BUILT_LOAD);
        if (rows.size() > MAX_LOAD && HashIndexBuilder.canBuild(rows)) {
            HashIndexBuilder.fill(index, rows, index.pageCount);
        } else {
            for (VectorCursor<byte[]> row = rows.ascending(); row.next(); ) {
                index.insert(rows, row.index(), row.value());
            }
        }
        return index;
    }

    /** Whether so many entries are to be looked at one by one, because they may have one hash. */
    static boolean isCrowded(int entries) {
        return entries > EXAMINED;
    }

    /** Puts a page with room for some entries into an empty slot; they count as being there. */
    long[] addPage(long slot, int entries) {
        long[] page = new long[HEADER + entries];
        page[0] = epoch.number();
        pages.set(epoch, slot, page);
        entriesInPages += entries;
        return page;
    }

    /** Fills the next place of a page made by {@link #addPage}. */
    static void append(long[] page, int tag, long rowId) {
        page[HEADER + (int) page[COUNT]++] = (long) tag << ID_BITS | rowId;
    }

    @Override
    HashIndex fork(IndexShape newShape, WriteEpoch newEpoch) {
        return new HashIndex(this, newShape, newEpoch);
    }

    @Override
    void insert(EpochVector<byte[]> rows, long rowId, byte[] row) {
        if (shape.hasNull(row)) {
            return;
        }
        int hash = shape.key().hash(row);
        if (heavy.size() > 0 && heavy.get(unsigned(hash)) != null) {
            ownedHeavy(hash).insert(shape, rows, rowId, row);
            return;
        }
        long slot = pageOf(hash);
        long[] page = append(slot, entry(hash, rowId));
        entriesInPages++;
        if (page[COUNT] > EXAMINED) {
            separateHeavy(rows, slot, page, hash);
        }
        if (entriesInPages > pageCount * MAX_LOAD) {
            splitNext(rows);
        }
    }

    @Override
    void remove(EpochVector<byte[]> rows, long rowId, byte[] row) {
        if (shape.hasNull(row)) {
            return;
        }
        int hash = shape.key().hash(row);
        if (heavy.size() > 0 && heavy.get(unsigned(hash)) != null) {
            HeavyHash tree = ownedHeavy(hash);
            tree.remove(shape, rows, rowId, row);
            if (tree.size() == 0) {
                heavy.remove(epoch, unsigned(hash));
            }
            return;
        }
        long slot = pageOf(hash);
        long[] page = pages.get(slot);
        int at = page == null ? -1 : indexOf(page, entry(hash, rowId));
        if (page == null || at < 0) {
            throw missingEntry(shape, rowId);
        }
        removeAt(slot, page, at);
        entriesInPages--;
        if (pageCount > 1 && entriesInPages < pageCount * MIN_LOAD) {
            mergeLast();
        }
    }

    @Override
    public long find(EpochVector<byte[]> rows, RowKey probeKey, byte[] probe) {
        int hash = probeKey.hash(probe);
        long[] page = pages.get(pageOf(hash));
        if (page != null) {
            int tag = tag(hash);
            for (int i = HEADER, end = end(page); i < end; i++) {
                long entry = page[i];
                if ((int) (entry >>> ID_BITS) == tag) {
                    long rowId = entry & ID_MASK;
                    if (shape.key().equal(row(rows, rowId), probeKey, probe)) {
                        return rowId;
                    }
                }
            }
        }
        HeavyHash tree = heavy.size() == 0 ? null : heavy.get(unsigned(hash));
        return tree == null ? -1 : tree.find(shape, rows, probeKey, probe);
    }

    @Override
    long find(EpochVector<byte[]> rows, long key) {
        shape.requireSingleLong();
        int hash = RowKey.hashOfLong(key);
        long[] page = pages.get(pageOf(hash));
        if (page != null) {
            int tag = tag(hash);
            for (int i = HEADER, end = end(page); i < end; i++) {
                long entry = page[i];
                if ((int) (entry >>> ID_BITS) == tag) {
                    long rowId = entry & ID_MASK;
                    if (shape.key().equalsLong(row(rows, rowId), key)) {
                        return rowId;
                    }
                }
            }
        }
        byte[] keyRow = heavy.size() == 0 ? null : shape.keyOf(key);
        return keyRow == null ? -1 : find(rows, shape.keyRowKey(), keyRow);
    }

    @Override
    public RowCursor lookup(EpochVector<byte[]> rows, RowKey probeKey, byte[] probe) {
        int hash = probeKey.hash(probe);
        HeavyHash tree = heavy.size() == 0 ? null : heavy.get(unsigned(hash));
        if (tree != null) {
            return tree.lookup(shape, rows, probeKey, probe);
        }
        long[] page = pages.get(pageOf(hash));
        if (page == null) {
            return RowCursor.EMPTY;
        }
        long[] matches = new long[2];
        int count = 0;
        int tag = tag(hash);
        for (int i = HEADER, end = end(page); i < end; i++) {
            long entry = page[i];
            if ((int) (entry >>> ID_BITS) == tag && shape.key().equal(row(rows, entry & ID_MASK), probeKey, probe)) {
                matches = count == matches.length ? Arrays.copyOf(matches, 2 * count) : matches;
                matches[count++] = entry & ID_MASK;
            }
        }
        Arrays.sort(matches, 0, count);
        return count == 0 ? RowCursor.EMPTY : new ListCursor(rows, matches, count);
    }

    @Override
    RowCursor range(EpochVector<byte[]> rows, IndexRange range, boolean descending) {
        throw shape.wrongKind("index has no order").hint("use an ordered index for ranges");
    }

    /** Moves all entries with this hash from their page to a tree, if they are many. */
    private void separateHeavy(EpochVector<byte[]> rows, long slot, long[] page, int hash) {
        int equal = 0;
        for (int i = HEADER, end = end(page); i < end; i++) {
            if (hasHash(rows, page[i], hash)) {
                equal++;
            }
        }
        if (equal < HEAVY) {
            return;
        }
        HeavyHash tree = new HeavyHash(epoch);
        for (int i = end(page) - 1; i >= HEADER; i--) {
            long entry = page[i];
            if (hasHash(rows, entry, hash)) {
                long rowId = entry & ID_MASK;
                tree.insert(shape, rows, rowId, row(rows, rowId));
                removeAt(slot, page, i);
            }
        }
        entriesInPages -= equal;
        heavy.set(epoch, unsigned(hash), tree);
    }

    private boolean hasHash(EpochVector<byte[]> rows, long entry, int hash) {
        return (int) (entry >>> ID_BITS) == tag(hash) && shape.key().hash(row(rows, entry & ID_MASK)) == hash;
    }

    /** Adds one page and moves to it what belongs there; it all comes from one older page. */
    private void splitNext(EpochVector<byte[]> rows) {
        long added = pageCount;
        long source = added - Long.highestOneBit(added);
        pageCount++;
        long[] page = pages.get(source);
        if (page == null) {
            return;
        }
        long[] stay = new long[page.length];
        long[] go = new long[page.length];
        int staying = HEADER;
        int going = HEADER;
        for (int i = HEADER, end = end(page); i < end; i++) {
            long entry = page[i];
            if (pageOf(shape.key().hash(row(rows, entry & ID_MASK))) == added) {
                go[going++] = entry;
            } else {
                stay[staying++] = entry;
            }
        }
        put(source, stay, staying);
        put(added, go, going);
    }

    /** Puts a page with entries up to {@code end} into a slot, or empties the slot. */
    private void put(long slot, long[] entries, int end) {
        if (end == HEADER) {
            pages.remove(epoch, slot);
            return;
        }
        long[] page = end * 2 <= entries.length ? Arrays.copyOf(entries, end + 2) : entries;
        page[0] = epoch.number();
        page[COUNT] = (long) end - HEADER;
        pages.set(epoch, slot, page);
    }

    /** Takes the last page away and moves its entries to the one it was split from. */
    private void mergeLast() {
        long last = pageCount - 1;
        pageCount--;
        long[] page = pages.remove(epoch, last);
        if (page == null) {
            return;
        }
        long target = last - Long.highestOneBit(last);
        for (int i = HEADER, end = end(page); i < end; i++) {
            append(target, page[i]);
        }
    }

    /** Adds an entry to a page; returns the page, owned by this epoch. */
    private long[] append(long slot, long entry) {
        long[] page = pages.get(slot);
        if (page == null) {
            page = new long[HEADER + 2];
            page[0] = epoch.number();
            pages.set(epoch, slot, page);
        } else if (end(page) == page.length) {
            page = Arrays.copyOf(page, page.length + Math.max(2, page.length / 2));
            page[0] = epoch.number();
            pages.set(epoch, slot, page);
        } else {
            page = owned(slot, page);
        }
        page[end(page)] = entry;
        page[COUNT]++;
        return page;
    }

    private void removeAt(long slot, long[] page, int at) {
        int last = end(page) - 1;
        if (last == HEADER) {
            pages.remove(epoch, slot);
            return;
        }
        long[] owned = owned(slot, page);
        owned[at] = owned[last];
        owned[COUNT]--;
    }

    private long[] owned(long slot, long[] page) {
        if (page[0] == epoch.number()) {
            return page;
        }
        long[] copy = page.clone();
        copy[0] = epoch.number();
        pages.set(epoch, slot, copy);
        return copy;
    }

    private HeavyHash ownedHeavy(int hash) {
        HeavyHash tree = heavy.get(unsigned(hash));
        if (tree == null) {
            throw new IllegalStateException("heavy hash vanished");
        }
        if (tree.epoch() != epoch) {
            tree = tree.fork(epoch);
            heavy.set(epoch, unsigned(hash), tree);
        }
        return tree;
    }

    long pageOf(int hash) {
        long mask = (Long.highestOneBit(pageCount) << 1) - 1;
        long slot = hash & mask;
        return slot < pageCount ? slot : slot & (mask >>> 1);
    }

    private static int indexOf(long[] page, long entry) {
        for (int i = HEADER, end = end(page); i < end; i++) {
            if (page[i] == entry) {
                return i;
            }
        }
        return -1;
    }

    private static int end(long[] page) {
        return HEADER + (int) page[COUNT];
    }

    private static long entry(int hash, long rowId) {
        return (long) tag(hash) << ID_BITS | rowId;
    }

    /** The upper half of the hash; the lower half chooses the page. */
    static int tag(int hash) {
        return hash >>> 16;
    }

    private static long unsigned(int hash) {
        return hash & 0xffff_ffffL;
    }

    /** For tests: pages in use or reserved. */
    long pageCount() {
        return pageCount;
    }

    /** For tests: hashes that have a tree of their own. */
    long heavyCount() {
        return heavy.size();
    }

    /** A walk over a few row ids found beforehand. */
    private static final class ListCursor implements RowCursor {
        private final EpochVector<byte[]> rows;
        private final long[] rowIds;
        private final int count;
        private int at = -1;

        ListCursor(EpochVector<byte[]> rows, long[] rowIds, int count) {
            this.rows = rows;
            this.rowIds = rowIds;
            this.count = count;
        }

        @Override
        public boolean next() {
            if (at + 1 >= count) {
                return false;
            }
            at++;
            return true;
        }

        @Override
        public long rowId() {
            return rowIds[at];
        }

        @Override
        public byte[] row() {
            return TableIndex.row(rows, rowIds[at]);
        }
    }
}
