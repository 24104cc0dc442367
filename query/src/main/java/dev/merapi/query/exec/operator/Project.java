package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the columns of its rows from those of the input's. */
public final class Project extends Operator {
    private final Evaluator[] expressions;
    private final String text;

    /** Makes the operator; {@code text} is the list of expressions for people. */
    public Project(Operator input, List<Evaluator> expressions, String text) {
        super(expressions.size(), List.of(input));
        this.expressions = expressions.toArray(Evaluator[]::new);
        this.text = text;
    }

    @Override
    protected RowSource start(QueryContext context) {
        RowSource rows = input().open(context);
        EvalContext eval = context.eval();
        return () -> {
            Row row = rows.next();
            return row == null ? null : project(row, eval);
        };
    }

    private Row project(Row row, EvalContext eval) {
        @Nullable Object[] values = new @Nullable Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions[i].eval(row, eval);
        }
        return new ArrayRow(values);
    }

    @Override
    public String describe() {
        return "Project: " + (text.isEmpty() ? "no columns" : text);
    }
}
