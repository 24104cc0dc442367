package dev.merapi.query.exec;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.jspecify.annotations.Nullable;

/**
 * Queries inside expressions. One that depends on no enclosing row runs once per execution, and its result is
 * remembered in the form that answers fastest; another runs for each row.
 */
final class SubqueryEvaluators {
    private SubqueryEvaluators() {}

    /**
     * The evaluator of a sub-query.
     *
     * @param memo where its result may be remembered, or -1 if it changes from row to row
     */
    static Evaluator of(RexSubQuery subquery, Subplan plan, List<Evaluator> operands, int memo) {
        return switch (subquery.getKind()) {
            case EXISTS -> remembered(plan, memo, SubqueryEvaluators::exists);
            case SCALAR_QUERY -> remembered(plan, memo, SubqueryEvaluators::single);
            case ARRAY_QUERY_CONSTRUCTOR -> remembered(plan, memo, (rows, eval) -> list(rows, plan.context(eval)));
            case IN -> new Membership(plan, operands, types(subquery), memo);
            case SOME -> {
                SqlKind kind = ((SqlQuantifyOperator) subquery.getOperator()).comparisonKind;
                yield new SomeComparison(
                        plan, operands.getFirst(), kind, types(subquery).getFirst(), memo);
            }
            default ->
                throw new CodedException(ErrorCode.INTERNAL, "sub-query cannot be executed")
                        .with("kind", subquery.getKind());
        };
    }

    private static List<ColumnType> types(RexSubQuery subquery) {
        return subquery.rel.getRowType().getFieldList().stream()
                .map(field -> RelTypes.columnType(field.getType()))
                .toList();
    }

    private record Known(@Nullable Object value) {}

    private static Evaluator remembered(
            Subplan plan, int memo, BiFunction<RowSource, EvalContext, @Nullable Object> reading) {
        if (memo < 0) {
            return (row, eval) -> reading.apply(plan.open(row, eval), eval);
        }
        return (row, eval) -> {
            if (eval.memo(memo) instanceof Known known) {
                return known.value();
            }
            Object value = reading.apply(plan.open(row, eval), eval);
            eval.setMemo(memo, new Known(value));
            return value;
        };
    }

    private static Object exists(RowSource rows, EvalContext eval) {
        return rows.next() != null;
    }

    private static @Nullable Object single(RowSource rows, EvalContext eval) {
        Row row = rows.next();
        if (row == null) {
            return null;
        }
        Object value = row.get(0);
        if (rows.next() != null) {
            throw new CodedException(ErrorCode.TOO_MANY_ROWS, "a sub-query used as a value gave more than one row")
                    .hint("limit it to one row, or aggregate");
        }
        return value;
    }

    private static Object list(RowSource rows, QueryContext context) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            context.eval().tick();
            context.hold(1);
            values.add(row.get(0));
        }
        // From here on the array is one value of a row, which counts where that row is held.
        context.release(values.size());
        return Collections.unmodifiableList(values);
    }
}
