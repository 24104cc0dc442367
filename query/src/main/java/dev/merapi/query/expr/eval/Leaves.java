package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/** Expressions without operands. */
final class Leaves {
    private Leaves() {}

    /** A column of the row. */
    record Column(int index) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            return row.get(index);
        }
    }

    record LongColumn(int index) implements LongEvaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            return row.get(index);
        }

        @Override
        public boolean isNull(Row row, EvalContext context) {
            return row.isNull(index);
        }

        @Override
        public long evalLong(Row row, EvalContext context) {
            return row.getLong(index);
        }
    }

    record BooleanColumn(int index) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            return row.get(index);
        }

        @Override
        public boolean isTrue(Row row, EvalContext context) {
            return !row.isNull(index) && row.getBoolean(index);
        }
    }

    record Constant(@Nullable Object value) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            return value;
        }
    }

    record LongConstant(Object value, long number) implements LongEvaluator {
        @Override
        public Object eval(Row row, EvalContext context) {
            return value;
        }

        @Override
        public boolean isNull(Row row, EvalContext context) {
            return false;
        }

        @Override
        public long evalLong(Row row, EvalContext context) {
            return number;
        }
    }

    /** {@code $n}, counted from 0. */
    record Parameter(int index) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            return context.parameter(index);
        }
    }

    /** A column of an enclosing query's row. */
    record Outer(int correlation, int index) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            return context.outerRow(correlation).get(index);
        }
    }
}
