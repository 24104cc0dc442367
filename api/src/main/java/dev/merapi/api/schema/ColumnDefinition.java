package dev.merapi.api.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param defaultSql the SQL expression that supplies a value when an insert names none, or null
 * @param autoIncrement whether the column takes the next value of its own sequence when an insert names none
 */
public record ColumnDefinition(Column column, @Nullable String defaultSql, boolean autoIncrement) {
    public static ColumnDefinition of(Column column) {
        return new ColumnDefinition(column, null, false);
    }

    public String name() {
        return column.name();
    }

    public ColumnType type() {
        return column.type();
    }

    public boolean nullable() {
        return column.nullable();
    }
}
