package dev.merapi.api.schema;

/** A table's name within its schema (namespace). */
public record TableName(String schema, String table) implements Comparable<TableName> {
    /** The schema used where none is written. */
    public static final String DEFAULT_SCHEMA = "public";

    public static TableName of(String table) {
        return new TableName(DEFAULT_SCHEMA, table);
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : table.compareTo(other.table);
    }

    @Override
    public String toString() {
        return schema.equals(DEFAULT_SCHEMA) ? table : schema + "." + table;
    }
}
