package dev.merapi.api.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param defaultSql the SQL expression that supplies a value when an insert names none, or null
 * @param identity whether the column numbers its rows by a sequence of its own
 */
public record ColumnDefinition(Column column, @Nullable String defaultSql, Identity identity) {
    /** How a column takes the next value of its own sequence. */
    public enum Identity {
        /** It has no sequence. */
        NONE,
        /** When an insert names no value. */
        BY_DEFAULT,
        /** Always: an insert must not name a value unless it says that it overrides. */
        ALWAYS
    }

    public ColumnDefinition(Column column, @Nullable String defaultSql, boolean autoIncrement) {
        this(column, defaultSql, autoIncrement ? Identity.BY_DEFAULT : Identity.NONE);
    }

    public static ColumnDefinition of(Column column) {
        return new ColumnDefinition(column, null, Identity.NONE);
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

    /** Whether the column has a sequence. */
    public boolean autoIncrement() {
        return identity != Identity.NONE;
    }
}
