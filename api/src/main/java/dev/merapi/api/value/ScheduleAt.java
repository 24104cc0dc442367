package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a scheduled function runs: again and again after each span of time, or once at an instant. Kept to the
 * microsecond, in the bytes of SpacetimeDB: a tag (0 for {@link Every}, 1 for {@link At}) and eight bytes of
 * microseconds.
 */
public sealed interface ScheduleAt {
    /** Again and again; the first time one span after the row was inserted. */
    record Every(Duration interval) implements ScheduleAt {
        /** Refuses a span that is not positive, or more than 292,000 years. */
        public Every {
            if (interval.compareTo(MICROSECOND) < 0 || interval.compareTo(LONGEST) > 0) {
                throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "a schedule needs a positive interval")
                        .with("interval", interval)
                        .hint("at least a microsecond");
            }
        }
    }

    /** Once. */
    record At(Instant time) implements ScheduleAt {}

    /** Its column type: microseconds in a variant, an instant in the other. */
    SumType TYPE = new SumType(
            "schedule_at",
            List.of(
                    SumType.Variant.of("Interval", ScalarType.I64),
                    SumType.Variant.of("Time", ScalarType.TIMESTAMPTZ)));

    /** The shortest interval. */
    Duration MICROSECOND = Duration.ofNanos(1000);

    /** The longest interval: as many microseconds as eight bytes hold. */
    Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE / 1_000_000);

    /** Runs again and again. */
    static ScheduleAt every(Duration interval) {
        return new Every(interval);
    }

    /** Runs once. */
    static ScheduleAt at(Instant time) {
        return new At(time);
    }
}
