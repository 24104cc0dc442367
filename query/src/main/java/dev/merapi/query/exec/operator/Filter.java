package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import java.util.List;

/** Lets through the rows for which a condition is true. */
public final class Filter extends Operator {
    private final Evaluator condition;
    private final String text;

    /** Makes the operator; {@code text} is the condition for people. */
    public Filter(Operator input, Evaluator condition, String text) {
        super(input.columns(), List.of(input));
        this.condition = condition;
        this.text = text;
    }

    @Override
    protected RowSource start(QueryContext context) {
        RowSource rows = input().open(context);
        EvalContext eval = context.eval();
        return () -> {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                eval.tick();
                if (condition.isTrue(row, eval)) {
                    return row;
                }
            }
            return null;
        };
    }

    @Override
    public String describe() {
        return "Filter: " + text;
    }
}
