package dev.merapi.store;

import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** Writes table drafts shortly: {@code aTable("orders").column("id", I64).primaryKey("id")}. */
public final class TableBuilder {
    private static final int DRAFT_ID = 0;

    private final TableName name;
    private final List<ColumnDefinition> columns = new ArrayList<>();
    private final List<IndexDefinition> indexes = new ArrayList<>();
    private final List<CheckDefinition> checks = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private PrimaryKey primaryKey;

    private TableBuilder(TableName name) {
        this.name = name;
    }

    public static TableBuilder aTable(String name) {
        return new TableBuilder(TableName.of(name));
    }

    public static TableBuilder aTable(String schema, String name) {
        return new TableBuilder(new TableName(schema, name));
    }

    public TableBuilder column(String columnName, ColumnType type) {
        columns.add(ColumnDefinition.of(new Column(columnName, type, false)));
        return this;
    }

    public TableBuilder nullable(String columnName, ColumnType type) {
        columns.add(ColumnDefinition.of(new Column(columnName, type, true)));
        return this;
    }

    public TableBuilder counting(String columnName, ColumnType type) {
        columns.add(new ColumnDefinition(new Column(columnName, type, false), null, true));
        return this;
    }

    public TableBuilder primaryKey(String... columnNames) {
        return primaryKey(Kind.HASH, columnNames);
    }

    public TableBuilder primaryKey(Kind kind, String... columnNames) {
        primaryKey = new PrimaryKey(name.table() + "_pkey", indexes.size());
        return index(name.table() + "_pkey", kind, true, columnNames);
    }

    public TableBuilder unique(String indexName, String... columnNames) {
        return index(indexName, Kind.HASH, true, columnNames);
    }

    public TableBuilder index(String indexName, Kind kind, boolean unique, String... columnNames) {
        indexes.add(new IndexDefinition(indexes.size(), indexName, positions(columnNames), unique, kind));
        return this;
    }

    public TableBuilder check(String checkName, String sql) {
        checks.add(new CheckDefinition(checkName, sql));
        return this;
    }

    /** A foreign key; a null table means this one. */
    public TableBuilder references(
            String constraintName,
            List<String> columnNames,
            TableSchema table,
            List<String> referenced,
            ForeignKey.Action onDelete,
            ForeignKey.Action onUpdate) {
        List<Integer> to = table == null
                ? positions(referenced.toArray(String[]::new))
                : referenced.stream().map(table::indexOf).toList();
        foreignKeys.add(new ForeignKey(
                constraintName,
                positions(columnNames.toArray(String[]::new)),
                table == null ? DRAFT_ID : table.tableId(),
                to,
                onDelete,
                onUpdate));
        return this;
    }

    private List<Integer> positions(String... columnNames) {
        List<Integer> positions = new ArrayList<>();
        for (String column : columnNames) {
            int at = 0;
            while (!columns.get(at).name().equals(column)) {
                at++;
            }
            positions.add(at);
        }
        return positions;
    }

    public TableSchema draft() {
        return new TableSchema(DRAFT_ID, name, columns, primaryKey, indexes, checks, foreignKeys, 0);
    }
}
