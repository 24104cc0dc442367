package dev.merapi.query.exec;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Comparator;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * {@code a < SOME (query)} and the like. Of the query's values only the least, the greatest and whether there is a NULL
 * matter, whatever the comparison, but for equality in between, which arrives as IN; it is looked for one by one here.
 */
final class SomeComparison implements Evaluator {
    private final Subplan plan;
    private final Evaluator operand;
    private final SqlKind kind;
    private final Comparator<Object> order;
    private final int memo;

    SomeComparison(Subplan plan, Evaluator operand, SqlKind kind, ColumnType type, int memo) {
        this.plan = plan;
        this.operand = operand;
        this.kind = kind;
        this.order = ValueOrder.comparator(type);
        this.memo = kind == SqlKind.EQUALS ? -1 : memo;
    }

    /** What is known of the query's values. */
    private record Extremes(
            @Nullable Object least, @Nullable Object greatest, boolean hasNull) {
        boolean isEmpty() {
            return least == null && !hasNull;
        }
    }

    @Override
    public @Nullable Object eval(Row row, EvalContext eval) {
        Object value = operand.eval(row, eval);
        if (memo < 0) {
            return search(plan.open(row, eval), value, eval);
        }
        Extremes extremes = extremes(row, eval);
        if (extremes.isEmpty()) {
            return false;
        }
        Object least = extremes.least();
        Object greatest = extremes.greatest();
        if (value == null || least == null || greatest == null) {
            return null;
        }
        boolean some = holds(order.compare(value, least)) || holds(order.compare(value, greatest));
        return some ? (Object) true : extremes.hasNull() ? null : (Object) false;
    }

    private @Nullable Object search(RowSource rows, @Nullable Object value, EvalContext eval) {
        boolean unknown = false;
        for (Row row = rows.next(); row != null; row = rows.next()) {
            eval.tick();
            Object other = row.get(0);
            if (value == null || other == null) {
                unknown = true;
            } else if (holds(order.compare(value, other))) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    private boolean holds(int sign) {
        return switch (kind) {
            case EQUALS -> sign == 0;
            case NOT_EQUALS -> sign != 0;
            case LESS_THAN -> sign < 0;
            case LESS_THAN_OR_EQUAL -> sign <= 0;
            case GREATER_THAN -> sign > 0;
            case GREATER_THAN_OR_EQUAL -> sign >= 0;
            default -> throw new IllegalStateException("not a comparison: " + kind);
        };
    }

    private Extremes extremes(Row row, EvalContext eval) {
        if (eval.memo(memo) instanceof Extremes known) {
            return known;
        }
        Object least = null;
        Object greatest = null;
        boolean hasNull = false;
        RowSource rows = plan.open(row, eval);
        for (Row next = rows.next(); next != null; next = rows.next()) {
            eval.tick();
            Object value = next.get(0);
            if (value == null) {
                hasNull = true;
                continue;
            }
            least = least == null || order.compare(value, least) < 0 ? value : least;
            greatest = greatest == null || order.compare(value, greatest) > 0 ? value : greatest;
        }
        Extremes extremes = new Extremes(least, greatest, hasNull);
        eval.setMemo(memo, extremes);
        return extremes;
    }
}
