package dev.merapi.query.live.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column between two bounds, made and read by its {@link RangeColumn}. Never empty. Immutable.
 *
 * <p>A bound is the rank of its value and, where the rank does not settle it, the value. Without a value the rank
 * is included. Loose bounds let values pass that the condition they come from may not.
 */
public final class Bounds {
    final long low;
    final long high;
    final byte @Nullable [] lower;
    final byte @Nullable [] upper;
    final boolean lowerIncluded;
    final boolean upperIncluded;
    final boolean loose;

    Bounds(
            long low,
            byte @Nullable [] lower,
            boolean lowerIncluded,
            long high,
            byte @Nullable [] upper,
            boolean upperIncluded,
            boolean loose) {
        this.low = low;
        this.lower = lower;
        this.lowerIncluded = lowerIncluded;
        this.high = high;
        this.upper = upper;
        this.upperIncluded = upperIncluded;
        this.loose = loose;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bounds that
                && low == that.low
                && high == that.high
                && lowerIncluded == that.lowerIncluded
                && upperIncluded == that.upperIncluded
                && loose == that.loose
                && Arrays.equals(lower, that.lower)
                && Arrays.equals(upper, that.upper);
    }

    @Override
    public int hashCode() {
        int ranks = 31 * Long.hashCode(low) + Long.hashCode(high);
        return 31 * (31 * ranks + Arrays.hashCode(lower)) + Arrays.hashCode(upper);
    }
}
