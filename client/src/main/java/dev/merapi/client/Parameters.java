package dev.merapi.client;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.JsonText;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import dev.merapi.wire.TypedValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Java values as parameters: each is sent with the SQL type nearest to its class, and the server converts from there.
 */
final class Parameters {
    private static final int LONG_BITS = 63;
    private static final int I128_BITS = 127;
    private static final int I256_BITS = 255;

    private Parameters() {}

    static List<TypedValue> of(List<@Nullable Object> values) {
        List<TypedValue> typed = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            try {
                typed.add(of(values.get(i)));
            } catch (CodedException e) {
                throw e.with("parameter", "$" + (i + 1));
            }
        }
        return typed;
    }

    static TypedValue of(@Nullable Object value) {
        return switch (value) {
            case null -> TypedValue.NULL;
            case Boolean b -> new TypedValue(ScalarType.BOOL, b);
            case Byte b -> new TypedValue(ScalarType.I16, b.shortValue());
            case Short s -> new TypedValue(ScalarType.I16, s);
            case Integer i -> new TypedValue(ScalarType.I32, i);
            case Long l -> new TypedValue(ScalarType.I64, l);
            case BigInteger big ->
                new TypedValue(integerType(big), big.bitLength() > LONG_BITS ? big : (Object) big.longValue());
            case Float f -> new TypedValue(ScalarType.F32, f);
            case Double d -> new TypedValue(ScalarType.F64, d);
            case BigDecimal decimal -> new TypedValue(DecimalType.UNCONSTRAINED, decimal);
            case String text -> new TypedValue(ScalarType.TEXT, text);
            case Character c -> new TypedValue(ScalarType.TEXT, c.toString());
            case Enum<?> constant -> new TypedValue(ScalarType.TEXT, constant.name());
            case byte[] bytes -> new TypedValue(ScalarType.BYTES, bytes);
            case Instant instant -> new TypedValue(ScalarType.TIMESTAMPTZ, instant);
            case OffsetDateTime time -> new TypedValue(ScalarType.TIMESTAMPTZ, time.toInstant());
            case ZonedDateTime time -> new TypedValue(ScalarType.TIMESTAMPTZ, time.toInstant());
            case LocalDateTime time -> new TypedValue(ScalarType.TIMESTAMP, time);
            case LocalDate date -> new TypedValue(ScalarType.DATE, date);
            case LocalTime time -> new TypedValue(ScalarType.TIME, time);
            case UUID uuid -> new TypedValue(ScalarType.UUID, uuid);
            case Json json -> new TypedValue(ScalarType.JSON, new Json(JsonText.canonical(json.text())));
            case Identity identity -> new TypedValue(ScalarType.IDENTITY, identity);
            case ConnectionId id -> new TypedValue(ScalarType.CONNECTION_ID, id);
            case Interval interval -> new TypedValue(ScalarType.INTERVAL, interval);
            case RecordValue record -> new TypedValue(record.type(), record);
            case SumValue sum -> new TypedValue(sum.type(), sum);
            case Collection<?> elements -> array(elements);
            default ->
                throw new CodedException(ErrorCode.WRONG_VALUE_TYPE, "no SQL type belongs to this Java class")
                        .with("class", value.getClass().getName())
                        .hint("the classes are listed at MerapiClient; others must be converted first");
        };
    }

    private static ColumnType integerType(BigInteger value) {
        int bits = value.bitLength();
        if (bits <= LONG_BITS) {
            return ScalarType.I64;
        }
        if (bits <= I128_BITS) {
            return ScalarType.I128;
        }
        return bits <= I256_BITS ? ScalarType.I256 : ScalarType.U256;
    }

    private static TypedValue array(Collection<?> elements) {
        ColumnType element = null;
        List<Object> values = new ArrayList<>(elements.size());
        for (Object value : elements) {
            if (value == null) {
                throw new CodedException(ErrorCode.NULL_NOT_ALLOWED, "an array parameter cannot hold NULL");
            }
            TypedValue typed = of(value);
            if (element != null && !element.equals(typed.type())) {
                throw new CodedException(ErrorCode.WRONG_VALUE_TYPE, "elements of an array must be of one type")
                        .with("types", element.sqlName() + ", " + sqlName(typed))
                        .hint("give elements of one Java class");
            }
            element = typed.type();
            values.add(typed.value());
        }
        return new TypedValue(new ArrayType(element == null ? ScalarType.TEXT : element), values);
    }

    private static String sqlName(TypedValue typed) {
        return typed.type() == null ? "unknown" : typed.type().sqlName();
    }
}
