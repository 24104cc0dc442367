package dev.merapi.query.live.index;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.eval.RawLong;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column whose values lie between bounds, in SQL's order of its type.
 *
 * <p>Each value has a rank: if one value is below another, its rank is not above the other's. For integers and times
 * the rank is the value, and bounds are brought to the form in which both are included; for other types equal ranks
 * leave it to the values. Immutable.
 */
public final class RangeColumn {
    private final RowLayout table;
    private final int column;
    private final boolean exact;
    private final boolean bytes;
    private final RowKey ofRow;
    private final RowLayout boundLayout;
    private final RowKey ofBound;

    public RangeColumn(RowLayout table, int column) {
        this.table = table;
        this.column = column;
        Column declared = table.type().column(column);
        ColumnType base = KeyColumns.withoutSize(declared.type());
        this.exact = RawLong.isOrdered(base);
        this.bytes = base == ScalarType.TEXT || base == ScalarType.BYTES;
        this.ofRow = new RowKey(table, column);
        this.boundLayout = RowLayout.of(new RowType(List.of(new Column(declared.name(), base, declared.nullable()))));
        this.ofBound = new RowKey(boundLayout, 0);
    }

    public int column() {
        return column;
    }

    /**
     * The values between two; null for none.
     *
     * @param lower null for no lower bound
     * @param upper null for no upper bound
     */
    public @Nullable Bounds between(
            @Nullable Object lower, boolean lowerIncluded, @Nullable Object upper, boolean upperIncluded) {
        return exact
                ? betweenNumbers(lower, lowerIncluded, upper, upperIncluded)
                : betweenValues(encode(lower), lowerIncluded, encode(upper), upperIncluded);
    }

    private static @Nullable Bounds betweenNumbers(
            @Nullable Object lower, boolean lowerIncluded, @Nullable Object upper, boolean upperIncluded) {
        long low = lower == null ? Long.MIN_VALUE : RawLong.of(lower);
        long high = upper == null ? Long.MAX_VALUE : RawLong.of(upper);
        boolean nothingAbove = lower != null && !lowerIncluded && low == Long.MAX_VALUE;
        boolean nothingBelow = upper != null && !upperIncluded && high == Long.MIN_VALUE;
        if (nothingAbove || nothingBelow) {
            return null;
        }
        low += lower == null || lowerIncluded ? 0 : 1;
        high -= upper == null || upperIncluded ? 0 : 1;
        return low > high ? null : new Bounds(low, null, true, high, null, true, false);
    }

    private byte @Nullable [] encode(@Nullable Object value) {
        return value == null ? null : boundLayout.encode(value);
    }

    private @Nullable Bounds betweenValues(
            byte @Nullable [] lower, boolean lowerIncluded, byte @Nullable [] upper, boolean upperIncluded) {
        if (lower != null && upper != null) {
            int order = ofBound.compare(lower, ofBound, upper);
            if (order > 0 || (order == 0 && !(lowerIncluded && upperIncluded))) {
                return null;
            }
        }
        return new Bounds(
                lower == null ? Long.MIN_VALUE : ofBound.prefix(lower),
                lower,
                lower == null || lowerIncluded,
                upper == null ? Long.MAX_VALUE : ofBound.prefix(upper),
                upper,
                upper == null || upperIncluded,
                false);
    }

    /**
     * The texts that start with one: those from it up to the same with its last byte raised, which no text has.
     *
     * @param loose whether the condition wants more of them than that they start so
     */
    public Bounds startingWith(String prefix, boolean loose) {
        byte[] lower = boundLayout.encode(prefix);
        byte @Nullable [] upper = null;
        if (!prefix.isEmpty()) {
            // UTF-8 has no byte 255, so there is a next one; that the bytes are no text does not matter to the order.
            upper = lower.clone();
            upper[upper.length - 1]++;
        }
        long high = upper == null ? Long.MAX_VALUE : ofBound.prefix(upper);
        return new Bounds(ofBound.prefix(lower), lower, true, high, upper, upper == null, loose);
    }

    /** Whether the row has NULL there, which lies between no bounds. */
    boolean isNull(byte[] row) {
        return table.isNull(row, column);
    }

    /** The rank of the value in a row that is not NULL. */
    long rank(byte[] row) {
        return exact ? table.getLong(row, column) : ofRow.prefix(row);
    }

