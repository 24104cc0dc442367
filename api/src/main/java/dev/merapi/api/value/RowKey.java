package dev.merapi.api.value;

import dev.merapi.api.schema.RowType;

/**
 * Some columns of a row as a key: hashed, compared and ordered in place, without decoding or allocating for the
 * common types.
 *
 * <p>Equality is by value, not by bytes: {@code -0.0 = 0.0}, {@code NaN = NaN}, {@code 1.0 = 1.00} for unconstrained
 * decimals, intervals by span. NULL equals NULL here; whoever needs SQL's rule asks {@link #hasNull} first. The order
 * is PostgreSQL's with the C collation: NULL last, NaN above all numbers, text by code point.
 *
 * <p>Two keys can be compared with each other when their columns have the same types in the same order, as a table's
 * key and its {@link #keyRowKey()} have. Immutable and thread-safe.
 */
public final class RowKey {
    private final RowLayout layout;
    private final int[] columns;
    private final ValueOrder[] orders;
    private final RowLayout keyLayout;

    public RowKey(RowLayout layout, int... columns) {
        this(layout, columns.clone(), keyLayout(layout, columns));
    }

    private RowKey(RowLayout layout, int[] columns, RowLayout keyLayout) {
        this.layout = layout;
        this.columns = columns;
        this.keyLayout = keyLayout;
        orders = new ValueOrder[columns.length];
        for (int i = 0; i < columns.length; i++) {
            orders[i] = ValueOrder.of(layout.columnType(columns[i]));
        }
    }

    private static RowLayout keyLayout(RowLayout layout, int[] columns) {
        RowType keyType = layout.type().project(columns);
        return RowLayout.of(keyType);
    }

    public int columnCount() {
        return columns.length;
    }

    /** The layout of the rows {@link #extract} makes. */
    public RowLayout keyLayout() {
        return keyLayout;
    }

    /** This key seen on rows of {@link #keyLayout()}. */
    public RowKey keyRowKey() {
        int[] all = new int[columns.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return new RowKey(keyLayout, all, keyLayout);
    }

    /** This key cut to its first columns. */
    public RowKey firstColumns(int count) {
        int[] some = java.util.Arrays.copyOf(columns, count);
        return new RowKey(layout, some);
    }

    /** The key columns as a row of their own. */
    public byte[] extract(byte[] row) {
        if (columns.length == 1) {
            return java.util.Arrays.copyOfRange(row, layout.start(row, columns[0]), layout.end(row, columns[0]));
        }
        BsatnWriter out = new BsatnWriter(columns.length * 8);
        for (int column : columns) {
            int start = layout.start(row, column);
            out.putRaw(row, start, layout.end(row, column) - start);
        }
        return out.toByteArray();
    }

    public boolean hasNull(byte[] row) {
        for (int column : columns) {
            if (layout.isNull(row, column)) {
                return true;
            }
        }
        return false;
    }

    /** A well-mixed hash, equal for equal keys; for one integer column it is {@link #hashOfLong}. */
    public int hash(byte[] row) {
        int hash = 0;
        for (int i = 0; i < columns.length; i++) {
            int at = layout.valueStart(row, columns[i]);
            int columnHash = at < 0 ? 0x5bd1e995 : orders[i].hash(row, at);
            hash = i == 0 ? columnHash : mix(hash * 31L + columnHash);
        }
        return hash;
    }

    /** The hash of a key of one integer column of at most 64 bits (or a date, time or timestamp) with this value. */
    public static int hashOfLong(long value) {
        return mix(value);
    }

    /** Whether this key is a single column that {@link RowLayout#getLong} reads. */
    public boolean isSingleLong() {
        return columns.length == 1
                && layout.columnType(columns[0]) instanceof dev.merapi.api.schema.ScalarType scalar
                && scalar.isLongCompatible();
    }

    /** Whether the single integer column of a row has this value; see {@link #isSingleLong}. */
    public boolean equalsLong(byte[] row, long value) {
        return !layout.isNull(row, columns[0]) && layout.getLong(row, columns[0]) == value;
    }

    public boolean equal(byte[] row, RowKey other, byte[] otherRow) {
        for (int i = 0; i < columns.length; i++) {
            int at = layout.valueStart(row, columns[i]);
            int otherAt = other.layout.valueStart(otherRow, other.columns[i]);
            if (at < 0 || otherAt < 0) {
                if (at != otherAt) {
                    return false;
                }
            } else if (!orders[i].equal(row, at, otherRow, otherAt)) {
                return false;
            }
        }
        return true;
    }

    public int compare(byte[] row, RowKey other, byte[] otherRow) {
        return comparePrefix(row, other, otherRow, columns.length);
    }

    /** Compares the first {@code count} columns only. */
    public int comparePrefix(byte[] row, RowKey other, byte[] otherRow, int count) {
        for (int i = 0; i < count; i++) {
            int at = layout.valueStart(row, columns[i]);
            int otherAt = other.layout.valueStart(otherRow, other.columns[i]);
            int result;
            if (at < 0 || otherAt < 0) {
                result = Boolean.compare(at < 0, otherAt < 0);
            } else {
                result = orders[i].compare(row, at, otherRow, otherAt);
            }
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    /**
     * Eight bytes of the first column that never contradict {@link #compare}: if {@code prefix(a) < prefix(b)} as
     * signed numbers, then a is before b; equal prefixes say nothing.
     */
    public long prefix(byte[] row) {
        int column = columns[0];
        int at = layout.valueStart(row, column);
        if (!layout.isNullable(column)) {
            return orders[0].prefix(row, at);
        }
        return at < 0 ? Long.MAX_VALUE : orders[0].prefix(row, at) >> 1;
    }

    static int mix(long value) {
        long h = value * 0x9E3779B97F4A7C15L;
        h ^= h >>> 32;
        h *= 0xD6E8FEB86659FD93L;
        return (int) (h ^ (h >>> 32));
    }
}
