package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Single values to BSATN and back.
 *
 * <table>
 * <caption>Types, Java values and bytes (all little-endian)</caption>
 * <tr><th>type</th><th>Java value</th><th>bytes</th></tr>
 * <tr><td>BOOL</td><td>Boolean</td><td>1: 0 or 1</td></tr>
 * <tr><td>I8 I16 I32 I64</td><td>Byte Short Integer Long</td><td>1 2 4 8, two's complement</td></tr>
 * <tr><td>U8 U16 U32</td><td>Short Integer Long</td><td>1 2 4</td></tr>
 * <tr><td>U64 U128 U256 I128 I256</td><td>BigInteger</td><td>8 16 32 16 32</td></tr>
 * <tr><td>F32 F64</td><td>Float Double</td><td>4 8, IEEE 754</td></tr>
 * <tr><td>numeric</td><td>BigDecimal</td><td>u16 scale, u32 length, two's complement of the unscaled value</td></tr>
 * <tr><td>TEXT varchar JSON</td><td>String String Json</td><td>u32 length, UTF-8</td></tr>
 * <tr><td>BYTES</td><td>byte[]</td><td>u32 length, bytes</td></tr>
 * <tr><td>DATE</td><td>LocalDate</td><td>i32 days since 1970-01-01</td></tr>
 * <tr><td>TIME</td><td>LocalTime</td><td>i64 microseconds of the day</td></tr>
 * <tr><td>TIMESTAMP TIMESTAMPTZ</td><td>LocalDateTime Instant</td><td>i64 microseconds since 1970-01-01</td></tr>
 * <tr><td>UUID</td><td>UUID</td><td>16: the canonical bytes reversed</td></tr>
 * <tr><td>INTERVAL</td><td>Interval</td><td>i32 months, i32 days, i64 microseconds</td></tr>
 * <tr><td>IDENTITY CONNECTION_ID</td><td>Identity ConnectionId</td><td>32 16, the least significant first</td></tr>
 * <tr><td>array</td><td>List</td><td>u32 count, elements; each an option where elements may be NULL</td></tr>
 * <tr><td>record</td><td>RecordValue</td><td>the fields one after another, each as a column of a row</td></tr>
 * <tr><td>sum</td><td>SumValue</td><td>u8 tag, the payload of its variant</td></tr>
 * </table>
 *
 * <p>A nullable column is an option: tag 0 and the value, or tag 1 alone for NULL. A row is its columns one after
 * another. Layouts shared with SpacetimeDB's BSATN are equal to it byte for byte.
 */
public final class Bsatn {
    /** Option tag in front of a value that is there. */
    public static final byte SOME = 0;
    /** Option tag of NULL. */
    public static final byte NONE = 1;

    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

    private Bsatn() {}

    /** Writes a value of a nullable place: tag, then the value unless it is null. */
    public static void writeOption(BsatnWriter out, ColumnType type, @Nullable Object value) {
        if (value == null) {
            out.putByte(NONE);
        } else {
            out.putByte(SOME);
            write(out, type, value);
        }
    }

    /** Writes the value of a place that may or may not be NULL. */
    static void writePlace(BsatnWriter out, ColumnType type, boolean nullable, @Nullable Object value) {
        if (nullable) {
            writeOption(out, type, value);
        } else if (value == null) {
            throw new CodedException(ErrorCode.NULL_NOT_ALLOWED, "NULL in a place that does not allow it")
                    .with("type", type.sqlName())
                    .hint("give a value, or make the place nullable");
        } else {
            write(out, type, value);
        }
    }

    public static @Nullable Object readOption(BsatnReader in, ColumnType type) {
        return readTag(in) ? read(in, type) : null;
    }

    /** Whether a value follows. */
    static boolean readTag(BsatnReader in) {
        int tag = in.getUnsignedByte();
        return switch (tag) {
            case SOME -> true;
            case NONE -> false;
            default ->
                throw new CodedException(ErrorCode.MALFORMED_BSATN, "option tag is neither 0 nor 1").with("tag", tag);
        };
    }

    /**
     * Writes one value. Integer types take any Java integer that fits; all others take exactly the class of the table.
     *
     * @throws CodedException WRONG_VALUE_TYPE, VALUE_OUT_OF_RANGE, INVALID_VALUE
     */
    public static void write(BsatnWriter out, ColumnType type, Object value) {
        switch (type) {
            case ScalarType scalar -> writeScalar(out, scalar, value);
            case DecimalType decimal -> writeDecimal(out, decimal, cast(type, value, BigDecimal.class));
            case VarcharType varchar -> out.putString(cast(type, value, String.class));
            case ArrayType array -> writeArray(out, array, cast(type, value, List.class));
            case RecordType record -> out.putRaw(requireType(record, cast(type, value, RecordValue.class)));
            case SumType sum -> out.putRaw(requireType(sum, cast(type, value, SumValue.class)));
        }
    }

