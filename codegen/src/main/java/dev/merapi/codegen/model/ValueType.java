package dev.merapi.codegen.model;

import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;

/** The type of a value in a row, a list or a nested record, with what Java and SQL call it. */
public sealed interface ValueType {
    /** A type that stands for itself. */
    record ScalarValue(Scalar scalar) implements ValueType {}

    /**
     * An integer.
     *
     * @param carrier its Java type
     * @param column its column type, at most as wide
     */
    record IntegerValue(Carrier carrier, ScalarType column) implements ValueType {
        /** Whether the column holds the bits of the Java value, so that every value fits. */
        public boolean isSameBits() {
            return carrier.isPrimitive() && column.fixedWidth() * Byte.SIZE == carrier.bits();
        }
    }

    /** A {@code BigDecimal}. */
    record DecimalValue(DecimalType column) implements ValueType {}

    /** A {@code ScheduleAt}. */
    record ScheduleValue() implements ValueType {}

    /**
     * A {@code List}.
     *
     * @param nullableElements whether elements may be null
     */
    record ListValue(ValueType element, boolean nullableElements) implements ValueType {}

    /** A record, enum or sealed interface of the author's. */
    record ShapeValue(Shape shape) implements ValueType {}

    /** Whether a column of it can be part of a key or index. */
    default boolean isKey() {
        return switch (this) {
            case ScalarValue value -> value.scalar().isKey();
            case IntegerValue value -> true;
            case DecimalValue value -> true;
            case ShapeValue value -> value.shape() instanceof Shape.EnumShape;
            case ScheduleValue value -> false;
            case ListValue value -> false;
        };
    }

    /** Whether a stored value may differ from the one given, because digits were cut off or rounded away. */
    default boolean isRounded() {
        return switch (this) {
            case ScalarValue value -> value.scalar().isRounded();
            case IntegerValue value -> false;
            case DecimalValue value -> true;
            case ScheduleValue value -> true;
            case ListValue value -> value.element().isRounded();
            case ShapeValue value -> value.shape().isRounded();
        };
    }

    /** Whether its Java type is primitive and so cannot be null. */
    default boolean isPrimitive() {
        return switch (this) {
            case ScalarValue value -> value.scalar().isPrimitive();
            case IntegerValue value -> value.carrier().isPrimitive();
            case DecimalValue value -> false;
            case ScheduleValue value -> false;
            case ListValue value -> false;
            case ShapeValue value -> false;
        };
    }
}
