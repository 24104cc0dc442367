package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of a function; a strict one is not asked when an argument is NULL, and later arguments are not evaluated. */
record FunctionCall(ScalarFunction function, List<Evaluator> operands) implements Evaluator {
    @Override
    public @Nullable Object eval(Row row, EvalContext context) {
        int count = operands.size();
        @Nullable Object[] arguments = new @Nullable Object[count];
        boolean strict = function.strict();
        for (int i = 0; i < count; i++) {
            Object argument = operands.get(i).eval(row, context);
            if (argument == null && strict) {
                return null;
            }
            arguments[i] = argument;
        }
        return function.body().apply(context, arguments);
    }
}
