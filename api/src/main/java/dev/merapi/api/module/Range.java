package dev.merapi.api.module;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of values of a column, for the filters of ordered indexes. Absent values (NULL) are in no range.
 *
 * @param lower the lower end, or null for none
 * @param lowerInclusive whether the lower end itself belongs to it
 * @param upper the upper end, or null for none
 * @param upperInclusive whether the upper end itself belongs to it
 * @param <T> the type of the values
 */
public record Range<T>(
        @Nullable T lower, boolean lowerInclusive, @Nullable T upper, boolean upperInclusive) {
    /** All values. */
    public static <T> Range<T> all() {
        return new Range<>(null, true, null, true);
    }

    /** {@code lower <= x}. */
    public static <T> Range<T> atLeast(T lower) {
        return new Range<>(lower, true, null, true);
    }

    /** {@code lower < x}. */
    public static <T> Range<T> greaterThan(T lower) {
        return new Range<>(lower, false, null, true);
    }

    /** {@code x <= upper}. */
    public static <T> Range<T> atMost(T upper) {
        return new Range<>(null, true, upper, true);
    }

    /** {@code x < upper}. */
    public static <T> Range<T> lessThan(T upper) {
        return new Range<>(null, true, upper, false);
    }

    /** {@code lower <= x <= upper}. */
    public static <T> Range<T> closed(T lower, T upper) {
        return new Range<>(lower, true, upper, true);
    }

    /** {@code lower < x < upper}. */
    public static <T> Range<T> open(T lower, T upper) {
        return new Range<>(lower, false, upper, false);
    }

    /** {@code lower <= x < upper}. */
    public static <T> Range<T> closedOpen(T lower, T upper) {
        return new Range<>(lower, true, upper, false);
    }

    /** {@code lower < x <= upper}. */
    public static <T> Range<T> openClosed(T lower, T upper) {
        return new Range<>(lower, false, upper, true);
    }
}
