package dev.merapi.api.module.spi;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.Bsatn;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.ScheduleAt;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values {@link BsatnWriter} and {@link BsatnReader} do not know by themselves, for generated codecs. */
public final class Values {
    private static final int EVERY = 0;
    private static final int AT = 1;

    private static final long HOURS_PER_DAY = 24;
    private static final long NANOS_PER_MICRO = 1000;

    private Values() {}

    // ---- integers in columns of another width or sign

    /**
     * Writes an integer to a column whose numbers are not those of its Java type.
     *
     * @throws CodedException VALUE_OUT_OF_RANGE
     */
    public static void putInteger(BsatnWriter out, ScalarType type, long value) {
        Bsatn.write(out, type, value);
    }

    /** Reads an integer of at most 64 bits; a u64 above the numbers of {@code long} is refused. */
    public static long getInteger(BsatnReader in, ScalarType type) {
        return switch (type) {
            case I8 -> in.getByte();
            case U8 -> in.getUnsignedByte();
            case I16 -> in.getShort();
            case U16 -> Short.toUnsignedLong(in.getShort());
            case I32 -> in.getInt();
            case U32 -> Integer.toUnsignedLong(in.getInt());
            default -> in.getLong();
        };
    }

    /** Writes an integer of any width, and refuses one that does not fit: VALUE_OUT_OF_RANGE. */
    public static void putBigInteger(BsatnWriter out, ScalarType type, BigInteger value) {
        Bsatn.write(out, type, value);
    }

    public static BigInteger getBigInteger(BsatnReader in, ScalarType type) {
        return in.getBigInteger(type.fixedWidth(), type.isSignedInteger());
    }

    // ---- numbers, times and the like

    /** Writes a decimal with its own scale. */
    public static void putDecimal(BsatnWriter out, BigDecimal value) {
        Bsatn.write(out, DecimalType.UNCONSTRAINED, value);
    }

    /** Writes a decimal rounded to the scale, and refuses one with more digits: VALUE_OUT_OF_RANGE. */
    public static void putDecimal(BsatnWriter out, BigDecimal value, int precision, int scale) {
        Bsatn.write(out, new DecimalType(precision, scale), value);
    }

    public static BigDecimal getDecimal(BsatnReader in) {
        return (BigDecimal) Bsatn.read(in, DecimalType.UNCONSTRAINED);
    }

    public static void putDate(BsatnWriter out, LocalDate value) {
        Bsatn.write(out, ScalarType.DATE, value);
    }

    public static LocalDate getDate(BsatnReader in) {
        return LocalDate.ofEpochDay(in.getInt());
    }

    public static void putTime(BsatnWriter out, LocalTime value) {
        Bsatn.write(out, ScalarType.TIME, value);
    }

    public static LocalTime getTime(BsatnReader in) {
        return (LocalTime) Bsatn.read(in, ScalarType.TIME);
    }

    public static void putTimestamp(BsatnWriter out, LocalDateTime value) {
        Bsatn.write(out, ScalarType.TIMESTAMP, value);
    }

    public static LocalDateTime getTimestamp(BsatnReader in) {
        return (LocalDateTime) Bsatn.read(in, ScalarType.TIMESTAMP);
    }

    public static void putInstant(BsatnWriter out, Instant value) {
        out.putLong(Bsatn.micros(value));
    }

    public static Instant getInstant(BsatnReader in) {
        return Bsatn.instant(in.getLong());
    }

    public static void putInterval(BsatnWriter out, Interval value) {
        Bsatn.write(out, ScalarType.INTERVAL, value);
    }

    public static Interval getInterval(BsatnReader in) {
        return new Interval(in.getInt(), in.getInt(), in.getLong());
    }

    /** Writes a duration as an interval of microseconds alone. */
    public static void putDuration(BsatnWriter out, Duration value) {
        out.putInt(0).putInt(0).putLong(micros(value));
    }

    /** Reads an interval without months; a day of it counts as 24 hours. Months are refused: WRONG_VALUE_TYPE. */
    public static Duration getDuration(BsatnReader in) {
        Interval interval = getInterval(in);
        if (interval.months() != 0) {
            throw new CodedException(ErrorCode.WRONG_VALUE_TYPE, "an interval with months has no fixed duration")
                    .with("interval", interval)
                    .hint("declare the component as dev.merapi.api.value.Interval");
        }
        return duration(interval.micros()).plusHours(interval.days() * HOURS_PER_DAY);
    }

