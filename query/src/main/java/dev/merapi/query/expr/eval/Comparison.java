package dev.merapi.query.expr.eval;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Comparator;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Comparisons of two values of one type. */
final class Comparison {
    /** What the outcome of a comparison must be. */
    enum Test {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }

        /** The test for a comparison operator, or null for other kinds. */
        static @Nullable Test of(SqlKind kind) {
            return switch (kind) {
                case EQUALS -> EQUAL;
                case NOT_EQUALS -> NOT_EQUAL;
                case LESS_THAN -> LESS;
                case LESS_THAN_OR_EQUAL -> LESS_OR_EQUAL;
                case GREATER_THAN -> GREATER;
                case GREATER_THAN_OR_EQUAL -> GREATER_OR_EQUAL;
                default -> null;
            };
        }
    }

    private Comparison() {}

    static Evaluator of(Test test, ColumnType type, Evaluator left, Evaluator right) {
        if (left instanceof LongEvaluator leftNumber && right instanceof LongEvaluator rightNumber) {
            return new OfLongs(test, leftNumber, rightNumber);
        }
        return new OfValues(test, ValueOrder.comparator(type), left, right);
    }

    private record OfLongs(Test test, LongEvaluator left, LongEvaluator right) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            return (left.isNull(row, context) || right.isNull(row, context)) ? null : holds(row, context);
        }

        @Override
        public boolean isTrue(Row row, EvalContext context) {
            return !left.isNull(row, context) && !right.isNull(row, context) && holds(row, context);
        }

        private boolean holds(Row row, EvalContext context) {
            return test.holds(Long.compare(left.evalLong(row, context), right.evalLong(row, context)));
        }
    }

    private record OfValues(Test test, Comparator<Object> order, Evaluator left, Evaluator right) implements Evaluator {
        @Override
        public @Nullable Object eval(Row row, EvalContext context) {
            Object leftValue = left.eval(row, context);
            Object rightValue = leftValue == null ? null : right.eval(row, context);
            if (leftValue == null || rightValue == null) {
                return null;
            }
            return test.holds(order.compare(leftValue, rightValue));
        }
    }

    /** {@code IS [NOT] DISTINCT FROM}: NULL is a value equal to itself. */
    record Distinct(Comparator<Object> order, Evaluator left, Evaluator right, boolean negated) implements Evaluator {
        static Distinct of(ColumnType type, Evaluator left, Evaluator right, boolean negated) {
            return new Distinct(ValueOrder.comparator(type), left, right, negated);
        }

        @Override
        public Object eval(Row row, EvalContext context) {
            Object leftValue = left.eval(row, context);
            Object rightValue = right.eval(row, context);
            if (leftValue == null || rightValue == null) {
                boolean bothNull = leftValue == null && rightValue == null;
                return bothNull == negated;
            }
            return (order.compare(leftValue, rightValue) != 0) != negated;
        }
    }
}
