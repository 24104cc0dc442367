package dev.merapi.api.module.spi;

import org.jspecify.annotations.Nullable;

/**
 * The tables of a module as its handles see them, during the call that is running. Implemented by the host on the open
 * transaction; belongs to the transaction's thread.
 *
 * <p>Tables and indexes are named by their numbers in {@link ModuleDescriptor#tables} and {@link
 * TableDescriptor#indexes}. A key is the bytes of the index's columns in its order, each an option where its column is
 * nullable; a {@code long} key is the number in an index of a single column that is not nullable and of an integer,
 * date or time type of at most 64 bits (unsigned ones as the number itself, except that a u64 is its bits). Arrays that
 * are handed over, either way, are not altered afterwards.
 *
 * <p>Writes are checked at once and throw {@link dev.merapi.api.error.CodedException}: UNIQUE_VIOLATION, STORE_LIMIT,
 * MALFORMED_BSATN and so on, and WRITE_IN_QUERY in a view; a write that throws has changed nothing. Rows that are
 * walked are those of the moment the walk began.
 */
public interface RowStore {
    /**
     * Inserts a row, numbering it where an auto-increment column holds 0.
     *
     * @return the row as stored: the same array, or one with the numbers in it
     */
    byte[] insert(int table, byte[] row);

    /**
     * Replaces the row that has this row's primary key.
     *
     * @return the row as stored
     * @throws dev.merapi.api.error.CodedException ROW_NOT_FOUND if there is none
     */
    byte[] update(int table, byte[] row);

    /** Replaces the row that has this row's primary key or, if there is none, inserts it as {@link #insert} does. */
    byte[] upsert(int table, byte[] row);

    /** Deletes a row that equals this one in all columns; returns whether there was one. */
    boolean delete(int table, byte[] row);

    /** Deletes the rows with this key; returns how many there were. */
    long delete(int table, int index, byte[] key);

    /** The same for a {@code long} key. */
    long delete(int table, int index, long key);

    /** Deletes the rows of a stretch of an ordered index; returns how many there were. */
    long delete(int table, int index, KeyRange range);

    /** Deletes all rows; returns how many there were. */
    long clear(int table);

    /** How many rows there are. */
    long count(int table);

    /** All rows in the order in which they were inserted. */
    Walk rows(int table);

    /** The row with this key in a unique index, or null. */
    byte @Nullable [] find(int table, int index, byte[] key);

    /** The same for a {@code long} key; allocates nothing but, where it must, the row. */
    byte @Nullable [] find(int table, int index, long key);

    /** The rows with this key. */
    Walk lookup(int table, int index, byte[] key);

    /** The same for a {@code long} key. */
    Walk lookup(int table, int index, long key);

    /** The rows of a stretch of an ordered index, in its order. */
    Walk range(int table, int index, KeyRange range);

    /** A walk over rows. */
    @FunctionalInterface
    interface Walk {
        /** The next row, or null when there is none. */
        byte @Nullable [] next();
    }
}
