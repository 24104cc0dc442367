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
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.RowCheck;
import dev.merapi.store.RowCursor;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SchemaChange.RowRewrite;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.table.TableRewrite;
import dev.merapi.store.table.TableState;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes the schema inside a transaction: refuses what would not hold, also for the rows that are there, then makes
 * one {@link SchemaChange} per changed table. A change that is refused after rows were rewritten is taken back at once.
 */
public final class SchemaWriter {
    private final Workspace workspace;
    private final LiveTables tables;
    private final ConstraintCompiler compiler;
    private final SchemaRules rules;

    SchemaWriter(Workspace workspace, LiveTables tables, ConstraintCompiler compiler, StoreLimits limits) {
        this.workspace = workspace;
        this.tables = tables;
        this.compiler = compiler;
        rules = new SchemaRules(limits);
    }

    public void createSchema(String name) {
        SchemaRules.requireName("schema", name);
        if (catalog().hasSchema(name)) {
            throw SchemaRules.exists(ErrorCode.DUPLICATE_SCHEMA, "schema", name);
        }
        change(new SchemaChange.SchemaCreated(name));
    }

    public void dropSchema(String name, boolean cascade) {
        SchemaRules.requireSchema(catalog(), name);
        List<TableSchema> inside = catalog().tables().stream()
                .filter(table -> table.name().schema().equals(name))
                .toList();
        if (!inside.isEmpty() && !cascade) {
            throw dependent("schema still has tables")
                    .with("schema", name)
                    .with("tables", inside.size())
                    .hint("drop them first, or say CASCADE");
        }
        atomically(() -> {
            for (TableSchema table : inside) {
                dropTable(table.tableId(), true);
            }
            change(new SchemaChange.SchemaDropped(name));
        });
    }

    public TableSchema createTable(TableSchema draft) {
        SchemaRules.requireName("table", draft.name().table());
        TableSchema table = TableEdit.numbered(draft, catalog());
        rules.check(catalog(), table);
        TableSchema complete = TableEdit.withReferenceIndexes(
                table, catalog().with(created(table)).nextObjectId());
        rules.check(catalog(), complete);
        change(created(complete));
        return complete;
    }

    private static SchemaChange created(TableSchema table) {
        return new SchemaChange.TableCreated(table);
    }

    public void dropTable(int tableId, boolean cascade) {
        TableSchema table = catalog().get(tableId);
        atomically(() -> {
            for (TableSchema child : catalog().referencing(tableId)) {
                if (child.tableId() != tableId) {
                    dropReferences(child, key -> key.referencedTableId() == tableId, cascade, table.name());
                }
            }
            change(new SchemaChange.TableDropped(tableId));
        });
    }

    private void dropReferences(TableSchema child, Predicate<ForeignKey> which, boolean cascade, Object referenced) {
        List<ForeignKey> dropped = child.foreignKeys().stream().filter(which).toList();
        if (dropped.isEmpty()) {
            return;
        }
        if (!cascade) {
            throw dependent("other tables refer to it")
                    .with("referenced", referenced)
                    .with("constraint", dropped.get(0).name())
                    .with("table", child.name())
                    .hint("drop the foreign key first, or say CASCADE");
        }
        alter(TableEdit.of(child).removeForeignKeys(dropped).done(), RowRewrite.NONE);
    }

    public IndexDefinition createIndex(int tableId, IndexDefinition draft) {
        SchemaRules.requireName("index", draft.name());
        TableSchema table = catalog().get(tableId);
        IndexDefinition index = TableEdit.numbered(draft, catalog().nextObjectId());
        atomically(() -> {
            alter(TableEdit.of(table).addIndex(index).done(), RowRewrite.NONE);
            requireUnique(tableId, index);
        });
        return index;
    }

