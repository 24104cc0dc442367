package dev.merapi.store.table;

import dev.merapi.api.value.RowKey;

/**
 * A place in a {@link KeyTree} to look for: an entry of it, or a gap before or behind all entries with some key. Lives
 * for one operation.
 */
final class KeyProbe {
    private static final int BEFORE_EQUALS = -1;
    private static final int BEHIND_EQUALS = 1;

    private final RowKey probeKey;
    private final byte[] probe;
    private final RowKey entryKey;
    private final int columns;
    private final long prefix;
    private final boolean prefixDecides;
    /** What a comparison with an equal key says: 0 compares row ids. */
    private final int bias;

    private final long rowId;

    private KeyProbe(
            IndexShape shape, RowKey probeKey, byte[] probe, int columns, boolean prefixDecides, int bias, long rowId) {
        this.probeKey = probeKey;
        this.probe = probe;
        this.entryKey = shape.key();
        this.columns = columns;
        this.prefix = probeKey.prefix(probe);
        this.prefixDecides = prefixDecides;
        this.bias = bias;
        this.rowId = rowId;
    }

    /** The entry of a row. */
    static KeyProbe entry(IndexShape shape, byte[] row, long rowId) {
        RowKey key = shape.key();
        return new KeyProbe(shape, key, row, key.columnCount(), shape.prefixDecides(), 0, rowId);
    }

    /** The entry of a row in a tree where all keys are equal: no key need be read to find it. */
    static KeyProbe entryAmongEquals(IndexShape shape, byte[] row, long rowId) {
        RowKey key = shape.key();
        return new KeyProbe(shape, key, row, key.columnCount(), true, 0, rowId);
    }

    /** The gap before the entries whose first columns equal the probe's. */
    static KeyProbe before(IndexShape shape, RowKey probeKey, byte[] probe, int columns) {
        return new KeyProbe(shape, probeKey, probe, columns, shape.prefixDecides(), BEFORE_EQUALS, -1);
    }

    /** The gap behind the entries whose first columns equal the probe's. */
    static KeyProbe behind(IndexShape shape, RowKey probeKey, byte[] probe, int columns) {
        return new KeyProbe(shape, probeKey, probe, columns, shape.prefixDecides(), BEHIND_EQUALS, -1);
    }

    long prefix() {
        return prefix;
    }

    long rowId() {
        return rowId;
    }

    /** Negative if this place is before the entry, positive if behind it, 0 if it is this very entry. */
    int compareTo(long entryPrefix, long entryRowId, EpochVector<byte[]> rows) {
        int result = Long.compare(prefix, entryPrefix);
        if (result != 0) {
            return result;
        }
        if (!prefixDecides) {
            result = compareKeys(entryRowId, rows);
            if (result != 0) {
                return result;
            }
        }
        return bias != 0 ? bias : Long.compare(rowId, entryRowId);
    }

    private int compareKeys(long entryRowId, EpochVector<byte[]> rows) {
        return probeKey.comparePrefix(probe, entryKey, TableIndex.row(rows, entryRowId), columns);
    }
}
