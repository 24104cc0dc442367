package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.List;

/** The rows for which all conditions are TRUE. Linear: d(σA) = σ(dA). */
public final class Filter extends Operator implements Sink {
    private final Expression[] conditions;
    private final EvalContext constants;

    /** Makes the operator; conditions are asked in order until one is not TRUE. */
    public Filter(List<Expression> conditions, EvalContext constants) {
        this.conditions = conditions.toArray(Expression[]::new);
        this.constants = constants;
    }

    @Override
    public void accept(Row row, int weight) {
        for (Expression condition : conditions) {
            if (!condition.isTrue(row, constants)) {
                return;
            }
        }
        emit(row, weight);
    }
}
