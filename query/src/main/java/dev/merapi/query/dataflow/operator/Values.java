package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import java.util.List;

/** Rows written in the query. Constant: after the first step the change is empty. */
public final class Values extends Operator {
    private final List<List<Expression>> rows;
    private final EvalContext constants;
    private boolean given;

    public Values(List<List<Expression>> rows, EvalContext constants) {
        this.rows = rows;
        this.constants = constants;
    }

    @Override
    public void step() {
        if (given) {
            return;
        }
        given = true;
        for (List<Expression> row : rows) {
            emit(Project.row(row.toArray(Expression[]::new), new ArrayRow(), constants), 1);
        }
    }
}
