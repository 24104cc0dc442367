package dev.merapi.query.exec;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;

/**
 * A query inside an expression.
 *
 * @param outerRows the numbers under which it sees the row the expression is evaluated on
 */
record Subplan(Operator operator, int[] outerRows, int contextMemo) {
    RowSource open(Row row, EvalContext eval) {
        for (int number : outerRows) {
            eval.setOuterRow(number, row);
        }
        return operator.open(context(eval));
    }

    /** The context of the statement: what is kept of the query's rows counts there. */
    QueryContext context(EvalContext eval) {
        if (eval.memo(contextMemo) instanceof QueryContext context) {
            return context;
        }
        throw new IllegalStateException("a query inside an expression is evaluated outside of a plan");
    }
}
