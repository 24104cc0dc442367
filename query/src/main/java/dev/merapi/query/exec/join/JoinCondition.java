package dev.merapi.query.exec.join;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of two rows side by side.
 *
 * @param rest what the keys of the join do not say already; null: nothing
 * @param text the whole condition, for people
 */
public record JoinCondition(@Nullable Evaluator rest, String text) {
    boolean holds(Row both, EvalContext eval) {
        Evaluator evaluator = rest;
        return evaluator == null || evaluator.isTrue(both, eval);
    }
}
