package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. Immutable and safe for any thread; what changes is in the row and in the context.
 *
 * <p>Whoever knows the type of the expression may use the method for it and so spare the boxing; a method for another
 * type than the expression's must not be called.
 */
public interface Evaluator {
    /** The value as the Java class of the expression's type, null for NULL. */
    @Nullable
    Object eval(Row row, EvalContext context);

    /** Whether a truth value is TRUE: neither FALSE nor NULL. What WHERE, HAVING, ON and FILTER ask. */
    default boolean isTrue(Row row, EvalContext context) {
        return Boolean.TRUE.equals(eval(row, context));
    }
}
