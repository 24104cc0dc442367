package dev.merapi.store.tx;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.RowSecurity;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the next version of a table's description, part by part. */
final class TableEdit {
    private static final int NO_INDEX = -1;

    private final TableSchema table;
    private TableName name;
    private final List<ColumnDefinition> columns;
    private @Nullable PrimaryKey primaryKey;
    private List<IndexDefinition> indexes;
    private List<CheckDefinition> checks;
    private List<ForeignKey> foreignKeys;
    private RowSecurity rowSecurity;

    private TableEdit(TableSchema table) {
        this.table = table;
        name = table.name();
        columns = new ArrayList<>(table.columns());
        primaryKey = table.primaryKey();
        indexes = new ArrayList<>(table.indexes());
        checks = new ArrayList<>(table.checks());
        foreignKeys = new ArrayList<>(table.foreignKeys());
        rowSecurity = table.rowSecurity();
    }

    static TableEdit of(TableSchema table) {
        return new TableEdit(table);
    }

    TableSchema done() {
        return new TableSchema(
                table.tableId(),
                name,
                columns,
                primaryKey,
                indexes,
                checks,
                foreignKeys,
                rowSecurity,
                table.version() + 1);
    }

    TableEdit rowSecurity(RowSecurity security) {
        rowSecurity = security;
        return this;
    }

    TableEdit name(TableName newName) {
        name = newName;
        return this;
    }

    TableEdit addColumn(ColumnDefinition column) {
        columns.add(column);
        return this;
    }

    /** Drops a column, with every index and foreign key it takes part in, and moves the later ones up. */
    TableEdit dropColumn(int column) {
        column(table, column);
        columns.remove(column);
        indexes.removeIf(index -> index.columns().contains(column));
        indexes.replaceAll(index -> new IndexDefinition(
                index.indexId(), index.name(), movedUp(index.columns(), column), index.unique(), index.kind()));
        foreignKeys.removeIf(key -> key.columns().contains(column)
                || (key.referencedTableId() == table.tableId()
                        && key.referencedColumns().contains(column)));
        foreignKeys.replaceAll(key -> new ForeignKey(
                key.name(),
                movedUp(key.columns(), column),
                key.referencedTableId(),
                key.referencedTableId() == table.tableId()
                        ? movedUp(key.referencedColumns(), column)
                        : key.referencedColumns(),
                key.onDelete(),
                key.onUpdate()));
        PrimaryKey key = primaryKey;
        if (key != null && indexes.stream().noneMatch(index -> index.indexId() == key.indexId())) {
            primaryKey = null;
        }
        return this;
    }

    private static List<Integer> movedUp(List<Integer> positions, int dropped) {
        return positions.stream()
                .map(position -> position > dropped ? position - 1 : position)
                .toList();
    }

    /** Follows a column dropped from a referenced table. */
    TableEdit referencedColumnDropped(int referencedTableId, int column) {
        foreignKeys.replaceAll(key -> key.referencedTableId() != referencedTableId
                ? key
                : new ForeignKey(
                        key.name(),
                        key.columns(),
                        key.referencedTableId(),
                        movedUp(key.referencedColumns(), column),
                        key.onDelete(),
                        key.onUpdate()));
        return this;
    }

    TableEdit renameColumn(int column, String newName) {
        ColumnDefinition old = column(table, column);
        columns.set(
                column,
                new ColumnDefinition(
                        new Column(newName, old.type(), old.nullable()), old.defaultSql(), old.identity()));
        return this;
    }

    TableEdit setNullable(int column, boolean nullable) {
        ColumnDefinition old = column(table, column);
        return setColumn(column, new Column(old.name(), old.type(), nullable));
    }

    TableEdit setColumn(int column, Column newColumn) {
        ColumnDefinition old = column(table, column);
        columns.set(column, new ColumnDefinition(newColumn, old.defaultSql(), old.identity()));
        return this;
    }

    /** Renames whatever constraint has this name; an index behind it is renamed with it. */
    TableEdit renameConstraint(String oldName, String newName) {
        PrimaryKey key = primaryKey;
        int keyIndexId = key != null && key.constraintName().equals(oldName) ? key.indexId() : NO_INDEX;
        if (keyIndexId != NO_INDEX) {
            primaryKey = new PrimaryKey(newName, keyIndexId);
        }
        indexes.replaceAll(index ->
                index.indexId() == keyIndexId || (index.unique() && index.name().equals(oldName))
                        ? new IndexDefinition(index.indexId(), newName, index.columns(), index.unique(), index.kind())
                        : index);
        checks.replaceAll(check -> check.name().equals(oldName) ? new CheckDefinition(newName, check.sql()) : check);
        foreignKeys.replaceAll(reference -> !reference.name().equals(oldName)
                ? reference
                : new ForeignKey(
                        newName,
                        reference.columns(),
                        reference.referencedTableId(),
                        reference.referencedColumns(),
                        reference.onDelete(),
                        reference.onUpdate()));
        return this;
    }

