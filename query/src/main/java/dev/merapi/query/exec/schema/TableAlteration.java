package dev.merapi.query.exec.schema;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.RowSecurity;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.sql.BoundDdl.AlterAction;
import dev.merapi.query.sql.BoundDdl.TablePolicy;
import dev.merapi.store.RowCursor;
import dev.merapi.store.Transaction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** The actions of ALTER TABLE. Belongs to the writer's thread, for one statement. */
final class TableAlteration {
    private final Transaction transaction;
    private final QueryContext context;
    private final PlanCompiler compiler;
    private final CheckColumns checks;

    TableAlteration(Transaction transaction, QueryContext context, PlanCompiler compiler, CheckColumns checks) {
        this.transaction = transaction;
        this.context = context;
        this.compiler = compiler;
        this.checks = checks;
    }

    void apply(int tableId, List<AlterAction> actions) {
        actions.forEach(action -> apply(tableId, action));
    }

    private void apply(int tableId, AlterAction action) {
        switch (action) {
            case AlterAction.AddColumn add -> addColumn(tableId, add.column(), add.initialValue());
            case AlterAction.DropColumn drop -> dropColumn(tableId, drop);
            case AlterAction.RenameColumn rename ->
                transaction.renameColumn(tableId, column(tableId, rename.column()), rename.newName(), rename.checks());
            case AlterAction.RenameTable rename ->
                transaction.renameTable(
                        tableId, new TableName(table(tableId).name().schema(), rename.newName()));
            case AlterAction.RenameConstraint rename ->
                transaction.renameConstraint(tableId, rename.name(), rename.newName());
            case AlterAction.AddKey add -> addKey(tableId, add);
            case AlterAction.AddCheck add -> transaction.addCheck(tableId, add.check());
            case AlterAction.AddForeignKey add -> transaction.addForeignKey(tableId, add.key());
            case AlterAction.DropConstraint drop -> transaction.dropConstraint(tableId, drop.name(), drop.cascade());
            case AlterAction.SetDefault set ->
                transaction.setDefault(tableId, column(tableId, set.column()), set.defaultSql());
            case AlterAction.SetNullable set ->
                transaction.setNullable(tableId, column(tableId, set.column()), set.nullable());
            case AlterAction.SetType set -> setType(tableId, set);
            case AlterAction.SecureRows secure -> secureRows(tableId, secure);
            case AlterAction.DropPolicy drop -> dropPolicy(drop.policy());
            case AlterAction.RewritePolicy rewrite ->
                transaction.setRowSecurity(
                        rewrite.tableId(),
                        table(rewrite.tableId())
                                .rowSecurity()
                                .replacing(rewrite.policy().name(), rewrite.policy()));
        }
    }

    private void secureRows(int tableId, AlterAction.SecureRows secure) {
        RowSecurity security = table(tableId).rowSecurity();
        Boolean enabled = secure.enabled();
        Boolean forced = secure.forced();
        security = enabled == null ? security : security.withEnabled(enabled);
        transaction.setRowSecurity(tableId, forced == null ? security : security.withForced(forced));
    }

    void dropPolicy(TablePolicy policy) {
        int tableId = policy.tableId();
        transaction.setRowSecurity(tableId, table(tableId).rowSecurity().without(policy.policy()));
    }

    private TableSchema table(int tableId) {
        return transaction.catalog().get(tableId);
    }

    private int column(int tableId, String name) {
        return table(tableId).indexOf(name);
    }

    private void addKey(int tableId, AlterAction.AddKey add) {
        if (!add.primary()) {
            transaction.createIndex(tableId, add.draft());
            return;
        }
        for (int column : add.draft().columns()) {
            if (table(tableId).columns().get(column).nullable()) {
                transaction.setNullable(tableId, column, false);
            }
        }
        transaction.addPrimaryKey(tableId, add.draft().name(), add.draft());
    }

    private void dropColumn(int tableId, AlterAction.DropColumn drop) {
        TableSchema table = table(tableId);
        int column = table.indexOf(drop.column());
        List<CheckDefinition> remaining = table.checks().stream()
                .filter(check -> !checks.mentioned(table, check).contains(column))
                .toList();
        transaction.dropColumn(tableId, column, remaining, drop.cascade());
    }

