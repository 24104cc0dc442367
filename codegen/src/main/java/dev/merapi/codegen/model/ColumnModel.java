package dev.merapi.codegen.model;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param field the component of the row's record
 * @param autoInc whether it numbers the rows
 * @param defaultSql its default as SQL, or null
 */
public record ColumnModel(
        Shape.Field field, boolean autoInc, @Nullable String defaultSql) {
    public String name() {
        return field.sqlName();
    }

    public Place place() {
        return field.place();
    }
}
