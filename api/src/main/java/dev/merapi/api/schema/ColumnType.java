package dev.merapi.api.schema;

/**
 * The type of a column or of an expression. How each type is encoded, and the Java class of its values, is said at
 * {@link dev.merapi.api.value.Bsatn}; nullability is not part of the type but of the {@link Column}.
 */
public sealed interface ColumnType permits ScalarType, DecimalType, VarcharType, ArrayType, RecordType, SumType {
    /** Encoded width in bytes when every value takes the same space, else -1. */
    int fixedWidth();

    /** The name SQL uses for it, such as {@code integer} or {@code numeric(10,2)}. */
    String sqlName();
}
