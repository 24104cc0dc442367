package dev.merapi.query.dataflow.expression;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression that knows whose parameters it reads. Immutable.
 *
 * @param owner the column with the {@link Subscriber} whose parameters count, or {@link #NOBODY}
 */
public record Expression(Evaluator evaluator, int owner) {
    /** The owner of an expression without parameters. */
    public static final int NOBODY = -1;

    /** A column as it is. */
    public static Expression column(int index) {
        return new Expression((row, context) -> row.get(index), NOBODY);
    }

    /** The value; {@code constants} is the context of expressions without parameters. */
    public @Nullable Object eval(Row row, EvalContext constants) {
        return evaluator.eval(row, context(row, constants));
    }

    /** Whether a truth value is TRUE: neither FALSE nor NULL. */
    public boolean isTrue(Row row, EvalContext constants) {
        return evaluator.isTrue(row, context(row, constants));
    }

    private EvalContext context(Row row, EvalContext constants) {
        if (owner < 0) {
            return constants;
        }
        if (row.get(owner) instanceof Subscriber subscriber) {
            return subscriber.context();
        }
        throw new IllegalStateException("a row without subscriber meets an expression with parameters");
    }
}
