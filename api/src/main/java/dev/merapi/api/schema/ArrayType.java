package dev.merapi.api.schema;

/** A list of values of one type. Stored elements are never NULL; the list itself may be. */
public record ArrayType(ColumnType element) implements ColumnType {
    @Override
    public int fixedWidth() {
        return -1;
    }

    @Override
    public String sqlName() {
        return element.sqlName() + "[]";
    }
}
