package dev.merapi.api.value;

import java.math.BigInteger;

/**
 * A span of time as PostgreSQL keeps it: months, days and microseconds apart, because a month and a day have no fixed
 * length. Record equality compares the three parts; {@link #compareTo} and {@link #sameSpan} follow PostgreSQL, for
 * which a month counts as 30 days and a day as 24 hours.
 */
public record Interval(int months, int days, long micros) implements Comparable<Interval> {
    public static final Interval ZERO = new Interval(0, 0, 0);

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    public boolean sameSpan(Interval other) {
        return compareTo(other) == 0;
    }

    @Override
    public int compareTo(Interval other) {
        long dayDifference = wholeDays() - other.wholeDays();
        long micros1 = Math.floorMod(micros, MICROS_PER_DAY);
        long micros2 = Math.floorMod(other.micros, MICROS_PER_DAY);
        return dayDifference != 0 ? Long.signum(dayDifference) : Long.compare(micros1, micros2);
    }

    /** The span in microseconds with a month as 30 days; may exceed 64 bits. */
    public BigInteger spanMicros() {
        return BigInteger.valueOf(wholeDays())
                .multiply(BigInteger.valueOf(MICROS_PER_DAY))
                .add(BigInteger.valueOf(Math.floorMod(micros, MICROS_PER_DAY)));
    }

    /** A hash equal for all intervals of the same span. */
    int spanHash() {
        return Long.hashCode(wholeDays()) * 31 + Long.hashCode(Math.floorMod(micros, MICROS_PER_DAY));
    }

    /** Days with months as 30 days and full days of the microseconds moved over; cannot overflow. */
    long wholeDays() {
        return months * 30L + days + Math.floorDiv(micros, MICROS_PER_DAY);
    }
}
