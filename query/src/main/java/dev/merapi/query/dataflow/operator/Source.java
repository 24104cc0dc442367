package dev.merapi.query.dataflow.operator;

import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.dataflow.zset.TableRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableDelta;
import org.jspecify.annotations.Nullable;

/**
 * A table, or the parameter relation: what comes from outside. The output is the table, its change the table's change:
 * an updated row is one that went and one that came.
 */
public final class Source extends Operator implements Sink {
    private @Nullable RowType type;
    private @Nullable RowLayout layout;

    @Override
    public void accept(Row row, int weight) {
        emit(row, weight);
    }

    /** Passes on what a commit changed in the table. */
    public void change(TableDelta delta) {
        RowLayout rows = layout(delta.table().rowType());
        for (int i = 0; i < delta.size(); i++) {
            byte[] before = delta.before(i);
            byte[] after = delta.after(i);
            if (before != null) {
                emit(new TableRow(rows, before), -1);
            }
            if (after != null) {
                emit(new TableRow(rows, after), 1);
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
            emit(new TableRow(rowLayout, rows.row()), 1);
        }
    }
}
