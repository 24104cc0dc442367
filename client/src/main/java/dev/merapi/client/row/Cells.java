package dev.merapi.client.row;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import dev.merapi.api.value.TextFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of a row as a Java type. A reading never loses anything: a number that does not fit is refused, and
 * so is a type the Java type was not made for.
 *
 * <p>Index arguments were checked by the caller.
 */
final class Cells {
    /** What is no text but may be wanted as it prints. */
    private static final Set<ColumnType> PRINTED =
            Set.of(ScalarType.JSON, ScalarType.UUID, ScalarType.IDENTITY, ScalarType.CONNECTION_ID);

    private Cells() {}

    static @Nullable Object object(Row row, int column) {
        return row.columns().layout().get(row.bytes(), column);
    }

    static boolean isNull(Row row, int column) {
        return row.columns().layout().isNull(row.bytes(), column);
    }

    static boolean primitiveBoolean(Row row, int column) {
        requireValue(row, column);
        requireType(row, column, ScalarType.BOOL, "boolean");
        return row.columns().layout().getBoolean(row.bytes(), column);
    }

    static long primitiveLong(Row row, int column) {
        requireValue(row, column);
        ColumnType type = type(row, column);
        if (type instanceof ScalarType scalar && scalar.isInteger() && scalar.isLongCompatible()) {
            long value = row.columns().layout().getLong(row.bytes(), column);
            if (scalar == ScalarType.U64 && value < 0) {
                throw outOfRange(row, column, Long.toUnsignedString(value), "long");
            }
            return value;
        }
        return exactLong(row, column);
    }

    private static long exactLong(Row row, int column) {
        Object value = object(row, column);
        try {
            return switch (value) {
                case BigInteger big -> big.longValueExact();
                case BigDecimal decimal -> decimal.longValueExact();
                case null, default -> throw mismatch(row, column, "long");
            };
        } catch (ArithmeticException e) {
            throw outOfRange(row, column, value, "long").causedBy(e);
        }
    }