    private void requireUnique(int tableId, IndexDefinition index) {
        if (!index.unique()) {
            return;
        }
        TableState state = tables.table(tableId).state();
        int position = state.shape().position(index.indexId());
        long duplicate = state.findDuplicate(position);
        byte[] row = duplicate < 0 ? null : state.row(duplicate);
        if (row != null) {
            throw Refusals.unique(state.schema(), state.shape().index(position), row);
        }
    }

    public void dropIndex(int tableId, int indexId, boolean cascade) {
        TableSchema table = catalog().get(tableId);
        IndexDefinition index = table.index(indexId).orElseThrow(() -> unknownIndex(table, indexId));
        PrimaryKey key = table.primaryKey();
        if (key != null && key.indexId() == indexId) {
            throw dependent("index belongs to the primary key")
                    .with("index", index.name())
                    .hint("drop the constraint instead");
        }
        removeIndexes(table, List.of(index), cascade, table.primaryKey());
    }

    /** Removes indexes; foreign keys that need them go with them, or forbid it. */
    private void removeIndexes(
            TableSchema table, List<IndexDefinition> indexes, boolean cascade, @Nullable PrimaryKey key) {
        TableSchema rest =
                TableEdit.of(table).removeIndexes(indexes).primaryKey(key).done();
        atomically(() -> {
            for (TableSchema child : catalog().referencing(table.tableId())) {
                dropReferences(
                        child,
                        reference -> reference.referencedTableId() == table.tableId()
                                && KeyColumns.findUniqueIndex(rest, reference.referencedColumns()) == null,
                        cascade,
                        table.name());
            }
            TableSchema current = catalog().get(table.tableId());
            TableSchema edited =
                    TableEdit.of(current).removeIndexes(indexes).primaryKey(key).done();
            // Own foreign keys keep an index to find referring rows by: a new one replaces a dropped one.
            alter(TableEdit.withReferenceIndexes(edited, catalog().nextObjectId()), RowRewrite.NONE);
        });
    }

    /** Adds a column behind the others; {@code encodedDefault} is its value in every existing row. */
    public void addColumn(int tableId, ColumnDefinition column, byte[] encodedDefault) {
        SchemaRules.requireName("column", column.name());
        TableSchema table = catalog().get(tableId);
        alter(TableEdit.of(table).addColumn(column).done(), new RowRewrite.AppendColumn(encodedDefault.clone()));
    }

    public void dropColumn(int tableId, int column, List<CheckDefinition> remainingChecks, boolean cascade) {
        TableSchema table = catalog().get(tableId);
        String name = TableEdit.column(table, column).name();
        atomically(() -> {
            for (TableSchema child : catalog().referencing(tableId)) {
                dropReferences(
                        child,
                        key -> key.referencedTableId() == tableId
                                && key.referencedColumns().contains(column),
                        cascade,
                        table.name() + "." + name);
            }
            TableSchema rest = TableEdit.of(catalog().get(tableId))
                    .checks(remainingChecks)
                    .dropColumn(column)
                    .done();
            alter(TableEdit.withReferenceIndexes(rest, catalog().nextObjectId()), new RowRewrite.CutColumn(column));
            for (TableSchema child : catalog().referencing(tableId)) {
                if (child.tableId() != tableId) {
                    alter(
                            TableEdit.of(child)
                                    .referencedColumnDropped(tableId, column)
                                    .done(),
                            RowRewrite.NONE);
                }
            }
        });
    }

    public void renameColumn(int tableId, int column, String newName, List<CheckDefinition> rewrittenChecks) {
        SchemaRules.requireName("column", newName);
        TableSchema table = catalog().get(tableId);
        alter(
                TableEdit.of(table)
                        .checks(rewrittenChecks)
                        .renameColumn(column, newName)
                        .done(),
                RowRewrite.NONE);
    }

    public void renameTable(int tableId, TableName newName) {
        SchemaRules.requireName("table", newName.table());
        alter(TableEdit.of(catalog().get(tableId)).name(newName).done(), RowRewrite.NONE);
    }

