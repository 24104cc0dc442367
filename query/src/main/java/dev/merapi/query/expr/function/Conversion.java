package dev.merapi.query.expr.function;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.IntegerTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.value.Decimals;
import dev.merapi.query.expr.value.Identities;
import dev.merapi.query.expr.value.JsonTree;
import dev.merapi.query.expr.value.JsonValues;
import dev.merapi.query.expr.value.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What casts do to values. Times change type in the session's zone, which is UTC. */
final class Conversion implements Casts.Conversions {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    @Override
    public ScalarFunction.Body conversion(ColumnType from, ColumnType to, boolean explicit) {
        UnaryOperator<@Nullable Object> conversion = convert(from, to, explicit);
        return (context, arguments) -> conversion.apply(arguments[0]);
    }

    /** Text as CAST writes it: like output, but truth values in full. */
    static String toText(ColumnType type, Object value) {
        return type == ScalarType.BOOL ? value.toString() : TextFormat.format(type, value);
    }

    private UnaryOperator<@Nullable Object> convert(ColumnType from, ColumnType to, boolean explicit) {
        ColumnType source = Casts.base(from);
        return switch (to) {
            case VarcharType varchar -> value -> fit(varchar, toText(source, required(value)), explicit);
            case DecimalType decimal -> toDecimal(source, decimal);
            case ArrayType array -> toArray(source, array, explicit);
            case ScalarType scalar -> toScalar(source, scalar);
            case RecordType record -> toNested(source, record);
            case SumType sum -> toNested(source, sum);
        };
    }

    /** From text or jsonb, which is text too. */
    private static UnaryOperator<@Nullable Object> toNested(ColumnType source, ColumnType to) {
        return source.equals(to)
                ? value -> value
                : value -> TextFormat.parse(to, required(value).toString());
    }

    private static Object required(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }

    /** Too long is cut when the cast is written, refused when it is an assignment (unless only spaces are lost). */
    private static String fit(VarcharType type, String text, boolean explicit) {
        if (text.length() <= type.maxLength() || Texts.length(text) <= type.maxLength()) {
            return text;
        }
        String cut = Texts.slice(text, 0, type.maxLength());
        if (explicit || text.substring(cut.length()).isBlank()) {
            return cut;
        }
        throw new CodedException(ErrorCode.STRING_TOO_LONG, "value too long for type")
                .with("type", type.sqlName())
                .with("length", Texts.length(text));
    }

    private UnaryOperator<@Nullable Object> toArray(ColumnType source, ArrayType to, boolean explicit) {
        if (!(source instanceof ArrayType array)) {
            return value -> TextFormat.parse(to, (String) required(value));
        }
        if (Casts.base(to).equals(to) && array.equals(to)) {
            return value -> value;
        }
        UnaryOperator<@Nullable Object> element = convert(array.element(), to.element(), explicit);
        return value -> {
            List<@Nullable Object> converted = new ArrayList<>();
            for (Object item : (List<?>) required(value)) {
                converted.add(item == null ? null : element.apply(item));
            }
            return Collections.unmodifiableList(converted);
        };
    }

    private static UnaryOperator<@Nullable Object> toDecimal(ColumnType source, DecimalType to) {
        UnaryOperator<@Nullable Object> decimal = decimalOf(source);
        return to.isConstrained()
                ? value -> {
                    Object converted = decimal.apply(value);
                    return converted == null ? null : constrain(to, (BigDecimal) converted);
                }
                : decimal;
    }

