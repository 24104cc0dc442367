package dev.merapi.api.module;

/**
 * The rows of one table, during one call. Handles are generated: {@code ctx.db().user()} is a {@code UserTable}, which
 * adds an accessor for each key and index. For use on the thread of the call alone.
 *
 * <p>Writes are checked at once: UNIQUE_VIOLATION and the like are thrown as {@link
 * dev.merapi.api.error.CodedException}, and a write that throws has changed nothing.
 *
 * @param <R> the record of a row
 */
public interface TableHandle<R> {
    /**
     * Inserts a row and returns it as stored: numbered, where a column is {@link AutoInc}, times cut to microseconds,
     * decimals rounded to their scale.
     */
    R insert(R row);

    /**
     * Deletes a row that equals this one in all columns; one of them, where a table without keys holds several.
     *
     * @return whether there was one
     */
    boolean delete(R row);

    /** How many rows there are. */
    long count();

    /** All rows, in the order in which they were inserted. */
    Rows<R> iterate();

    /**
     * Deletes all rows.
     *
     * @return how many there were
     */
    long clear();
}