    TableEdit setDefault(int column, @Nullable String defaultSql) {
        ColumnDefinition old = column(table, column);
        columns.set(column, new ColumnDefinition(old.column(), defaultSql, old.identity()));
        return this;
    }

    TableEdit addIndex(IndexDefinition index) {
        indexes.add(index);
        return this;
    }

    TableEdit removeIndexes(List<IndexDefinition> removed) {
        indexes.removeAll(removed);
        return this;
    }

    TableEdit primaryKey(@Nullable PrimaryKey key) {
        primaryKey = key;
        return this;
    }

    TableEdit checks(List<CheckDefinition> newChecks) {
        checks = new ArrayList<>(newChecks);
        return this;
    }

    TableEdit addCheck(CheckDefinition check) {
        checks.add(check);
        return this;
    }

    TableEdit addForeignKey(ForeignKey key) {
        foreignKeys.add(key);
        return this;
    }

    TableEdit removeForeignKeys(List<ForeignKey> removed) {
        foreignKeys.removeAll(removed);
        return this;
    }

    static ColumnDefinition column(TableSchema table, int column) {
        if (column < 0 || column >= table.columns().size()) {
            throw new CodedException(ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                    .with("column", column)
                    .with("table", table.name());
        }
        return table.columns().get(column);
    }

    /**
     * A draft with the numbers it gets in this catalog. Numbers in a draft are local to it: the primary key names one
     * of its indexes by them, and a foreign key to the draft's own table id means the table itself.
     */
    static TableSchema numbered(TableSchema draft, Catalog catalog) {
        int tableId = catalog.nextObjectId();
        int nextId = tableId + 1;
        Map<Integer, Integer> indexIds = new HashMap<>();
        List<IndexDefinition> indexes = new ArrayList<>();
        for (IndexDefinition index : draft.indexes()) {
            if (indexIds.put(index.indexId(), nextId) != null) {
                throw SchemaRules.invalid(draft, "two indexes of the draft have the same number")
                        .with("indexId", index.indexId());
            }
            indexes.add(numbered(index, nextId++));
        }
        PrimaryKey key = draft.primaryKey();
        if (key != null) {
            Integer keyIndexId = indexIds.get(key.indexId());
            if (keyIndexId == null) {
                throw SchemaRules.invalid(draft, "primary key has no index");
            }
            key = new PrimaryKey(key.constraintName(), keyIndexId);
        }
        List<ForeignKey> references = draft.foreignKeys().stream()
                .map(reference -> reference.referencedTableId() != draft.tableId()
                        ? reference
                        : new ForeignKey(
                                reference.name(),
                                reference.columns(),
                                tableId,
                                reference.referencedColumns(),
                                reference.onDelete(),
                                reference.onUpdate()))
                .toList();
        return new TableSchema(
                tableId,
                draft.name(),
                draft.columns(),
                key,
                indexes,
                draft.checks(),
                references,
                draft.rowSecurity(),
                1);
    }

    static IndexDefinition numbered(IndexDefinition draft, int indexId) {
        return new IndexDefinition(indexId, draft.name(), draft.columns(), draft.unique(), draft.kind());
    }

    /**
     * The table with a hash index for each foreign key that no index serves; without one, each delete of a referenced
     * row would read the whole table.
     */
    static TableSchema withReferenceIndexes(TableSchema table, int firstId) {
        List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
        TableSchema result = table;
        int nextId = firstId;
        for (ForeignKey key : table.foreignKeys()) {
            if (KeyColumns.findLookupIndex(result, key.columns()) == null) {
                String name = SchemaRules.autoIndexName(table, key);
                indexes.add(new IndexDefinition(nextId++, name, key.columns(), false, IndexDefinition.Kind.HASH));
                result = new TableSchema(
                        table.tableId(),
                        table.name(),
                        table.columns(),
                        table.primaryKey(),
                        indexes,
                        table.checks(),
                        table.foreignKeys(),
                        table.rowSecurity(),
                        table.version());
            }
        }
        return result;
    }
}