    static int primitiveInt(Row row, int column) {
        return (int) inRange(row, column, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    static short primitiveShort(Row row, int column) {
        return (short) inRange(row, column, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }

    static byte primitiveByte(Row row, int column) {
        return (byte) inRange(row, column, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }

    private static long inRange(Row row, int column, long minimum, long maximum, String wanted) {
        long value = primitiveLong(row, column);
        if (value < minimum || value > maximum) {
            throw outOfRange(row, column, value, wanted);
        }
        return value;
    }

    static double primitiveDouble(Row row, int column) {
        requireValue(row, column);
        ColumnType type = type(row, column);
        if (type instanceof ScalarType scalar && scalar.isFloat()) {
            return row.columns().layout().getDouble(row.bytes(), column);
        }
        Object value = object(row, column);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw mismatch(row, column, "double");
    }

    static float primitiveFloat(Row row, int column) {
        if (type(row, column) == ScalarType.F64) {
            throw mismatch(row, column, "float");
        }
        return (float) primitiveDouble(row, column);
    }

    static @Nullable String string(Row row, int column) {
        if (isNull(row, column)) {
            return null;
        }
        ColumnType type = type(row, column);
        if (isText(type) || type == ScalarType.JSON) {
            return row.columns().layout().getText(row.bytes(), column);
        }
        return TextFormat.format(type, Objects.requireNonNull(object(row, column)));
    }

    static @Nullable BigDecimal decimal(Row row, int column) {
        return switch (object(row, column)) {
            case null -> null;
            case BigDecimal decimal -> decimal;
            case BigInteger big -> new BigDecimal(big);
            case Object value when isInteger(row, column) -> BigDecimal.valueOf(((Number) value).longValue());
            default -> throw mismatch(row, column, "BigDecimal");
        };
    }

    static @Nullable BigInteger bigInteger(Row row, int column) {
        return switch (object(row, column)) {
            case null -> null;
            case BigInteger big -> big;
            case BigDecimal decimal -> exactBigInteger(row, column, decimal);
            case Object value when isInteger(row, column) -> BigInteger.valueOf(((Number) value).longValue());
            default -> throw mismatch(row, column, "BigInteger");
        };
    }

    private static BigInteger exactBigInteger(Row row, int column, BigDecimal decimal) {
        try {
            return decimal.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw outOfRange(row, column, decimal, "BigInteger").causedBy(e);
        }
    }

    /** A TIMESTAMP has no zone; sessions live in UTC, so it is read as UTC. */
    static @Nullable Instant instant(Row row, int column) {
        return switch (object(row, column)) {
            case null -> null;
            case Instant instant -> instant;
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> throw mismatch(row, column, "Instant");
        };
    }

    static @Nullable LocalDateTime localDateTime(Row row, int column) {
        return typed(row, column, LocalDateTime.class);
    }

    static @Nullable LocalDate localDate(Row row, int column) {
        return typed(row, column, LocalDate.class);
    }

    static @Nullable LocalTime localTime(Row row, int column) {
        return typed(row, column, LocalTime.class);
    }

    static @Nullable UUID uuid(Row row, int column) {
        return typed(row, column, UUID.class);
    }

    static @Nullable Json json(Row row, int column) {
        return typed(row, column, Json.class);
    }

    static @Nullable Interval interval(Row row, int column) {
        return typed(row, column, Interval.class);
    }

    static @Nullable Identity identity(Row row, int column) {
        return typed(row, column, Identity.class);
    }

    static @Nullable ConnectionId connectionId(Row row, int column) {
        return typed(row, column, ConnectionId.class);
    }

    static @Nullable RecordValue record(Row row, int column) {
        return typed(row, column, RecordValue.class);
    }

    static @Nullable SumValue sum(Row row, int column) {
        return typed(row, column, SumValue.class);
    }

    static @Nullable Row nestedRow(Row row, int column) {
        Columns fields = row.columns().nested(column);
        if (fields == null) {
            throw mismatch(row, column, "Row");
        }
        RecordValue value = record(row, column);
        return value == null ? null : fields.row(value.toBytes());
    }

    static byte @Nullable [] bytes(Row row, int column) {
        return typed(row, column, byte[].class);
    }

    static @Nullable List<?> list(Row row, int column) {
        return typed(row, column, List.class);
    }

    static @Nullable Boolean boxedBoolean(Row row, int column) {
        return isNull(row, column) ? null : (Boolean) primitiveBoolean(row, column);
    }

    static @Nullable Long boxedLong(Row row, int column) {
        return isNull(row, column) ? null : (Long) primitiveLong(row, column);
    }

    static @Nullable Integer boxedInt(Row row, int column) {
        return isNull(row, column) ? null : (Integer) primitiveInt(row, column);
    }

    static @Nullable Short boxedShort(Row row, int column) {
        return isNull(row, column) ? null : (Short) primitiveShort(row, column);
    }

    static @Nullable Byte boxedByte(Row row, int column) {
        return isNull(row, column) ? null : (Byte) primitiveByte(row, column);
    }

    static @Nullable Double boxedDouble(Row row, int column) {
        return isNull(row, column) ? null : (Double) primitiveDouble(row, column);
    }

    static @Nullable Float boxedFloat(Row row, int column) {
        return isNull(row, column) ? null : (Float) primitiveFloat(row, column);
    }

    private static <T> @Nullable T typed(Row row, int column, Class<T> wanted) {
        Object value = object(row, column);
        if (value != null && !wanted.isInstance(value)) {
            throw mismatch(row, column, wanted.getSimpleName());
        }
        return wanted.cast(value);
    }

    private static ColumnType type(Row row, int column) {
        return row.columns().layout().columnType(column);
    }

    private static boolean isInteger(Row row, int column) {
        return type(row, column) instanceof ScalarType scalar && scalar.isInteger();
    }

    private static void requireType(Row row, int column, ColumnType wanted, String javaType) {
        if (!type(row, column).equals(wanted)) {
            throw mismatch(row, column, javaType);
        }
    }

    private static void requireValue(Row row, int column) {
        if (isNull(row, column)) {
            throw new CodedException(ErrorCode.NULL_NOT_ALLOWED, "the column is NULL, which a primitive cannot be")
                    .with("column", row.columns().column(column).name())
                    .hint("ask isNull first, or read it as an object");
        }
    }

    private static CodedException mismatch(Row row, int column, String wanted) {
        Column found = row.columns().column(column);
        return new CodedException(ErrorCode.WRONG_VALUE_TYPE, "the column cannot be read as this type")
                .with("column", found.name())
                .with("type", found.type().sqlName())
                .with("wanted", wanted);
    }

    private static CodedException outOfRange(Row row, int column, @Nullable Object value, String wanted) {
        return new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "the value does not fit the Java type")
                .with("column", row.columns().column(column).name())
                .with("value", value)
                .with("wanted", wanted);
    }

    /** Whether columns of this type can be read as this Java type at all, leaving single values aside. */
    static boolean isReadable(ColumnType type, Class<?> javaType) {
        return switch (javaType.getName()) {
            case "java.lang.Object" -> true;
            case "boolean", "java.lang.Boolean" -> type == ScalarType.BOOL;
            case "byte", "short", "int", "long" -> isExactNumber(type);
            case "java.lang.Byte", "java.lang.Short", "java.lang.Integer", "java.lang.Long" -> isExactNumber(type);
            case "java.math.BigDecimal", "java.math.BigInteger" -> isExactNumber(type);
            case "double", "java.lang.Double" -> isExactNumber(type) || isFloat(type);
            case "float", "java.lang.Float" -> isExactNumber(type) || type == ScalarType.F32;
            case "java.lang.String" -> isText(type) || isEnum(type) || PRINTED.contains(type);
            case "java.time.Instant" -> type == ScalarType.TIMESTAMPTZ || type == ScalarType.TIMESTAMP;
            case "java.time.LocalDateTime" -> type == ScalarType.TIMESTAMP;
            case "java.time.LocalDate" -> type == ScalarType.DATE;
            case "java.time.LocalTime" -> type == ScalarType.TIME;
            case "java.util.UUID" -> type == ScalarType.UUID;
            case "java.util.List" -> type instanceof ArrayType;
            case "[B" -> type == ScalarType.BYTES;
            default -> isReadableAsOwn(type, javaType);
        };
    }

    /** Classes of ours, and the application's enums and records. */
    private static boolean isReadableAsOwn(ColumnType type, Class<?> javaType) {
        return (javaType == Json.class && type == ScalarType.JSON)
                || (javaType == Interval.class && type == ScalarType.INTERVAL)
                || (javaType == Identity.class && type == ScalarType.IDENTITY)
                || (javaType == ConnectionId.class && type == ScalarType.CONNECTION_ID)
                || (javaType == RecordValue.class && type instanceof RecordType)
                || (javaType == SumValue.class && type instanceof SumType)
                || (javaType == Row.class && type instanceof RecordType)
                || (javaType.isRecord() && type instanceof RecordType)
                || (javaType.isEnum() && (isText(type) || isEnum(type)));
    }

    private static boolean isEnum(ColumnType type) {
        return type instanceof SumType sum && sum.isEnum();
    }

    private static boolean isExactNumber(ColumnType type) {
        return type instanceof DecimalType || (type instanceof ScalarType scalar && scalar.isInteger());
    }

    private static boolean isFloat(ColumnType type) {
        return type instanceof ScalarType scalar && scalar.isFloat();
    }

    private static boolean isText(ColumnType type) {
        return type == ScalarType.TEXT || type instanceof VarcharType;
    }
}
