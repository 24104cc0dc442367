package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Truth with three values: TRUE, FALSE and NULL for unknown. */
final class Logic {
    private Logic() {}

    record And(List<Evaluator> terms) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            boolean unknown = false;
            for (Evaluator term : terms) {
                Object value = term.eval(row, context);
                if (value == null) {
                    unknown = true;
                } else if (!(Boolean) value) {
                    return false;
                }
            }
            return unknown ? null : true;
        }

        @Override
        public boolean isTrue(Row row, EvalContext context) {
            for (Evaluator term : terms) {
                if (!term.isTrue(row, context)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Or(List<Evaluator> terms) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            boolean unknown = false;
            for (Evaluator term : terms) {
                Object value = term.eval(row, context);
                if (value == null) {
                    unknown = true;
                } else if ((Boolean) value) {
                    return true;
                }
            }
            return unknown ? null : false;
        }

        @Override
        public boolean isTrue(Row row, EvalContext context) {
            for (Evaluator term : terms) {
                if (term.isTrue(row, context)) {
                    return true;
                }
            }
            return false;
        }
    }

    record Not(Evaluator operand) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            Object value = operand.eval(row, context);
            return value == null ? null : !(Boolean) value;
        }
    }

    record IsNull(Evaluator operand, boolean negated) implements Evaluator {
        @Override
        public Object eval(Row row, EvalContext context) {
            return isTrue(row, context);
        }

        @Override
        public boolean isTrue(Row row, EvalContext context) {
            boolean isNull = operand instanceof LongEvaluator number
                    ? number.isNull(row, context)
                    : operand.eval(row, context) == null;
            return isNull != negated;
        }
    }

    /** {@code IS [NOT] TRUE} and {@code IS [NOT] FALSE}: never NULL themselves. */
    record IsTruth(Evaluator operand, boolean wanted, boolean negated) implements Evaluator {
        @Override
        public Object eval(Row row, EvalContext context) {
            return isTrue(row, context);
        }

        @Override
        public boolean isTrue(Row row, EvalContext context) {
            Object value = operand.eval(row, context);
            return (value != null && (Boolean) value == wanted) != negated;
        }
    }
}
