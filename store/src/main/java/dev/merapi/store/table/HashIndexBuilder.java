package dev.merapi.store.table;

import java.util.Arrays;

/**
 * Fills a hash index with all rows of a table at once. Rows come in the order of their ids, pages are wanted in the
 * order of hashes, and jumping to another page for each row would cost more than everything else: so entries are first
 * dealt out to partitions of neighbouring pages, one after the other, and then each partition, which fits into the
 * processor's cache, is made into pages.
 *
 * <p>On its way an entry is one {@code long}: the page within its partition (12 bits), 16 bits of the hash, the row id.
 */
final class HashIndexBuilder {
    /** Pages of a partition: with their entries about half a megabyte. */
    private static final int PAGE_BITS = 12;

    private static final int TAG_BITS = 16;
    private static final int TAG_MASK = (1 << TAG_BITS) - 1;
    private static final int ID_BITS = Long.SIZE - PAGE_BITS - TAG_BITS;
    private static final int PAGE_SHIFT = ID_BITS + TAG_BITS;
    private static final long ID_MASK = (1L << ID_BITS) - 1;
    private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

    private final HashIndex index;
    private final EpochVector<byte[]> rows;
    private final long[][] partitions;
    private final int[] counts;

    /** Rows of pages that are too full to be filled blindly; inserted one by one at the end. */
    private long[] crowded = new long[16];

    private int crowdedCount;

    private HashIndexBuilder(HashIndex index, EpochVector<byte[]> rows, long pageCount) {
        this.index = index;
        this.rows = rows;
        partitions = new long[(int) ((pageCount + PAGE_MASK) >>> PAGE_BITS)][];
        counts = new int[partitions.length];
    }

    /** Whether all row ids leave room for the rest of an entry. */
    static boolean canBuild(EpochVector<byte[]> rows) {
        return rows.highestIndex() <= ID_MASK;
    }

    /**
     * Fills an empty index.
     *
     * @param pageCount the number of pages it has been given
     */
    static void fill(HashIndex index, EpochVector<byte[]> rows, long pageCount) {
        HashIndexBuilder builder = new HashIndexBuilder(index, rows, pageCount);
        builder.deal(pageCount);
        for (int i = 0; i < builder.partitions.length; i++) {
            builder.makePages(i);
        }
        // Last, because an insert may split pages, which must all be there by then.
        for (int i = 0; i < builder.crowdedCount; i++) {
            long rowId = builder.crowded[i];
            index.insert(rows, rowId, TableIndex.row(rows, rowId));
        }
    }

    private void deal(long pageCount) {
        int expected = (int) (rows.size() / partitions.length);
        for (int i = 0; i < partitions.length; i++) {
            boolean isWhole = (long) (i + 1) << PAGE_BITS <= pageCount;
            partitions[i] = new long[isWhole ? expected + expected / 4 + 16 : 16];
        }
        for (VectorCursor<byte[]> row = rows.ascending(); row.next(); ) {
            byte[] value = row.value();
            if (!index.shape.hasNull(value)) {
                int hash = index.shape.key().hash(value);
                long page = index.pageOf(hash);
                long entry = (page & PAGE_MASK) << PAGE_SHIFT | (long) HashPage.tag(hash) << ID_BITS | row.index();
                add((int) (page >>> PAGE_BITS), entry);
            }
        }
    }

    private void add(int partition, long entry) {
        long[] entries = partitions[partition];
        int count = counts[partition]++;
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count + count / 2);
            partitions[partition] = entries;
        }
        entries[count] = entry;
    }

    private void makePages(int partition) {
        long[] entries = partitions[partition];
        int count = counts[partition];
        int[] sizes = new int[1 << PAGE_BITS];
        for (int i = 0; i < count; i++) {
            sizes[(int) (entries[i] >>> PAGE_SHIFT)]++;
        }
        long[][] pages = new long[1 << PAGE_BITS][];
        long first = (long) partition << PAGE_BITS;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 0 && !HashIndex.isCrowded(sizes[i])) {
                pages[i] = index.addPage(first + i, sizes[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            long[] page = pages[(int) (entries[i] >>> PAGE_SHIFT)];
            long rowId = entries[i] & ID_MASK;
            if (page == null) {
                addCrowded(rowId);
            } else {
                HashPage.append(page, HashPage.entryOf((int) (entries[i] >>> ID_BITS) & TAG_MASK, rowId));
            }
        }
        partitions[partition] = new long[0];
    }

    private void addCrowded(long rowId) {
        if (crowdedCount == crowded.length) {
            crowded = Arrays.copyOf(crowded, crowdedCount * 2);
        }
        crowded[crowdedCount++] = rowId;
    }
}
