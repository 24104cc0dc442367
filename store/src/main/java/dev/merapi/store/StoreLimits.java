package dev.merapi.store;

/**
 * How large things may get in one database. Reaching a limit is refused with STORE_LIMIT, naming it.
 *
 * @param maxTables tables in the database; the catalog is copied with each schema change
 * @param maxColumns columns in a table; PostgreSQL's number
 * @param maxIndexes indexes in a table; each write pays for all of them
 * @param maxRowBytes length of one row in bytes; must fit into a frame on the wire and in the log
 * @param maxTransactionWrites row writes in one transaction, cascades included; each is kept until the commit
 */
public record StoreLimits(int maxTables, int maxColumns, int maxIndexes, int maxRowBytes, int maxTransactionWrites) {
    public static final StoreLimits DEFAULT = new StoreLimits(10_000, 1_600, 64, 16 << 20, 20_000_000);

    public StoreLimits {
        if (maxTables < 1 || maxColumns < 1 || maxIndexes < 1 || maxRowBytes < 1 || maxTransactionWrites < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
