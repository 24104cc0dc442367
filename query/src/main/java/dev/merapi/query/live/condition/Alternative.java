package dev.merapi.query.live.condition;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.RowPredicate;
import dev.merapi.query.live.index.KeyColumns;
import dev.merapi.query.live.index.RangeColumn;
import dev.merapi.query.live.index.Selection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a template's condition, which is the OR of its branches: a row is wanted when the selection contains it
 * and it meets the conditions no index answers. Immutable.
 *
 * @param common what has no parameters, so that it is asked once for all
 * @param own what has
 * @param loose what is asked where the bounds of the selection let more pass than they should
 */
public record Alternative(
        @Nullable KeyColumns keys,
        @Nullable RangeColumn range,
        @Nullable RowPredicate common,
        @Nullable RowPredicate own,
        @Nullable RowPredicate loose) {
    public boolean meetsCommon(byte[] row, EvalContext context) {
        return common == null || common.test(row, context);
    }

    /** Whether there may be something to ask with the parameters of one query. */
    public boolean asks() {
        return own != null || loose != null;
    }

    public boolean meetsOwn(Selection selection, byte[] row, Supplier<EvalContext> context) {
        return (own == null || own.test(row, context.get()))
                && (loose == null || !selection.isLoose() || loose.test(row, context.get()));
    }

    /** Whether a row is wanted by this branch. */
    public boolean admits(Selection selection, byte[] row, EvalContext context) {
        return selection.contains(keys, range, row)
                && meetsCommon(row, context)
                && meetsOwn(selection, row, () -> context);
    }
}
