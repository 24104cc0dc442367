package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows written in the query. */
public final class ValueRows extends Operator {
    private final List<List<Evaluator>> rows;

    public ValueRows(int columns, List<List<Evaluator>> rows) {
        super(columns, List.of());
        this.rows = rows;
    }

    @Override
    protected RowSource start(QueryContext context) {
        Iterator<List<Evaluator>> iterator = rows.iterator();
        return () -> iterator.hasNext() ? row(iterator.next(), context.eval()) : null;
    }

    private static Row row(List<Evaluator> expressions, EvalContext eval) {
        if (expressions.isEmpty()) {
            return ArrayRow.EMPTY;
        }
        @Nullable Object[] values = new @Nullable Object[expressions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions.get(i).eval(ArrayRow.EMPTY, eval);
        }
        return new ArrayRow(values);
    }

    @Override
    public long estimate(QueryContext context) {
        return rows.size();
    }

    @Override
    public String describe() {
        return rows.size() == 1 ? "Result" : "Values: " + rows.size() + " rows";
    }
}
