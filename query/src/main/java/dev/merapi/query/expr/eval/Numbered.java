package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * A parameter, memo or outer column of a long type, so that a comparison with a column need not box the column. The
 * number is remembered with the value it came from: converting a date for each row would cost more than boxing.
 */
record Numbered(Evaluator expression, int slot) implements LongEvaluator {
    private record Known(Object value, long number) {}

    @Override
    public @Nullable Object eval(Row row, EvalContext context) {
        return expression.eval(row, context);
    }

    @Override
    public boolean isNull(Row row, EvalContext context) {
        return expression.eval(row, context) == null;
    }

    @Override
    public long evalLong(Row row, EvalContext context) {
        Object value = expression.eval(row, context);
        if (value == null) {
            throw new IllegalStateException("NULL has no number");
        }
        if (context.memo(slot) instanceof Known known && known.value().equals(value)) {
            return known.number();
        }
        long number = RawLong.of(value);
        context.setMemo(slot, new Known(value, number));
        return number;
    }
}