    public void setRowSecurity(int tableId, RowSecurity security) {
        alter(TableEdit.of(catalog().get(tableId)).rowSecurity(security).done(), RowRewrite.NONE);
    }

    public void setDefault(int tableId, int column, @Nullable String defaultSql) {
        alter(
                TableEdit.of(catalog().get(tableId))
                        .setDefault(column, defaultSql)
                        .done(),
                RowRewrite.NONE);
    }

    /**
     * Allows or forbids NULL in a column.
     *
     * @throws CodedException NOT_NULL_VIOLATION if a row has NULL there
     */
    public void setNullable(int tableId, int column, boolean nullable) {
        TableSchema table = catalog().get(tableId);
        if (TableEdit.column(table, column).nullable() == nullable) {
            return;
        }
        for (RowCursor row = tables.table(tableId).state().scan(); !nullable && row.next(); ) {
            if (tables.table(tableId).layout().isNull(row.row(), column)) {
                throw Refusals.notNull(table, column).with("rowId", row.rowId());
            }
        }
        TableSchema altered = TableEdit.of(table).setNullable(column, nullable).done();
        RowRewrite.ChangeNullability rewrite = new RowRewrite.ChangeNullability(column, nullable);
        if (!nullable && workspace.hasWrittenTo(tables.table(tableId))) {
            // Replay rewrites the rows as they were before the transaction, and those may hold the NULLs it removed.
            TableRewrite rewriter = new TableRewrite(tables.table(tableId).layout(), rewrite);
            refill(altered, rewriter::rewritten);
        } else {
            alter(altered, rewrite);
        }
    }

    /**
     * Gives a column another type and every row a new form.
     *
     * @param newRow makes the row of the new layout out of one of the old
     */
    public void alterColumnType(
            int tableId, int column, Column newColumn, List<CheckDefinition> newChecks, UnaryOperator<byte[]> newRow) {
        TableSchema table = catalog().get(tableId);
        TableSchema altered = TableEdit.of(table)
                .checks(newChecks)
                .setColumn(column, newColumn)
                .done();
        requireMatchingReferences(tableId, altered);
        refill(altered, newRow);
    }

    private void refill(TableSchema altered, UnaryOperator<byte[]> newRow) {
        int tableId = altered.tableId();
        TableState before = tables.table(tableId).state();
        atomically(() -> {
            alter(altered, new RowRewrite.Refill());
            for (RowCursor row = before.scan(); row.next(); ) {
                workspace.refill(tableId, row.rowId(), newRow.apply(row.row()));
            }
            for (ForeignKeyRule rule : tables.table(tableId).references(tables).incoming()) {
                requireParents(rule);
            }
        });
    }

    private static void requireParents(ForeignKeyRule rule) {
        for (RowCursor row = rule.child().state().scan(); row.next(); ) {
            if (!rule.isSatisfied(row.row())) {
                throw Refusals.missingParent(rule, row.row());
            }
        }
    }

    /** Foreign keys of other tables were checked against the old types. */
    private void requireMatchingReferences(int tableId, TableSchema altered) {
        for (TableSchema child : catalog().referencing(tableId)) {
            if (child.tableId() != tableId) {
                rules.checkForeignKeys(child, altered);
            }
        }
    }

    public void addPrimaryKey(int tableId, String constraintName, IndexDefinition draft) {
        TableSchema table = catalog().get(tableId);
        if (table.primaryKey() != null) {
            throw SchemaRules.exists(ErrorCode.INVALID_TABLE_DEFINITION, "primary key", table.name());
        }
        IndexDefinition index = TableEdit.numbered(draft, catalog().nextObjectId());
        PrimaryKey key = new PrimaryKey(constraintName, index.indexId());
        atomically(() -> {
            alter(TableEdit.of(table).addIndex(index).primaryKey(key).done(), RowRewrite.NONE);
            requireUnique(tableId, index);
        });
    }

