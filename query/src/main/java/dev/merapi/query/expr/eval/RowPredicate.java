package dev.merapi.query.expr.eval;

import dev.merapi.query.expr.EvalContext;

/** A condition on a stored row. Immutable; any thread, with a context of its own. */
@FunctionalInterface
public interface RowPredicate {
    /** Whether the condition is TRUE for the row: neither FALSE nor NULL. */
    boolean test(byte[] row, EvalContext context);
}
