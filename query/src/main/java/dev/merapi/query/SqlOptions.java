package dev.merapi.query;

/**
 * The limits of an {@link SqlEngine}. Reaching one is refused with a code that names it.
 *
 * @param maxResultRows rows of one result; they are in memory as a whole before the first is sent
 * @param maxHeldRows rows that the joins, sorts and groups of one statement may hold at a time: about 100 bytes each
 * @param planCacheChars characters of SQL whose plans are kept; a plan takes some ten to fifty times its text
 */
public record SqlOptions(int maxResultRows, long maxHeldRows, int planCacheChars) {
    public static final SqlOptions DEFAULT = new SqlOptions(1_000_000, 10_000_000, 1 << 20);

    public SqlOptions {
        if (maxResultRows < 1 || maxHeldRows < 1 || planCacheChars < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** The same with another limit of result rows. */
    public SqlOptions withMaxResultRows(int rows) {
        return new SqlOptions(rows, maxHeldRows, planCacheChars);
    }
}
