package dev.merapi.query.expr.row;

import dev.merapi.query.expr.value.ValueForms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row in an array, which nobody changes; equal to another when all values look the same. */
public final class ArrayRow implements Row {
    /** The row of no columns. */
    public static final ArrayRow EMPTY = new ArrayRow();

    private final @Nullable Object[] values;
    private int hash;

    /** Takes over the array. */
    public ArrayRow(@Nullable Object... values) {
        this.values = values;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object get(int column) {
        return values[column];
    }

    @Override
    public boolean isNull(int column) {
        return values[column] == null;
    }

    @Override
    public long getLong(int column) {
        return raw(required(column));
    }

    @Override
    public double getDouble(int column) {
        return ((Number) required(column)).doubleValue();
    }

    @Override
    public boolean getBoolean(int column) {
        return (Boolean) required(column);
    }

    @Override
    public Row keep() {
        return this;
    }

    @Override
    public @Nullable Object[] toArray() {
        return values.clone();
    }

    private Object required(int column) {
        Object value = values[column];
        if (value == null) {
            throw new IllegalStateException("column " + column + " is NULL");
        }
        return value;
    }

    /** The number that stands for a value in {@link Row#getLong}. */
    public static long raw(Object value) {
        return switch (value) {
            case Number number -> number.longValue();
            case LocalDate date -> date.toEpochDay();
            case LocalTime time -> time.toNanoOfDay() / 1000;
            case LocalDateTime timestamp ->
                ChronoUnit.MICROS.between(Instant.EPOCH, timestamp.toInstant(ZoneOffset.UTC));
            case Instant instant -> ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            default -> throw new IllegalArgumentException("not an integer, date or time: " + value.getClass());
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof ArrayRow row) || row.values.length != values.length || row.hashCode() != hashCode()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (!ValueForms.same(values[i], row.values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            for (Object value : values) {
                known = 31 * known + ValueForms.hash(value);
            }
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
