package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
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
import dev.merapi.api.value.NestedValue;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.expr.Constants;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings parameter values, as clients in several languages send them, to the types that the statement wants. A text is
 * read as the type's text form, as PostgreSQL reads a literal in quotes; a number goes into any number type that holds
 * it.
 */
public final class ParameterValues {
    private ParameterValues() {}

    /**
     * Converts a list of values; one per type.
     *
     * @return an unmodifiable list; a view of the given one if all of its values are what is wanted already
     */
    public static List<@Nullable Object> convert(List<ColumnType> types, List<@Nullable Object> values) {
        if (values.size() != types.size()) {
            throw new CodedException(ErrorCode.MISSING_PARAMETER, "statement was given another number of parameters")
                    .with("wanted", types.size())
                    .with("given", values.size())
                    .hint("give one value for each of $1 …");
        }
        if (allFit(types, values)) {
            return Collections.unmodifiableList(values);
        }
        List<@Nullable Object> converted = new ArrayList<>(values.size());
        for (int i = 0; i < types.size(); i++) {
            try {
                converted.add(convert(types.get(i), values.get(i)));
            } catch (CodedException e) {
                throw e.with("parameter", "$" + (i + 1));
            }
        }
        return Collections.unmodifiableList(converted);
    }

    private static boolean allFit(List<ColumnType> types, List<@Nullable Object> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!fits(types.get(i), values.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a value can be taken as it is. Sees only what is common and cheap to see. */
    private static boolean fits(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return true;
        }
        return type instanceof ScalarType scalar
                && switch (scalar) {
                    case I64 -> value instanceof Long;
                    case I32 -> value instanceof Integer;
                    case I16 -> value instanceof Short;
                    case TEXT -> value instanceof String;
                    case BOOL -> value instanceof Boolean;
                    case F64 -> value instanceof Double;
                    case TIMESTAMPTZ -> value instanceof Instant;
                    case UUID -> value instanceof UUID;
                    case IDENTITY -> value instanceof Identity;
                    default -> false;
                };
    }

    private static @Nullable Object convert(ColumnType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !isText(type)) {
            return TextFormat.parse(type, text);
        }
        return switch (type) {
            case ScalarType scalar -> scalar(scalar, value);
            case DecimalType decimal -> decimal(value);
            case VarcharType varchar -> expect(String.class, type, value);
            case ArrayType array -> array(array, value);
            case RecordType record -> nested(type, value);
            case SumType sum -> nested(type, value);
        };
    }

    private static boolean isText(ColumnType type) {
        return type == ScalarType.TEXT || type instanceof VarcharType;
    }

    private static Object scalar(ScalarType type, Object value) {
        return switch (type) {
            case BOOL -> expect(Boolean.class, type, value);
            case I8, I16, I32, I64, I128, I256, U8, U16, U32, U64, U128, U256 -> integer(type, value);
            case F32 -> expect(Number.class, type, value).floatValue();
            case F64 -> expect(Number.class, type, value).doubleValue();
            case TEXT -> value instanceof Json json ? json.text() : expect(String.class, type, value);
            case BYTES -> expect(byte[].class, type, value);
            case DATE -> expect(LocalDate.class, type, value);
            case TIME -> expect(LocalTime.class, type, value);
            case TIMESTAMP -> expect(LocalDateTime.class, type, value);
            case TIMESTAMPTZ -> expect(Instant.class, type, value);
            case UUID -> expect(UUID.class, type, value);
            case JSON -> expect(Json.class, type, value);
            case INTERVAL -> expect(Interval.class, type, value);
            case IDENTITY -> expect(Identity.class, type, value);
            case CONNECTION_ID -> expect(ConnectionId.class, type, value);
        };
    }

    private static Object integer(ScalarType type, Object value) {
        if (fits(type, value)) {
            return value;
        }
        BigDecimal number = decimal(expect(Number.class, type, value));
        try {
            BigInteger whole = number.toBigIntegerExact();
            Object result = Constants.integer(type, whole);
            return inRange(type, whole) ? result : outOfRange(type, value);
        } catch (ArithmeticException e) {
            return outOfRange(type, value);
        }
    }

    private static boolean inRange(ScalarType type, BigInteger value) {
        int bits = type.fixedWidth() * Byte.SIZE;
        return type.isSignedInteger() ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
    }

    private static Object outOfRange(ScalarType type, Object value) {
        throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "number does not fit the type of the parameter")
                .with("value", value)
                .with("type", type.sqlName());
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Number number && !(value instanceof Double d && !Double.isFinite(d))) {
            return new BigDecimal(number.toString());
        }
        throw mismatch(DecimalType.UNCONSTRAINED, value);
    }

    private static Object array(ArrayType type, Object value) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (Object element : expect(List.class, type, value)) {
            elements.add(convert(type.element(), element));
        }
        return Collections.unmodifiableList(elements);
    }

    private static Object nested(ColumnType type, Object value) {
        if (value instanceof Json json) {
            return TextFormat.parse(type, json.text());
        }
        if (!expect(NestedValue.class, type, value).type().equals(type)) {
            throw mismatch(type, value);
        }
        return value;
    }

    private static <T> T expect(Class<T> wanted, ColumnType type, Object value) {
        if (!wanted.isInstance(value)) {
            throw mismatch(type, value);
        }
        return wanted.cast(value);
    }

    private static CodedException mismatch(ColumnType type, Object value) {
        return new CodedException(ErrorCode.WRONG_VALUE_TYPE, "parameter has another type than the statement wants")
                .with("wanted", type.sqlName())
                .with("given", value.getClass().getSimpleName())
                .hint("give a value of that type, or its text form");
    }
}