    public void addCheck(int tableId, CheckDefinition check) {
        SchemaRules.requireName("constraint", check.name());
        TableSchema table = catalog().get(tableId);
        TableSchema altered = TableEdit.of(table).addCheck(check).done();
        rules.check(catalog(), altered);
        RowCheck compiled = compiler.compile(altered, check);
        for (RowCursor row = tables.table(tableId).state().scan(); row.next(); ) {
            if (compiled.violates(row.row())) {
                throw Refusals.check(altered, check).with("rowId", row.rowId());
            }
        }
        alter(altered, RowRewrite.NONE);
    }

    public void addForeignKey(int tableId, ForeignKey key) {
        SchemaRules.requireName("constraint", key.name());
        TableSchema table =
                TableEdit.of(catalog().get(tableId)).addForeignKey(key).done();
        rules.check(catalog(), table);
        atomically(() -> {
            alter(TableEdit.withReferenceIndexes(table, catalog().nextObjectId()), RowRewrite.NONE);
            requireParents(new ForeignKeyRule(key, tables.table(tableId), tables.table(key.referencedTableId())));
        });
    }

    public void renameConstraint(int tableId, String name, String newName) {
        SchemaRules.requireName("constraint", newName);
        TableSchema table = catalog().get(tableId);
        TableSchema renamed =
                TableEdit.of(table).renameConstraint(name, newName).done();
        if (renamed.equals(TableEdit.of(table).done())) {
            throw unknownConstraint(table, name);
        }
        alter(renamed, RowRewrite.NONE);
    }

    public void dropConstraint(int tableId, String name, boolean cascade) {
        TableSchema table = catalog().get(tableId);
        PrimaryKey key = table.primaryKey();
        List<ForeignKey> references = table.foreignKeys().stream()
                .filter(reference -> reference.name().equals(name))
                .toList();
        List<CheckDefinition> checks = table.checks().stream()
                .filter(check -> !check.name().equals(name))
                .toList();
        IndexDefinition index =
                table.index(name).filter(IndexDefinition::unique).orElse(null);
        if (!references.isEmpty()) {
            alter(TableEdit.of(table).removeForeignKeys(references).done(), RowRewrite.NONE);
        } else if (checks.size() < table.checks().size()) {
            alter(TableEdit.of(table).checks(checks).done(), RowRewrite.NONE);
        } else if (key != null && key.constraintName().equals(name)) {
            removeIndexes(table, table.primaryKeyIndex().stream().toList(), cascade, null);
        } else if (index != null) {
            removeIndexes(table, List.of(index), cascade, key);
        } else {
            throw unknownConstraint(table, name);
        }
    }

    private static CodedException unknownConstraint(TableSchema table, String name) {
        return new CodedException(ErrorCode.UNKNOWN_OBJECT, "constraint does not exist")
                .with("constraint", name)
                .with("table", table.name());
    }

    private void alter(TableSchema table, RowRewrite rewrite) {
        rules.check(catalog(), table);
        change(new SchemaChange.TableAltered(table, rewrite));
    }

    private void change(SchemaChange change) {
        workspace.endStatement();
        workspace.change(change);
    }

    /** Several changes or none: a refusal half way takes back what was done. */
    private void atomically(Runnable changes) {
        workspace.endStatement();
        int mark = workspace.position();
        try {
            changes.run();
            workspace.endStatement();
        } catch (RuntimeException e) {
            workspace.undoStatementTo(mark);
            throw e;
        }
    }

    private Catalog catalog() {
        return tables.catalog();
    }

    private static CodedException dependent(String text) {
        return new CodedException(ErrorCode.DEPENDENT_OBJECTS, text);
    }

    private static CodedException unknownIndex(TableSchema table, int indexId) {
        return new CodedException(ErrorCode.UNKNOWN_OBJECT, "index does not exist")
                .with("indexId", indexId)
                .with("table", table.name());
    }
}
