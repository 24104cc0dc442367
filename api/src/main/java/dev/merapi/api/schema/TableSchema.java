package dev.merapi.api.schema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a table but its rows. Immutable; a schema change makes a new one with a higher version.
 *
 * @param tableId the number of the table within its database; never reused
 * @param rowSecurity who may see and write which rows
 * @param version rises by one with each change of this table
 */
public record TableSchema(
        int tableId,
        TableName name,
        List<ColumnDefinition> columns,
        @Nullable PrimaryKey primaryKey,
        List<IndexDefinition> indexes,
        List<CheckDefinition> checks,
        List<ForeignKey> foreignKeys,
        RowSecurity rowSecurity,
        int version) {

    public TableSchema {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** A table whose rows are everybody's. */
    public TableSchema(
            int tableId,
            TableName name,
            List<ColumnDefinition> columns,
            @Nullable PrimaryKey primaryKey,
            List<IndexDefinition> indexes,
            List<CheckDefinition> checks,
            List<ForeignKey> foreignKeys,
            int version) {
        this(tableId, name, columns, primaryKey, indexes, checks, foreignKeys, RowSecurity.NONE, version);
    }

    /** The type of the stored rows. */
    public RowType rowType() {
        return new RowType(columns.stream().map(ColumnDefinition::column).toList());
    }

    /** The position of the column with this exact name, or -1. */
    public int indexOf(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        return -1;
    }

    public Optional<IndexDefinition> index(int indexId) {
        return indexes.stream().filter(index -> index.indexId() == indexId).findFirst();
    }

    public Optional<IndexDefinition> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    /** The index of the primary key, if the table has one. */
    public Optional<IndexDefinition> primaryKeyIndex() {
        PrimaryKey key = primaryKey;
        return key == null ? Optional.empty() : index(key.indexId());
    }

    /** Positions of the primary key columns in key order; empty when the table has no primary key. */
    public List<Integer> primaryKeyColumns() {
        return primaryKeyIndex().map(IndexDefinition::columns).orElse(List.of());
    }
}
