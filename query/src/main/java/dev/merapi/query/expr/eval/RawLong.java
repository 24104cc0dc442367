package dev.merapi.query.expr.eval;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.Bsatn;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * The number that stands for a value in a stored row: what {@link dev.merapi.query.expr.row.Row#getLong} would give.
 */
public final class RawLong {
    private RawLong() {}

    /** Whether values of the type compare as their numbers do; unsigned 64-bit integers would not. */
    public static boolean isOrdered(ColumnType type) {
        return type instanceof ScalarType scalar && scalar.isLongCompatible() && scalar != ScalarType.U64;
    }

    public static long of(Object value) {
        return switch (value) {
            case Long number -> number;
            case Integer number -> number;
            case Short number -> number;
            case Byte number -> number;
            case BigInteger number -> number.longValue();
            case LocalDate date -> date.toEpochDay();
            case LocalTime time -> time.toNanoOfDay() / 1000;
            case LocalDateTime time -> Bsatn.micros(time.toInstant(ZoneOffset.UTC));
            case Instant instant -> Bsatn.micros(instant);
            default -> throw new IllegalArgumentException("not a number or time: " + value.getClass());
        };
    }
}
