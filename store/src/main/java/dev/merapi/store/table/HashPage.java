package dev.merapi.store.table;

/**
 * The layout of a page of a {@link HashIndex}: a bare {@code long[]}, because an object around it would cost every
 * lookup one more load.
 *
 * <pre>
 * [0] number of the epoch that owns the page
 * [1] number of entries
 * [2] first entry: hash bits 31..16 of the key | row id, 48 bits
 *  …  further entries, in no order; then room for more
 * </pre>
 */
final class HashPage {
    static final int EPOCH = 0;
    static final int COUNT = 1;
    static final int HEADER = 2;

    private static final int ID_BITS = 48;
    private static final long ID_MASK = (1L << ID_BITS) - 1;
    static final long MAX_ROW_ID = ID_MASK;

    private HashPage() {}

    static long entry(int hash, long rowId) {
        return entryOf(tag(hash), rowId);
    }

    static long entryOf(int tag, long rowId) {
        return (long) tag << ID_BITS | rowId;
    }

    /** The half of a hash that is kept in the entry; the other half chooses the page. */
    static int tag(int hash) {
        return hash >>> 16;
    }

    static int tagOf(long entry) {
        return (int) (entry >>> ID_BITS);
    }

    static long rowId(long entry) {
        return entry & ID_MASK;
    }

    /** The place behind the last entry. */
    static int end(long[] page) {
        return HEADER + (int) page[COUNT];
    }

    /** The place of an entry, or -1. */
    static int indexOf(long[] page, long entry) {
        for (int i = HEADER, end = end(page); i < end; i++) {
            if (page[i] == entry) {
                return i;
            }
        }
        return -1;
    }

    /** Puts an entry into a page that has room for it and belongs to the caller. */
    static void append(long[] page, long entry) {
        page[end(page)] = entry;
        page[COUNT]++;
    }
}
