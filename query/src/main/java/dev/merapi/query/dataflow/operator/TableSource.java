package dev.merapi.query.dataflow.operator;

import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.row.TableRow;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableDelta;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table. The output is the table, its change the table's change: an updated row is one that went and one that came.
 */
public final class TableSource extends Operator {
    private final boolean rowIds;
    private @Nullable RowType type;
    private @Nullable RowLayout layout;

    /** Makes the operator; {@code rowIds} puts the id of each row behind its columns. */
    public TableSource(boolean rowIds) {
        this.rowIds = rowIds;
    }

    /** Passes on what a commit changed in the table. */
    public void change(TableDelta delta) {
        RowLayout rows = layout(delta.table().rowType());
        for (int i = 0; i < delta.size(); i++) {
            byte[] before = delta.before(i);
            byte[] after = delta.after(i);
            if (before != null) {
                emit(row(rows, delta.rowId(i), before), -1);
            }
            if (after != null) {
                emit(row(rows, delta.rowId(i), after), 1);
            }
        }
    }

    private RowLayout layout(RowType of) {
        RowLayout known = layout;
        if (known == null || !of.equals(type)) {
            known = RowLayout.of(of);
            layout = known;
            type = of;
        }
        return known;
    }

    /** Passes on all rows of the table as rows that came. */
    public void fill(RowLayout rowLayout, RowCursor rows) {
        while (rows.next()) {
            emit(row(rowLayout, rows.rowId(), rows.row()), 1);
        }
    }

    private Row row(RowLayout rows, long id, byte[] bytes) {
        if (!rowIds) {
            return new TableRow(rows, bytes);
        }
        @Nullable Object[] values = Arrays.copyOf(rows.decode(bytes), rows.columnCount() + 1);
        values[rows.columnCount()] = id;
        return new ArrayRow(values);
    }

    @Override
    public boolean isSource() {
        return true;
    }
}
