package dev.merapi.query.sql.bind;

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
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table while its description is put together, or changed step by step. */
final class TableDraft {
    private final int tableId;
    private TableName name;
    private final List<ColumnDefinition> columns;
    private @Nullable PrimaryKey primaryKey;
    private final List<IndexDefinition> indexes;
    private final List<CheckDefinition> checks;
    private final List<ForeignKey> foreignKeys;
    private RowSecurity rowSecurity;
    private final int version;

    TableDraft(TableName name) {
        this(new TableSchema(0, name, List.of(), null, List.of(), List.of(), List.of(), 0));
    }

    TableDraft(TableSchema table) {
        tableId = table.tableId();
        name = table.name();
        columns = new ArrayList<>(table.columns());
        primaryKey = table.primaryKey();
        indexes = new ArrayList<>(table.indexes());
        checks = new ArrayList<>(table.checks());
        foreignKeys = new ArrayList<>(table.foreignKeys());
        rowSecurity = table.rowSecurity();
        version = table.version();
    }

    /** The table as it stands now. */
    TableSchema schema() {
        return new TableSchema(tableId, name, columns, primaryKey, indexes, checks, foreignKeys, rowSecurity, version);
    }

    TableName name() {
        return name;
    }

    void rename(TableName newName) {
        name = newName;
    }

    List<ColumnDefinition> columns() {
        return columns;
    }

    List<IndexDefinition> indexes() {
        return indexes;
    }

    List<CheckDefinition> checks() {
        return checks;
    }

    List<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    void dropPolicy(String policy) {
        rowSecurity = rowSecurity.without(policy);
    }

    boolean hasPrimaryKey() {
        return primaryKey != null;
    }

    @Nullable
    PrimaryKey primaryKey() {
        return primaryKey;
    }

    void setPrimaryKey(@Nullable PrimaryKey key) {
        primaryKey = key;
    }

    /** The position of a column that must exist. */
    int column(Name column) {
        int index = column.isSimple() ? indexOf(column.last()) : -1;
        if (index < 0) {
            throw BindErrors.at(column, ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                    .with("column", column)
                    .with("table", name);
        }
        return index;
    }

    /** The positions of several columns, each named once. */
    List<Integer> columns(List<Name> names) {
        List<Integer> positions = new ArrayList<>();
        for (Name column : names) {
            int position = column(column);
            if (positions.contains(position)) {
                throw BindErrors.at(column, ErrorCode.DUPLICATE_COLUMN, "column appears twice in the list")
                        .with("column", column);
            }
            positions.add(position);
        }
        return positions;
    }

    int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    void setNullable(int column, boolean nullable) {
        ColumnDefinition old = columns.get(column);
        Column changed = new Column(old.name(), old.type(), nullable);
        columns.set(column, new ColumnDefinition(changed, old.defaultSql(), old.identity()));
    }

    void renameColumn(int column, String newName) {
        ColumnDefinition old = columns.get(column);
        Column changed = new Column(newName, old.type(), old.nullable());
        columns.set(column, new ColumnDefinition(changed, old.defaultSql(), old.identity()));
    }

    int nextIndexId() {
        return indexes.stream().mapToInt(IndexDefinition::indexId).max().orElse(0) + 1;
    }

    /** All names constraints and indexes of the table have. */
    Set<String> takenNames() {
        Set<String> taken = new HashSet<>();
        indexes.forEach(index -> taken.add(index.name()));
        checks.forEach(check -> taken.add(check.name()));
        foreignKeys.forEach(key -> taken.add(key.name()));
        return taken;
    }
}
