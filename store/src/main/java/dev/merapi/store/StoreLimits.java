package dev.merapi.store;

/**
 * How large things may get in one database. Reaching a limit is refused with STORE_LIMIT, naming it.
 *
 * @param maxTables tables in the database; the catalog is copied with each schema change
 * @param maxColumns columns in a table; PostgreSQL's number
 * @param maxIndexes indexes in a table; each write pays for all of them
 * @param maxRowBytes length of one row in bytes; must fit into a frame on the wire and in the log
 * @param maxTransactionWrites row writes in one transaction, cascades included; each is kept until the commit
 * @param maxTransactionBytes length of the images before and after all row writes of one transaction, in bytes; they
 *     become one commit, which the log must be able to take
 */
public record StoreLimits(
        int maxTables,
        int maxColumns,
        int maxIndexes,
        int maxRowBytes,
        int maxTransactionWrites,
        long maxTransactionBytes) {
    /** A bit of a {@code long} stands for each index of a table. */
    private static final int MAX_INDEXES = 64;
    /** Policies of a table: each statement that reads it plans them, in the worst case all in one condition. */
    public static final int MAX_POLICIES = 256;

    /** A quarter of what the log takes in one commit: the rest is for row ids, lengths and the schema. */
    private static final long DEFAULT_TRANSACTION_BYTES = 256L << 20;

    public static final StoreLimits DEFAULT =
            new StoreLimits(10_000, 1_600, MAX_INDEXES, 16 << 20, 20_000_000, DEFAULT_TRANSACTION_BYTES);

    public StoreLimits {
        if (maxTables < 1 || maxColumns < 1 || maxIndexes < 1 || maxRowBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (maxIndexes > MAX_INDEXES) {
            throw new IllegalArgumentException("maxIndexes must be at most " + MAX_INDEXES + ": " + maxIndexes);
        }
        if (maxTransactionWrites < 1
                || maxTransactionBytes < 1
                || maxTransactionBytes > 3 * DEFAULT_TRANSACTION_BYTES) {
            throw new IllegalArgumentException("transaction limits must be positive, and maxTransactionBytes at most "
                    + 3 * DEFAULT_TRANSACTION_BYTES);
        }
    }
}
