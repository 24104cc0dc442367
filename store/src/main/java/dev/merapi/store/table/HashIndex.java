package dev.merapi.store.table;

import dev.merapi.api.value.RowKey;
import dev.merapi.store.IndexImage;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A persistent hash table from keys to row ids: linear hashing over pages in an {@link EpochVector}.
 *
 * <p>An entry is one {@code long}: 16 bits of the key's hash above the 48 bits of the row id. The key itself is read
 * from the row, and only when those 16 bits match ({@link HashPage}). The table grows by splitting one page at a time
 * in a fixed order, so no single insert ever pays for a rebuild, and shrinks the same way.
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

    /** No page holds more entries; said to be one in an image, it is damaged. */
    private static final int MAX_PAGE = 1 << 24;

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

    /**
     * An index from its image: the number of pages and of entries in them, then page by page its entries, their number
     * in front; the number of heavy hashes, then each with its tree.
     */
    static HashIndex ofImage(IndexShape shape, WriteEpoch epoch, IndexImage image) {
        HashIndex index = new HashIndex(shape, epoch);
        index.pageCount = image.nextCount(Integer.MAX_VALUE);
        index.entriesInPages = image.nextCount(Long.MAX_VALUE);
        for (long slot = 0; slot < index.pageCount; slot++) {
            int count = (int) image.nextCount(MAX_PAGE);
            if (count > 0) {
                long[] page = new long[HashPage.HEADER + count];
                page[HashPage.EPOCH] = epoch.number();
                page[HashPage.COUNT] = count;
                image.read(page, HashPage.HEADER, count);
                index.pages.set(epoch, slot, page);
            }
        }
        long heavyHashes = image.nextCount(Integer.MAX_VALUE);
        for (long i = 0; i < heavyHashes; i++) {
            long hash = image.nextCount(unsigned(-1));
            index.heavy.set(epoch, hash, HeavyHash.ofImage(epoch, image));
        }
        return index;
    }

    @Override
    long imageSize() {
        long size = 3 + pageCount + entriesInPages + heavy.size();
        for (VectorCursor<HeavyHash> tree = heavy.ascending(); tree.next(); ) {
            size += tree.value().imageSize();
        }
        return size;
    }

    @Override
    void writeImage(LongConsumer out) {
        out.accept(pageCount);
        out.accept(entriesInPages);
        for (long slot = 0; slot < pageCount; slot++) {
            long[] page = pages.get(slot);
            if (page == null) {
                out.accept(0);
            } else {
                out.accept(page[HashPage.COUNT]);
                for (int i = HashPage.HEADER, end = HashPage.end(page); i < end; i++) {
                    out.accept(page[i]);
                }
            }
        }
        out.accept(heavy.size());
        for (VectorCursor<HeavyHash> tree = heavy.ascending(); tree.next(); ) {
            out.accept(tree.index());
            tree.value().writeImage(out);
        }
    }

    /** Whether so many entries are to be looked at one by one, because they may have one hash. */
    static boolean isCrowded(int entries) {
        return entries > EXAMINED;
    }

    /** Puts a page with room for some entries into an empty slot; they count as being there already. */
    long[] addPage(long slot, int entries) {
        long[] page = new long[HashPage.HEADER + entries];
        page[HashPage.EPOCH] = epoch.number();
        pages.set(epoch, slot, page);
        entriesInPages += entries;
        return page;
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
        long[] page = append(slot, HashPage.entry(hash, rowId));
        entriesInPages++;
        if (page[HashPage.COUNT] > EXAMINED) {
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
        int at = page == null ? -1 : HashPage.indexOf(page, HashPage.entry(hash, rowId));
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
            int tag = HashPage.tag(hash);
            for (int i = HashPage.HEADER, end = HashPage.end(page); i < end; i++) {
                long entry = page[i];
                if (HashPage.tagOf(entry) == tag) {
                    long rowId = HashPage.rowId(entry);
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
            int tag = HashPage.tag(hash);
            for (int i = HashPage.HEADER, end = HashPage.end(page); i < end; i++) {
                long entry = page[i];
                if (HashPage.tagOf(entry) == tag) {
                    long rowId = HashPage.rowId(entry);
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
        int tag = HashPage.tag(hash);
        for (int i = HashPage.HEADER, end = HashPage.end(page); i < end; i++) {
            long entry = page[i];
            if (HashPage.tagOf(entry) == tag && shape.key().equal(row(rows, HashPage.rowId(entry)), probeKey, probe)) {
                matches = count == matches.length ? Arrays.copyOf(matches, 2 * count) : matches;
                matches[count++] = HashPage.rowId(entry);
            }
        }
        Arrays.sort(matches, 0, count);
        return count == 0 ? RowCursor.EMPTY : new RowIdCursor(rows, matches, count);
    }

    @Override
    RowCursor range(EpochVector<byte[]> rows, IndexRange range, boolean descending) {
        throw shape.wrongKind("index has no order").hint("use an ordered index for ranges");
    }

    /** Moves all entries with this hash from their page to a tree, if they are many. */
    private void separateHeavy(EpochVector<byte[]> rows, long slot, long[] page, int hash) {
        int equal = 0;
        for (int i = HashPage.HEADER, end = HashPage.end(page); i < end; i++) {
            if (hasHash(rows, page[i], hash)) {
                equal++;
            }
        }
        if (equal < HEAVY) {
            return;
        }
        HeavyHash tree = new HeavyHash(epoch);
        for (int i = HashPage.end(page) - 1; i >= HashPage.HEADER; i--) {
            long entry = page[i];
            if (hasHash(rows, entry, hash)) {
                long rowId = HashPage.rowId(entry);
                tree.insert(shape, rows, rowId, row(rows, rowId));
                removeAt(slot, page, i);
            }
        }
        entriesInPages -= equal;
        heavy.set(epoch, unsigned(hash), tree);
    }

    private boolean hasHash(EpochVector<byte[]> rows, long entry, int hash) {
        return HashPage.tagOf(entry) == HashPage.tag(hash)
                && shape.key().hash(row(rows, HashPage.rowId(entry))) == hash;
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
        int staying = HashPage.HEADER;
        int going = HashPage.HEADER;
        for (int i = HashPage.HEADER, end = HashPage.end(page); i < end; i++) {
            long entry = page[i];
            if (pageOf(shape.key().hash(row(rows, HashPage.rowId(entry)))) == added) {
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
        if (end == HashPage.HEADER) {
            pages.remove(epoch, slot);
            return;
        }
        long[] page = end * 2 <= entries.length ? Arrays.copyOf(entries, end + 2) : entries;
        page[HashPage.EPOCH] = epoch.number();
        page[HashPage.COUNT] = (long) end - HashPage.HEADER;
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
        for (int i = HashPage.HEADER, end = HashPage.end(page); i < end; i++) {
            append(target, page[i]);
        }
    }

    /** Adds an entry to a page; returns the page, owned by this epoch. */
    private long[] append(long slot, long entry) {
        long[] page = pages.get(slot);
        if (page == null) {
            page = new long[HashPage.HEADER + 2];
            page[HashPage.EPOCH] = epoch.number();
            pages.set(epoch, slot, page);
        } else if (HashPage.end(page) == page.length) {
            page = Arrays.copyOf(page, page.length + Math.max(2, page.length / 2));
            page[HashPage.EPOCH] = epoch.number();
            pages.set(epoch, slot, page);
        } else {
            page = owned(slot, page);
        }
        HashPage.append(page, entry);
        return page;
    }

    private void removeAt(long slot, long[] page, int at) {
        int last = HashPage.end(page) - 1;
        if (last == HashPage.HEADER) {
            pages.remove(epoch, slot);
            return;
        }
        long[] owned = owned(slot, page);
        owned[at] = owned[last];
        owned[HashPage.COUNT]--;
    }

    private long[] owned(long slot, long[] page) {
        if (page[HashPage.EPOCH] == epoch.number()) {
            return page;
        }
        long[] copy = page.clone();
        copy[HashPage.EPOCH] = epoch.number();
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
}
