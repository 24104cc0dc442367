package dev.merapi.query.expr.value;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.JsonOrder;
import dev.merapi.api.value.NestedValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Order and equality of values of each type, as PostgreSQL has them with the C collation: {@code -0 = 0}, NaN above all
 * numbers and equal to itself, decimals by value, intervals by span, text by code point.
 */
public final class ValueOrder {
    private ValueOrder() {}

    /** Returns the order of values that are not NULL. */
    @SuppressWarnings("unchecked")
    public static Comparator<Object> comparator(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> (Comparator<Object>) ofScalar(scalar);
            case DecimalType decimal -> (Comparator<Object>) (Comparator<?>) Comparator.<BigDecimal>naturalOrder();
            case VarcharType varchar -> (Comparator<Object>) (Comparator<?>) TextOrder.COMPARATOR;
            case ArrayType array -> {
                Comparator<Object> element = comparator(array.element());
                yield (left, right) -> compareLists(element, (List<?>) left, (List<?>) right);
            }
            case RecordType record -> (Comparator<Object>) (Comparator<?>) NestedValue.comparator(record);
            case SumType sum -> (Comparator<Object>) (Comparator<?>) NestedValue.comparator(sum);
        };
    }

    private static Comparator<?> ofScalar(ScalarType type) {
        return switch (type) {
            case TEXT -> TextOrder.COMPARATOR;
            case BYTES -> (Comparator<byte[]>) Arrays::compareUnsigned;
            case F32 -> (Comparator<Float>) (a, b) -> compare((double) a, (double) b);
            case F64 -> (Comparator<Double>) (a, b) -> compare((double) a, (double) b);
            case UUID -> (Comparator<UUID>) ValueOrder::compare;
            case JSON -> (Comparator<Json>) JsonOrder::compare;
            case BOOL,
                    I8,
                    I16,
                    I32,
                    I64,
                    I128,
                    I256,
                    U8,
                    U16,
                    U32,
                    U64,
                    U128,
                    U256,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    INTERVAL,
                    IDENTITY,
                    CONNECTION_ID -> Comparator.<Integer>naturalOrder();
        };
    }

    /** Orders doubles with both zeros equal and NaN last. */
    public static int compare(double left, double right) {
        if (left < right) {
            return -1;
        }
        if (left > right) {
            return 1;
        }
        return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }

    /** Java compares the halves of a UUID as signed numbers, PostgreSQL compares bytes. */
    private static int compare(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    private static int compareLists(Comparator<Object> element, List<?> left, List<?> right) {
        int length = Math.min(left.size(), right.size());
        for (int i = 0; i < length; i++) {
            Object a = left.get(i);
            Object b = right.get(i);
            // Inside arrays NULL is a value: equal to itself and above all others.
            int result = a == null || b == null ? Boolean.compare(a == null, b == null) : element.compare(a, b);
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /**
     * Returns the map from values to keys whose {@code equals} and {@code hashCode} are the type's equality, or null
     * when the values themselves will do.
     */
    public static @Nullable UnaryOperator<Object> keyFunction(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> scalarKeyFunction(scalar);
            case DecimalType decimal -> value -> ((BigDecimal) value).stripTrailingZeros();
            case VarcharType varchar -> null;
            case ArrayType array -> arrayKeyFunction(array);
            case RecordType record -> NestedValue.keyFunction(record);
            case SumType sum -> NestedValue.keyFunction(sum);
        };
    }

    private static @Nullable UnaryOperator<Object> scalarKeyFunction(ScalarType type) {
        return switch (type) {
            case F32 -> value -> (Float) value == 0 ? Float.valueOf(0) : value;
            case F64 -> value -> (Double) value == 0 ? Double.valueOf(0) : value;
            case BYTES -> value -> ByteBuffer.wrap((byte[]) value);
            case JSON -> value -> JsonTree.normalized(JsonTree.of((Json) value));
            case INTERVAL -> value -> ((Interval) value).spanMicros();
            case BOOL,
                    I8,
                    I16,
                    I32,
                    I64,
                    I128,
                    I256,
                    U8,
                    U16,
                    U32,
                    U64,
                    U128,
                    U256,
                    TEXT,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    UUID,
                    IDENTITY,
                    CONNECTION_ID -> null;
        };
    }

    private static @Nullable UnaryOperator<Object> arrayKeyFunction(ArrayType array) {
        UnaryOperator<Object> element = keyFunction(array.element());
        if (element == null) {
            return null;
        }
        return value -> {
            List<@Nullable Object> keys = new ArrayList<>();
            for (Object item : (List<?>) value) {
                keys.add(item == null ? null : element.apply(item));
            }
            return keys;
        };
    }
}
