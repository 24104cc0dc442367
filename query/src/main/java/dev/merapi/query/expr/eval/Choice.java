package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions of which only some operands are evaluated. */
final class Choice {
    private Choice() {}

    /** {@code CASE WHEN … THEN … ELSE … END}: conditions and results, one of each. */
    record Case(List<Evaluator> conditions, List<Evaluator> results, Evaluator otherwise) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).isTrue(row, context)) {
                    return results.get(i).eval(row, context);
                }
            }
            return otherwise.eval(row, context);
        }
    }

    record Coalesce(List<Evaluator> operands) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            for (Evaluator operand : operands) {
                Object value = operand.eval(row, context);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
    }
}