    /**
     * Adds a column and gives the rows that exist their values. A value that is the same for all goes in with the
     * column; numbers of a sequence and volatile defaults are drawn row by row, as PostgreSQL does.
     */
    private void addColumn(int tableId, ColumnDefinition column, @Nullable RexNode initial) {
        boolean perRow = column.autoIncrement() || (initial != null && !RexUtil.isDeterministic(initial));
        Evaluator evaluator = initial == null ? null : compiler.expression(initial);
        boolean empty = transaction.table(tableId).rowCount() == 0;
        if (empty || !perRow) {
            Object value = empty || evaluator == null ? null : evaluator.eval(ArrayRow.EMPTY, context.eval());
            if (value == null && !column.nullable() && !empty) {
                throw containsNull(tableId, column);
            }
            addColumn(tableId, column, column.nullable() || !empty, value);
            return;
        }
        addColumn(tableId, column, false, null);
        int position = table(tableId).columns().size() - 1;
        fill(tableId, position, evaluator);
        if (!column.nullable()) {
            transaction.setNullable(tableId, position, false);
        }
    }

    /**
     * Adds a column with one value for all rows. One that must not be NULL but has no value to begin with is added as
     * nullable first.
     */
    private void addColumn(int tableId, ColumnDefinition column, boolean asDefined, @Nullable Object value) {
        ColumnDefinition added = asDefined
                ? column
                : new ColumnDefinition(
                        Column.optional(column.name(), column.type()), column.defaultSql(), column.identity());
        BsatnWriter out = new BsatnWriter();
        RowLayout.of(new RowType(List.of(added.column()))).encodeColumn(out, 0, value);
        transaction.addColumn(tableId, added, out.toByteArray());
        if (!asDefined && transaction.table(tableId).rowCount() == 0) {
            transaction.setNullable(tableId, table(tableId).columns().size() - 1, false);
        }
    }

    private CodedException containsNull(int tableId, ColumnDefinition column) {
        return new CodedException(ErrorCode.NOT_NULL_VIOLATION, "column would contain NULL in rows that exist")
                .with("column", column.name())
                .with("table", table(tableId).name())
                .hint("give the column a DEFAULT");
    }

    private void fill(int tableId, int column, @Nullable Evaluator value) {
        RowLayout layout = transaction.table(tableId).layout();
        RowCursor rows = transaction.view().table(tableId).scan();
        while (rows.next()) {
            @Nullable Object[] values = layout.decode(rows.row());
            values[column] = value == null ? next(tableId, column) : value.eval(ArrayRow.EMPTY, context.eval());
            transaction.updateEncoded(tableId, rows.rowId(), layout.encode(values));
        }
    }

    private void setType(int tableId, AlterAction.SetType set) {
        TableSchema table = table(tableId);
        int position = table.indexOf(set.column());
        ColumnDefinition old = table.columns().get(position);
        Column changed = new Column(old.name(), set.type(), old.nullable());
        List<Column> columns = new ArrayList<>(table.rowType().columns());
        columns.set(position, changed);
        RowLayout before = transaction.table(tableId).layout();
        RowLayout after = RowLayout.of(new RowType(columns));
        Evaluator value = compiler.expression(set.value());
        transaction.alterColumnType(tableId, position, changed, table.checks(), row -> {
            @Nullable Object[] values = before.decode(row);
            Object result = value.eval(new ArrayRow(values.clone()), context.eval());
            if (result == null && !old.nullable()) {
                throw containsNull(tableId, old);
            }
            values[position] = result;
            return after.encode(values);
        });
    }

    private Object next(int tableId, int column) {
        ScalarType type = (ScalarType) table(tableId).columns().get(column).type();
        return Constants.integer(type, BigInteger.valueOf(transaction.nextSequence(tableId, column)));
    }

    /** Lets every auto-increment column of a table begin again at 1. */
    void restartSequences(int tableId) {
        List<ColumnDefinition> columns = table(tableId).columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).autoIncrement()) {
                transaction.restartSequence(tableId, i);
            }
        }
    }
}
