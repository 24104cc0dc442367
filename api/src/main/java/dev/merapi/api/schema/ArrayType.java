package dev.merapi.api.schema;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/**
 * A list of values of one type.
 *
 * @param nullableElements whether elements may be NULL, as they may in every array of SQL; a list that never holds NULL
 *     is encoded without a tag per element
 */
public record ArrayType(ColumnType element, boolean nullableElements) implements ColumnType {
    public ArrayType {
        if (!nullableElements && element.fixedWidth() == 0) {
            // Any number of elements would fit into no bytes at all.
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "elements of a list cannot be empty")
                    .with("type", element.sqlName())
                    .hint("give the record a field");
        }
    }

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
