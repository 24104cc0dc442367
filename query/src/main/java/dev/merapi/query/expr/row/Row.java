package dev.merapi.query.expr.row;

import org.jspecify.annotations.Nullable;

/**
 * A row an expression is evaluated on. Where its values lie is its own business: in the bytes of a stored row, in an
 * array, in two rows side by side.
 *
 * <p>A row may be a view that its producer moves on; {@link #keep} gives one that stays. Used by one thread.
 */
public interface Row {
    /** The number of columns. */
    int size();

    /** A value as the Java class of its type, null for NULL. */
    @Nullable
    Object get(int column);

    boolean isNull(int column);

    /**
     * The value of an integer column of at most 64 bits (unsigned 64 bits as the same bit pattern), or the days or
     * microseconds of a date, time or timestamp. The column must not be NULL.
     */
    long getLong(int column);

    /** The value of a floating point column, which must not be NULL. */
    double getDouble(int column);

    /** The value of a boolean column, which must not be NULL. */
    boolean getBoolean(int column);

    /** This row for as long as one likes; itself if it never changes. */
    Row keep();

    /** All values, in an array of the caller's own. */
    default @Nullable Object[] toArray() {
        @Nullable Object[] values = new @Nullable Object[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }
}