    public static Object read(BsatnReader in, ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> readScalar(in, scalar);
            case DecimalType decimal -> readDecimal(in);
            case VarcharType varchar -> in.getString();
            case ArrayType array -> readArray(in, array);
            case RecordType record -> RecordValue.trusted(record, readBytes(in, record));
            case SumType sum -> SumValue.trusted(sum, readBytes(in, sum));
        };
    }

    /** Microseconds since the epoch of an instant; finer digits are cut off. */
    public static long micros(Instant instant) {
        return micros(instant.getEpochSecond(), instant.getNano());
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
    }

    private static void writeScalar(BsatnWriter out, ScalarType type, Object value) {
        switch (type) {
            case BOOL -> out.putBoolean(cast(type, value, Boolean.class));
            case I8, I16, I32, I64, U8, U16, U32 -> writeInteger(out, type, integer(type, value));
            case U64, I128, I256, U128, U256 -> out.putBigInteger(bigInteger(type, value), type.fixedWidth());
            case F32 -> out.putFloat(cast(type, value, Float.class));
            case F64 -> out.putDouble(cast(type, value, Double.class));
            case TEXT -> out.putString(cast(type, value, String.class));
            case BYTES -> out.putBytes(cast(type, value, byte[].class));
            case DATE -> out.putInt(days(cast(type, value, LocalDate.class)));
            case TIME -> out.putLong(cast(type, value, LocalTime.class).toNanoOfDay() / 1000);
            case TIMESTAMP -> {
                LocalDateTime time = cast(type, value, LocalDateTime.class);
                out.putLong(micros(time.toInstant(ZoneOffset.UTC)));
            }
            case TIMESTAMPTZ -> out.putLong(micros(cast(type, value, Instant.class)));
            case UUID -> {
                java.util.UUID uuid = cast(type, value, java.util.UUID.class);
                out.putLong(uuid.getLeastSignificantBits()).putLong(uuid.getMostSignificantBits());
            }
            case JSON -> out.putString(cast(type, value, Json.class).text());
            case INTERVAL -> {
                Interval interval = cast(type, value, Interval.class);
                out.putInt(interval.months()).putInt(interval.days()).putLong(interval.micros());
            }
            case IDENTITY -> out.putIdentity(cast(type, value, Identity.class));
            case CONNECTION_ID -> out.putConnectionId(cast(type, value, ConnectionId.class));
        }
    }

    private static Object readScalar(BsatnReader in, ScalarType type) {
        return switch (type) {
            case BOOL -> in.getBoolean();
            case I8 -> in.getByte();
            case I16 -> in.getShort();
            case I32 -> in.getInt();
            case I64 -> in.getLong();
            case U8 -> (short) in.getUnsignedByte();
            case U16 -> Short.toUnsignedInt(in.getShort());
            case U32 -> Integer.toUnsignedLong(in.getInt());
            case U64, U128, U256 -> in.getBigInteger(type.fixedWidth(), false);
            case I128, I256 -> in.getBigInteger(type.fixedWidth(), true);
            case F32 -> in.getFloat();
            case F64 -> in.getDouble();
            case TEXT -> in.getString();
            case BYTES -> in.getBytes();
            case DATE -> LocalDate.ofEpochDay(in.getInt());
            case TIME -> time(in.getLong());
            case TIMESTAMP -> LocalDateTime.ofInstant(instant(in.getLong()), ZoneOffset.UTC);
            case TIMESTAMPTZ -> instant(in.getLong());
            case UUID -> {
                long least = in.getLong();
                yield new java.util.UUID(in.getLong(), least);
            }
            case JSON -> new Json(in.getString());
            case INTERVAL -> new Interval(in.getInt(), in.getInt(), in.getLong());
            case IDENTITY -> in.getIdentity();
            case CONNECTION_ID -> in.getConnectionId();
        };
    }

    private static void writeInteger(BsatnWriter out, ScalarType type, long value) {
        int bits = type.fixedWidth() * 8;
        boolean fits = type.isSignedInteger()
                ? bits == 64 || (value >= -(1L << (bits - 1)) && value < 1L << (bits - 1))
                : value >= 0 && value < 1L << bits;
        if (!fits) {
            throw outOfRange(type, value);
        }
        switch (type.fixedWidth()) {
            case 1 -> out.putByte((int) value);
            case 2 -> out.putShort((int) value);
            case 4 -> out.putInt((int) value);
            default -> out.putLong(value);
        }
    }

    private static long integer(ScalarType type, Object value) {
        return switch (value) {
            case Byte b -> b;
            case Short s -> s;
            case Integer i -> i;
            case Long l -> l;
            case BigInteger big -> {
                if (big.bitLength() > 63) {
                    throw outOfRange(type, big);
                }
                yield big.longValue();
            }
            default -> throw wrongType(type, value);
        };
    }

    private static BigInteger bigInteger(ScalarType type, Object value) {
        BigInteger big = value instanceof BigInteger b ? b : BigInteger.valueOf(integer(type, value));
        int bits = type.fixedWidth() * 8;
        boolean fits = type.isSignedInteger() ? big.bitLength() < bits : big.signum() >= 0 && big.bitLength() <= bits;
        if (!fits) {
            throw outOfRange(type, big);
        }
        return big;
    }

    private static void writeDecimal(BsatnWriter out, DecimalType type, BigDecimal value) {
        BigDecimal scaled = value;
        if (type.isConstrained()) {
            scaled = value.setScale(type.scale(), java.math.RoundingMode.HALF_UP);
            if (scaled.precision() > type.precision()) {
                throw outOfRange(type, value);
            }
        } else if (value.scale() < 0) {
            scaled = value.setScale(0);
        }
        if (scaled.scale() > 0xffff) {
            throw outOfRange(type, value);
        }
        byte[] unscaled = scaled.unscaledValue().toByteArray();
        out.putShort(scaled.scale()).putInt(unscaled.length);
        for (int i = unscaled.length - 1; i >= 0; i--) {
            out.putByte(unscaled[i]);
        }
    }

    private static BigDecimal readDecimal(BsatnReader in) {
        int scale = Short.toUnsignedInt(in.getShort());
        int length = in.getLength();
        if (length == 0) {
            throw new CodedException(ErrorCode.MALFORMED_BSATN, "decimal has no digits");
        }
        return new BigDecimal(in.getBigInteger(length, true), scale);
    }

    private static void writeArray(BsatnWriter out, ArrayType type, List<?> values) {
        out.putInt(values.size());
        for (Object value : values) {
            writePlace(out, type.element(), type.nullableElements(), value);
        }
    }

    private static List<@Nullable Object> readArray(BsatnReader in, ArrayType type) {
        int count = in.getCount(minimumBytes(type));
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(type.nullableElements() ? readOption(in, type.element()) : read(in, type.element()));
        }
        return values;
    }

    /** How many bytes an element takes at least, so that a count can be checked before anybody allocates. */
    static int minimumBytes(ArrayType type) {
        return type.nullableElements() ? 1 : Math.max(1, type.element().fixedWidth());
    }

    /** Reads a tag and finds the variant it stands for. */
    static SumType.Variant readVariant(BsatnReader in, SumType type) {
        int tag = in.getUnsignedByte();
        if (tag >= type.variants().size()) {
            throw new CodedException(ErrorCode.MALFORMED_BSATN, "sum type has no variant with this tag")
                    .with("type", type.sqlName())
                    .with("tag", tag);
        }
        return type.variants().get(tag);
    }

    /** A nested value stays encoded: its bytes, checked. */
    private static byte[] readBytes(BsatnReader in, ColumnType type) {
        int start = in.position();
        BsatnCheck.step(in, type);
        return Arrays.copyOfRange(in.array(), start, in.position());
    }

    private static byte[] requireType(RecordType type, RecordValue value) {
        if (!value.type().equals(type)) {
            throw otherType(type, value.type());
        }
        return value.bytes();
    }

    private static byte[] requireType(SumType type, SumValue value) {
        if (!value.type().equals(type)) {
            throw otherType(type, value.type());
        }
        return value.bytes();
    }

    private static CodedException otherType(ColumnType wanted, ColumnType given) {
        return new CodedException(ErrorCode.WRONG_VALUE_TYPE, "value is of another type")
                .with("type", wanted.sqlName())
                .with("value", given.sqlName())
                .hint("types are the same when their names and all their parts are");
    }

    private static int days(LocalDate date) {
        long days = date.toEpochDay();
        if (days != (int) days) {
            throw outOfRange(ScalarType.DATE, date);
        }
        return (int) days;
    }

    private static LocalTime time(long micros) {
        if (micros < 0 || micros >= MICROS_PER_DAY) {
            throw new CodedException(ErrorCode.MALFORMED_BSATN, "time is outside of a day").with("micros", micros);
        }
        return LocalTime.ofNanoOfDay(micros * 1000);
    }

    private static long micros(long epochSecond, int nano) {
        try {
            return Math.addExact(Math.multiplyExact(epochSecond, MICROS_PER_SECOND), nano / 1000);
        } catch (ArithmeticException e) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "timestamp does not fit 64-bit microseconds")
                    .with("epochSecond", epochSecond)
                    .causedBy(new DateTimeException("epoch second " + epochSecond, e));
        }
    }

    private static <T> T cast(ColumnType type, Object value, Class<T> expected) {
        if (!expected.isInstance(value)) {
            throw wrongType(type, value).hint("give a " + expected.getSimpleName());
        }
        return expected.cast(value);
    }

    private static CodedException wrongType(ColumnType type, Object value) {
        return new CodedException(ErrorCode.WRONG_VALUE_TYPE, "value has the wrong type")
                .with("type", type.sqlName())
                .with("value", value.getClass().getSimpleName());
    }

    private static CodedException outOfRange(ColumnType type, Object value) {
        return new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "value out of range")
                .with("type", type.sqlName())
                .with("value", value);
    }
}
