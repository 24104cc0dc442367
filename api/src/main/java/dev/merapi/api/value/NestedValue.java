package dev.merapi.api.value;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value made of others, which stays in the bytes it is encoded in until somebody asks for a part.
 *
 * <p>{@code equals} is equality of type and bytes. SQL is more generous: inside, as everywhere, {@code -0.0 = 0.0} and
 * {@code 1.0 = 1.00}; see {@link #comparator} and {@link #keyFunction}.
 */
public sealed interface NestedValue permits RecordValue, SumValue {
    ColumnType type();

    /** The encoded value; the caller's own. */
    byte[] toBytes();

    /**
     * The order of values of a type in SQL and in indexes: part by part, NULL equal to NULL and above all values, jsonb
     * by its text.
     */
    static Comparator<NestedValue> comparator(ColumnType type) {
        ValueOrder order = ValueOrder.of(type);
        return (left, right) -> order.compare(bytes(left), 0, bytes(right), 0);
    }

    /**
     * Maps values to keys that are equal where {@link #comparator} says so; null when the values themselves will do.
     */
    static @Nullable UnaryOperator<Object> keyFunction(ColumnType type) {
        if (isEqualByBytes(type)) {
            return null;
        }
        ValueOrder order = ValueOrder.of(type);
        return value -> new Key(order, bytes((NestedValue) value));
    }

    private static byte[] bytes(NestedValue value) {
        return switch (value) {
            case RecordValue record -> record.bytes();
            case SumValue sum -> sum.bytes();
        };
    }

    private static boolean isEqualByBytes(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> !scalar.isFloat() && scalar != ScalarType.INTERVAL;
            case DecimalType decimal -> decimal.isConstrained();
            case VarcharType varchar -> true;
            case ArrayType array -> isEqualByBytes(array.element());
            case RecordType record -> record.fields().stream().map(Column::type).allMatch(NestedValue::isEqualByBytes);
            case SumType sum ->
                sum.variants().stream().allMatch(v -> v.payload() == null || isEqualByBytes(v.payload()));
        };
    }

    /** A value that is equal to those SQL calls equal to it. */
    final class Key {
        private final ValueOrder order;
        private final byte[] bytes;

        private Key(ValueOrder order, byte[] bytes) {
            this.order = order;
            this.bytes = bytes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && order.equal(bytes, 0, key.bytes, 0);
        }

        @Override
        public int hashCode() {
            return order.hash(bytes, 0);
        }
    }
}