    /** Whether a row lies between bounds. */
    boolean contains(Bounds bounds, byte[] row) {
        if (isNull(row)) {
            return false;
        }
        long rank = rank(row);
        return (rank > bounds.low || (rank == bounds.low && tieIsAboveLower(bounds, row)))
                && (rank < bounds.high || (rank == bounds.high && tieIsBelowUpper(bounds, row)));
    }

    /** Whether a row's value of the same rank as the lower bound is not cut off by it. */
    boolean tieIsAboveLower(Bounds bounds, byte[] row) {
        if (exact || bounds.lower == null) {
            return true;
        }
        int order = ofRow.compare(row, ofBound, bounds.lower);
        return bounds.lowerIncluded ? order >= 0 : order > 0;
    }

    /** Whether a row's value of the same rank as the upper bound is not cut off by it. */
    boolean tieIsBelowUpper(Bounds bounds, byte[] row) {
        if (exact || bounds.upper == null) {
            return true;
        }
        int order = ofRow.compare(row, ofBound, bounds.upper);
        return bounds.upperIncluded ? order <= 0 : order < 0;
    }

    /**
     * How many leading bytes the texts between bounds have in common; 0 for other types, and when a bound is missing.
     */
    int shared(Bounds first, Bounds last) {
        return bytes && first.lower != null && last.upper != null ? shared(first.lower, last.upper) : 0;
    }

    /** How many leading bytes two lower bounds have in common, if that is less than {@code most}. */
    int shared(Bounds one, Bounds other, int most) {
        if (most == 0) {
            return 0;
        }
        return one.lower != null && other.lower != null ? Math.min(most, shared(one.lower, other.lower)) : 0;
    }

    private int shared(byte[] one, byte[] other) {
        int from = boundLayout.valueStart(one, 0) + Integer.BYTES;
        int length = Arrays.mismatch(one, from, one.length, other, from, other.length);
        return length < 0 ? one.length - from : length;
    }

    /** Whether a row's text starts with so many bytes of a lower bound. */
    boolean startsWith(byte[] row, Bounds bounds, int length) {
        byte[] lower = bounds.lower;
        if (lower == null) {
            return false;
        }
        int from = table.valueStart(row, column) + Integer.BYTES;
        int end = table.end(row, column);
        int fromLower = boundLayout.valueStart(lower, 0) + Integer.BYTES;
        return end - from >= length && Arrays.equals(row, from, from + length, lower, fromLower, fromLower + length);
    }

    /** The rank of a row's value behind leading bytes that are skipped. */
    long rank(byte[] row, int skip) {
        if (skip == 0) {
            return rank(row);
        }
        return rankOfBytes(row, table.valueStart(row, column) + Integer.BYTES + skip, table.end(row, column));
    }

    /** The rank of a lower bound behind leading bytes that are skipped. */
    long low(Bounds bounds, int skip) {
        return skip == 0 || bounds.lower == null ? bounds.low : rankOfBound(bounds.lower, skip);
    }

    /** The rank of an upper bound behind leading bytes that are skipped. */
    long high(Bounds bounds, int skip) {
        return skip == 0 || bounds.upper == null ? bounds.high : rankOfBound(bounds.upper, skip);
    }

    private long rankOfBound(byte[] bound, int skip) {
        return rankOfBytes(bound, boundLayout.valueStart(bound, 0) + Integer.BYTES + skip, bound.length);
    }

    private static long rankOfBytes(byte[] from, int start, int end) {
        long rank = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            rank = rank << Byte.SIZE | (start + i < end ? from[start + i] & 0xff : 0);
        }
        return rank ^ Long.MIN_VALUE;
    }

    /** Orders bounds by where they begin. */
    int compareLower(Bounds one, Bounds other) {
        int order = Long.compare(one.low, other.low);
        if (order != 0 || exact) {
            return order;
        }
        order = compareValues(one.lower, other.lower, -1);
        return order != 0 ? order : -Boolean.compare(one.lowerIncluded, other.lowerIncluded);
    }

    /** Orders bounds by where they end. */
    int compareUpper(Bounds one, Bounds other) {
        int order = Long.compare(one.high, other.high);
        if (order != 0 || exact) {
            return order;
        }
        order = compareValues(one.upper, other.upper, 1);
        return order != 0 ? order : Boolean.compare(one.upperIncluded, other.upperIncluded);
    }

    /** The order of two bounds' values; {@code missing} is the order of one that is missing to one that is not. */
    private int compareValues(byte @Nullable [] one, byte @Nullable [] other, int missing) {
        if (one == null || other == null) {
            return one != null ? -missing : other != null ? missing : 0;
        }
        return ofBound.compare(one, ofBound, other);
    }
}