    private static BigDecimal constrain(DecimalType type, BigDecimal value) {
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision() && rounded.signum() != 0) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "numeric field overflow")
                    .with("type", type.sqlName())
                    .hint("at most " + (type.precision() - type.scale()) + " digits before the point fit");
        }
        return rounded;
    }

    private static UnaryOperator<@Nullable Object> decimalOf(ColumnType source) {
        if (source instanceof DecimalType) {
            return value -> value;
        }
        if (IntegerTypes.isInteger(source)) {
            return value -> value instanceof BigInteger big
                    ? new BigDecimal(big)
                    : (Object) BigDecimal.valueOf(Integers.asLong(value));
        }
        if (source == ScalarType.F32) {
            return value -> Decimals.ofFloat((Float) required(value));
        }
        if (source == ScalarType.F64) {
            return value -> Decimals.ofDouble((Double) required(value));
        }
        if (source == ScalarType.JSON) {
            return value -> jsonNumber(value, DecimalType.UNCONSTRAINED);
        }
        if (source == ScalarType.IDENTITY || source == ScalarType.CONNECTION_ID) {
            return value -> new BigDecimal(Identities.number(required(value)));
        }
        return value -> TextFormat.parse(DecimalType.UNCONSTRAINED, (String) required(value));
    }

    private static @Nullable BigDecimal jsonNumber(@Nullable Object value, ColumnType to) {
        JsonTree tree = JsonTree.of((Json) required(value));
        return switch (tree) {
            case JsonTree.Null node -> null;
            case JsonTree.Num number -> number.value();
            case JsonTree.Bool node -> throw wrongJson(tree, to);
            case JsonTree.Text node -> throw wrongJson(tree, to);
            case JsonTree.Array node -> throw wrongJson(tree, to);
            case JsonTree.Members node -> throw wrongJson(tree, to);
        };
    }

    private static CodedException wrongJson(JsonTree tree, ColumnType to) {
        return new CodedException(ErrorCode.INVALID_ARGUMENT, "cannot cast this kind of jsonb value")
                .with("jsonb", tree.typeName())
                .with("to", to.sqlName());
    }

    private static UnaryOperator<@Nullable Object> toScalar(ColumnType source, ScalarType to) {
        if (source.equals(to)) {
            return value -> value;
        }
        if (to == ScalarType.TEXT) {
            return value -> toText(source, required(value));
        }
        if (source == ScalarType.TEXT) {
            return value -> TextFormat.parse(to, (String) required(value));
        }
        if (to.isInteger()) {
            return toInteger(source, to);
        }
        return switch (to) {
            case F32 -> value -> toFloat(number(source, required(value), to));
            case F64 -> value -> toDouble(number(source, required(value), to));
            case BOOL -> source == ScalarType.JSON ? Conversion::jsonBoolean : value -> (Integer) required(value) != 0;
            case IDENTITY, CONNECTION_ID -> toIdentity(source, to);
            case JSON -> value -> JsonValues.of(source, value).json();
            case BYTES -> value -> Identities.bytes(required(value));
            default -> toTemporal((ScalarType) source, to);
        };
    }

    private static UnaryOperator<@Nullable Object> toIdentity(ColumnType source, ScalarType to) {
        if (source == ScalarType.BYTES) {
            return value -> Identities.of(to, (byte[]) required(value));
        }
        UnaryOperator<@Nullable Object> decimal = decimalOf(source);
        return value -> Identities.of(to, (BigDecimal) required(decimal.apply(value)));
    }

    private static @Nullable Object jsonBoolean(@Nullable Object value) {
        JsonTree tree = JsonTree.of((Json) required(value));
        return switch (tree) {
            case JsonTree.Null node -> null;
            case JsonTree.Bool node -> node.value();
            case JsonTree.Num node -> throw wrongJson(tree, ScalarType.BOOL);
            case JsonTree.Text node -> throw wrongJson(tree, ScalarType.BOOL);
            case JsonTree.Array node -> throw wrongJson(tree, ScalarType.BOOL);
            case JsonTree.Members node -> throw wrongJson(tree, ScalarType.BOOL);
        };
    }

    private static @Nullable Number number(ColumnType source, Object value, ScalarType to) {
        return source == ScalarType.JSON ? jsonNumber(value, to) : (Number) value;
    }

    private static @Nullable Object toDouble(@Nullable Number value) {
        if (value == null) {
            return null;
        }
        double result = value.doubleValue();
        return FloatFunctions.checkOverflow(result, !(value instanceof BigDecimal));
    }

    private static @Nullable Object toFloat(@Nullable Number value) {
        if (value == null) {
            return null;
        }
        float result = value.floatValue();
        boolean infinite = value instanceof Double d && Double.isInfinite(d);
        boolean zero = value.doubleValue() == 0;
        FloatFunctions.checkOverflow(result, infinite);
        FloatFunctions.checkUnderflow(result, zero);
        return result;
    }

    private static UnaryOperator<@Nullable Object> toInteger(ColumnType source, ScalarType to) {
        if (IntegerTypes.isInteger(source)) {
            return value -> value instanceof BigInteger big
                    ? Integers.checked(to, big)
                    : Integers.box(to, Integers.asLong(value));
        }
        if (source == ScalarType.BOOL) {
            return value -> (Boolean) required(value) ? 1 : 0;
        }
        if (source == ScalarType.F32 || source == ScalarType.F64) {
            return value -> rounded(to, ((Number) required(value)).doubleValue());
        }
        UnaryOperator<@Nullable Object> decimal = decimalOf(source);
        return value -> {
            BigDecimal number = (BigDecimal) decimal.apply(value);
            return number == null
                    ? null
                    : Integers.checked(
                            to, number.setScale(0, RoundingMode.HALF_UP).unscaledValue());
        };
    }

    /** Floats round half to even, decimals half away from zero. */
    private static Object rounded(ScalarType to, double value) {
        double rounded = Math.rint(value);
        if (!Double.isFinite(rounded)) {
            throw Integers.outOfRange(to);
        }
        return Integers.checked(to, new BigDecimal(rounded).toBigInteger());
    }

    private static UnaryOperator<@Nullable Object> toTemporal(ScalarType source, ScalarType to) {
        return switch (source) {
            case DATE ->
                value -> {
                    LocalDateTime midnight = ((LocalDate) required(value)).atStartOfDay();
                    return to == ScalarType.TIMESTAMP ? midnight : midnight.toInstant(ZoneOffset.UTC);
                };
            case TIMESTAMP -> value -> ofTimestamp((LocalDateTime) required(value), to);
            case TIMESTAMPTZ ->
                value -> {
                    LocalDateTime local = LocalDateTime.ofInstant((Instant) required(value), ZoneOffset.UTC);
                    return to == ScalarType.TIMESTAMP ? local : ofTimestamp(local, to);
                };
            case TIME -> value -> new Interval(0, 0, ((LocalTime) required(value)).toNanoOfDay() / 1000);
            case INTERVAL ->
                value -> LocalTime.ofNanoOfDay(
                        Math.floorMod(((Interval) required(value)).micros(), MICROS_PER_DAY) * 1000);
            default -> throw new IllegalStateException("no conversion from " + source + " to " + to);
        };
    }

    private static Object ofTimestamp(LocalDateTime value, ScalarType to) {
        return switch (to) {
            case DATE -> value.toLocalDate();
            case TIME -> value.toLocalTime();
            default -> value.toInstant(ZoneOffset.UTC);
        };
    }
}
