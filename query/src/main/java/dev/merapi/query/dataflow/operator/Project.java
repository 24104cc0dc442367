package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New columns computed from each row. Linear: d(πA) = π(dA). Rows that become equal add up. */
public final class Project extends Operator implements Sink {
    private final Expression[] expressions;
    private final EvalContext constants;

    public Project(List<Expression> expressions, EvalContext constants) {
        this.expressions = expressions.toArray(Expression[]::new);
        this.constants = constants;
    }

    @Override
    public void accept(Row row, int weight) {
        emit(row(expressions, row, constants), weight);
    }

    /** A row of the values of expressions. */
    static Row row(Expression[] expressions, Row row, EvalContext constants) {
        @Nullable Object[] values = new @Nullable Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions[i].eval(row, constants);
        }
        return new ArrayRow(values);
    }
}