    public static void putUuid(BsatnWriter out, UUID value) {
        out.putLong(value.getLeastSignificantBits()).putLong(value.getMostSignificantBits());
    }

    public static UUID getUuid(BsatnReader in) {
        long least = in.getLong();
        return new UUID(in.getLong(), least);
    }

    public static void putJson(BsatnWriter out, Json value) {
        out.putString(value.text());
    }

    public static Json getJson(BsatnReader in) {
        return new Json(in.getString());
    }

    public static void putScheduleAt(BsatnWriter out, ScheduleAt value) {
        switch (value) {
            case ScheduleAt.Every every -> out.putByte(EVERY).putLong(micros(every.interval()));
            case ScheduleAt.At at -> out.putByte(AT).putLong(Bsatn.micros(at.time()));
        }
    }

    public static ScheduleAt getScheduleAt(BsatnReader in) {
        int tag = getTag(in, 2);
        return tag == EVERY ? ScheduleAt.every(duration(in.getLong())) : ScheduleAt.at(Bsatn.instant(in.getLong()));
    }

    // ---- lists and what may be absent

    /**
     * Reads the tag of a sum type.
     *
     * @throws CodedException MALFORMED_BSATN if it is not below the number of variants
     */
    public static int getTag(BsatnReader in, int variants) {
        int tag = in.getUnsignedByte();
        if (tag >= variants) {
            throw new CodedException(ErrorCode.MALFORMED_BSATN, "tag of a sum type is out of range")
                    .with("tag", tag)
                    .with("variants", variants);
        }
        return tag;
    }

    public static <T> void putNullable(BsatnWriter out, @Nullable T value, ValueWriter<T> writer) {
        if (value == null) {
            out.putByte(Bsatn.NONE);
        } else {
            writer.put(out.putByte(Bsatn.SOME), value);
        }
    }

    public static <T> @Nullable T getNullable(BsatnReader in, ValueReader<T> reader) {
        return getTag(in, 2) == Bsatn.SOME ? reader.get(in) : null;
    }

    public static <T> void putOptional(BsatnWriter out, Optional<T> value, ValueWriter<T> writer) {
        putNullable(out, value.orElse(null), writer);
    }

    public static <T> Optional<T> getOptional(BsatnReader in, ValueReader<T> reader) {
        return getTag(in, 2) == Bsatn.SOME ? Optional.of(reader.get(in)) : Optional.empty();
    }

    public static <T> void putList(BsatnWriter out, List<T> values, ValueWriter<T> writer) {
        out.putInt(values.size());
        for (T value : values) {
            writer.put(out, required(value, "element of a list"));
        }
    }

    public static <T> void putListOfNullable(BsatnWriter out, List<@Nullable T> values, ValueWriter<T> writer) {
        out.putInt(values.size());
        for (T value : values) {
            putNullable(out, value, writer);
        }
    }

    /** Reads a list that cannot be altered. Elements take at least a byte each. */
    public static <T> List<T> getList(BsatnReader in, ValueReader<T> reader) {
        int count = in.getCount(1);
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(reader.get(in));
        }
        return Collections.unmodifiableList(values);
    }

    /** Reads a list that cannot be altered and may hold nulls. */
    public static <T> List<@Nullable T> getListOfNullable(BsatnReader in, ValueReader<T> reader) {
        int count = in.getCount(1);
        List<@Nullable T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(getNullable(in, reader));
        }
        return Collections.unmodifiableList(values);
    }

    /**
     * Returns a value that has to be there.
     *
     * @throws CodedException NULL_NOT_ALLOWED, naming the column
     */
    public static <T> T required(@Nullable T value, String column) {
        if (value == null) {
            throw new CodedException(ErrorCode.NULL_NOT_ALLOWED, "a value is missing")
                    .with("column", column)
                    .hint("give one, or declare the component @Nullable");
        }
        return value;
    }

    private static long micros(Duration duration) {
        try {
            return Math.addExact(
                    Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / NANOS_PER_MICRO);
        } catch (ArithmeticException e) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "duration does not fit 64-bit microseconds")
                    .with("duration", duration)
                    .causedBy(e);
        }
    }

    private static Duration duration(long micros) {
        return Duration.ofSeconds(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * NANOS_PER_MICRO);
    }
}
