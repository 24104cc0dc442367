package dev.merapi.store.log;

import java.time.Duration;

/**
 * How much history to keep for clients that resume. Segments go as a whole, oldest first, once the log is larger or
 * they are older than said; never one that a kept checkpoint still needs to recover.
 *
 * @param maxBytes the size of all segments together, in bytes
 * @param maxAge the age of the newest commit in a segment, measured from the newest commit of the log: no clock is
 *     read, so a clock that jumps can shorten the history kept but never lose a commit
 */
public record Retention(long maxBytes, Duration maxAge) {
    /** 4 GiB or seven days, whichever is reached first. */
    public static final Retention DEFAULT = new Retention(4L << 30, Duration.ofDays(7));

    public Retention {
        if (maxBytes < 0 || maxAge.isNegative()) {
            throw new IllegalArgumentException("retention must not be negative: " + maxBytes + ", " + maxAge);
        }
    }

    long maxAgeMicros() {
        return maxAge.compareTo(Duration.ofDays(365_000)) > 0 ? Long.MAX_VALUE : maxAge.toNanos() / 1_000;
    }
}
