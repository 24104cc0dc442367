package dev.merapi.query.exec.scan;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.row.StoredRow;
import dev.merapi.query.system.SystemTables;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a stored table, found by an {@link AccessPath}, for which a condition is true. The condition is whole:
 * what the path has already made sure of is asked again, which costs little and needs no proof.
 */
public final class TableScan extends Operator {
    private final TableSchema table;
    private final boolean rowId;
    private final AccessPath path;
    private final @Nullable Evaluator condition;
    private final String text;

    /** Makes the operator; {@code rowId} adds the row id as last column, {@code text} is the condition for people. */
    public TableScan(TableSchema table, boolean rowId, AccessPath path, @Nullable Evaluator condition, String text) {
        super(table.columns().size() + (rowId ? 1 : 0), List.of());
        this.table = table;
        this.rowId = rowId;
        this.path = path;
        this.condition = condition;
        this.text = text;
    }

    public TableSchema table() {
        return table;
    }

    /** Whether an index leads to its rows. */
    public boolean isByIndex() {
        return !(path instanceof AccessPath.All);
    }

    public boolean rowId() {
        return rowId;
    }

    public @Nullable Evaluator condition() {
        return condition;
    }

    @Override
    protected RowSource start(QueryContext context) {
        if (SystemTables.isSystem(table.tableId())) {
            return systemRows(context);
        }
        TableReader reader = context.view().table(table.tableId());
        return rows(path.open(reader, context.eval()), reader, context.eval());
    }

    /** Rows of a cursor that fulfil the condition. */
    public RowSource rows(RowCursor cursor, TableReader reader, EvalContext eval) {
        StoredRow row = new StoredRow(reader.layout(), rowId);
        Evaluator filter = condition;
        return () -> {
            while (cursor.next()) {
                eval.tick();
                row.moveTo(cursor.rowId(), cursor.row());
                if (filter == null || filter.isTrue(row, eval)) {
                    return row;
                }
            }
            return null;
        };
    }

    private RowSource systemRows(QueryContext context) {
        Iterator<Row> rows = SystemTables.rows(context.view(), context::live, table.tableId())
                .iterator();
        return () -> {
            while (rows.hasNext()) {
                Row row = rows.next();
                if (condition == null || condition.isTrue(row, context.eval())) {
                    return row;
                }
            }
            return null;
        };
    }

    @Override
    public long estimate(QueryContext context) {
        if (SystemTables.isSystem(table.tableId())) {
            return 100;
        }
        long rows = context.view().table(table.tableId()).rowCount();
        return path.estimate(condition == null ? rows : rows / 3 + 1);
    }

    @Override
    public String describe() {
        return path.describe(table) + (condition == null ? "" : " filter: " + text);
    }
}
