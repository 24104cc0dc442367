package dev.merapi.api.schema;

/**
 * A list of values of one type.
 *
 * @param nullableElements whether elements may be NULL, as they may in every array of SQL; a list that never holds NULL
 *     is encoded without a tag per element
 */
public record ArrayType(ColumnType element, boolean nullableElements) implements ColumnType {
    /** An array of SQL. */
    public ArrayType(ColumnType element) {
        this(element, true);
    }

    @Override
    public int fixedWidth() {
        return -1;
    }

    @Override
    public String sqlName() {
        return element.sqlName() + "[]";
    }
}
