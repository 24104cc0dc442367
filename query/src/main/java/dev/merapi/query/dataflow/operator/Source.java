package dev.merapi.query.dataflow.operator;

import dev.merapi.api.value.RowLayout;
import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.dataflow.zset.TableRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableDelta;

/**
 * A table, or the parameter relation: what comes from outside. The output is the table, its change the table's change:
 * an updated row is one that went and one that came.
 */
public final class Source extends Operator implements Sink {
    @Override
    public void accept(Row row, int weight) {
        emit(row, weight);
    }

    /** Passes on what a commit changed in the table. */
    public void change(TableDelta delta) {
        RowLayout layout = RowLayout.of(delta.table().rowType());
        for (int i = 0; i < delta.size(); i++) {
            byte[] before = delta.before(i);
            byte[] after = delta.after(i);
            if (before != null) {
                emit(new TableRow(layout, before), -1);
            }
            if (after != null) {
                emit(new TableRow(layout, after), 1);
            }
        }
    }

    /** Passes on all rows of the table as rows that came. */
    public void fill(RowLayout layout, RowCursor rows) {
        while (rows.next()) {
            emit(new TableRow(layout, rows.row()), 1);
        }
    }
}
