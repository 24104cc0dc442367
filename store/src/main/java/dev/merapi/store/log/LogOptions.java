package dev.merapi.store.log;

import java.util.random.RandomGenerator;

/**
 * How a log is kept.
 *
 * @param segmentBytes a segment that has reached this length is followed by a new one, in bytes; history is dropped in
 *     units of segments. 4 KiB to 1 GiB
 * @param retention how much history to keep
 * @param onDamage what to do when confirmed data is missing
 * @param epochs where the ids of new epochs come from; two databases must not get the same
 */
public record LogOptions(int segmentBytes, Retention retention, OnDamage onDamage, RandomGenerator epochs) {
    private static final int MIN_SEGMENT_BYTES = 4 << 10;
    private static final int MAX_SEGMENT_BYTES = 1 << 30;
    private static final int DEFAULT_SEGMENT_BYTES = 64 << 20;

    /** What to do when the storage lacks something it has confirmed to hold. */
    public enum OnDamage {
        /** Refuse to open: a person has to look. */
        REFUSE,

        /**
         * Open with what can be recovered: the longest intact prefix of history. What cannot be used is set aside
         * under another name, and a new epoch begins, so that no client mistakes the new history for the old.
         */
        SALVAGE
    }

    public LogOptions {
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException("segmentBytes must be within " + MIN_SEGMENT_BYTES + " and "
                    + MAX_SEGMENT_BYTES + ": " + segmentBytes);
        }
    }

    /** Segments of 64 MiB, {@link Retention#DEFAULT}, damage refused. */
    public static LogOptions defaults(RandomGenerator epochs) {
        return new LogOptions(DEFAULT_SEGMENT_BYTES, Retention.DEFAULT, OnDamage.REFUSE, epochs);
    }

    public LogOptions withSegmentBytes(int newSegmentBytes) {
        return new LogOptions(newSegmentBytes, retention, onDamage, epochs);
    }

    public LogOptions withRetention(Retention newRetention) {
        return new LogOptions(segmentBytes, newRetention, onDamage, epochs);
    }

    public LogOptions withOnDamage(OnDamage newOnDamage) {
        return new LogOptions(segmentBytes, retention, newOnDamage, epochs);
    }
}
