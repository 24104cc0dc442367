package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * An expression that depends on no row: computed when first asked in an execution, remembered for the rest of it. Not
 * before, so that {@code CASE WHEN false THEN 1/0 END} stays silent.
 */
record Memo(Evaluator expression, int slot) implements Evaluator {
    /** What is remembered: a record, so that NULL can be too. */
    private record Remembered(@Nullable Object value) {}

    @Override
    public @Nullable Object eval(Row row, EvalContext context) {
        if (context.memo(slot) instanceof Remembered known) {
            return known.value();
        }
        Object value = expression.eval(row, context);
        context.setMemo(slot, new Remembered(value));
        return value;
    }
}
