package dev.merapi.store;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of an ordered index. Bounds are rows made of the first columns of the index's key type; they are compared
 * over those columns only, so the range from (5) to (5), both inclusive, of an index on (a, b) holds every row with
 * a = 5. NULL is above all values here, as the index sorts it.
 *
 * @param lower the low bound, or null for none
 * @param lowerColumns the number of columns in {@code lower}
 * @param upper the high bound, or null for none
 * @param upperColumns the number of columns in {@code upper}
 */
public record IndexRange(
        byte @Nullable [] lower,
        int lowerColumns,
        boolean lowerInclusive,
        byte @Nullable [] upper,
        int upperColumns,
        boolean upperInclusive) {
    private static final IndexRange ALL = new IndexRange(null, 0, true, null, 0, true);

    /** The whole index. */
    public static IndexRange all() {
        return ALL;
    }

    /** The rows whose first {@code columns} key columns have these values. */
    public static IndexRange equal(byte[] prefix, int columns) {
        return new IndexRange(prefix, columns, true, prefix, columns, true);
    }

    /** The rows at or (if not inclusive) above a bound; upwards without end, NULLs included. */
    public static IndexRange from(byte[] lower, int columns, boolean inclusive) {
        return new IndexRange(lower, columns, inclusive, null, 0, true);
    }

    /** The rows at or (if not inclusive) below a bound. */
    public static IndexRange to(byte[] upper, int columns, boolean inclusive) {
        return new IndexRange(null, 0, true, upper, columns, inclusive);
    }

    /** This range with another high bound. */
    public IndexRange upTo(byte[] newUpper, int columns, boolean inclusive) {
        return new IndexRange(lower, lowerColumns, lowerInclusive, newUpper, columns, inclusive);
    }
}
