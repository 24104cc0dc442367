package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;

/** An expression whose type is an integer of at most 64 bits, or a date, time or timestamp: readable without boxing. */
interface LongEvaluator extends Evaluator {
    boolean isNull(Row row, EvalContext context);

    /** The value in the form {@link Row#getLong} has; only when {@link #isNull} is false. */
    long evalLong(Row row, EvalContext context);
}
