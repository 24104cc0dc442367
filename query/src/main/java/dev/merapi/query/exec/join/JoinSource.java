package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/** The one loop of all joins: for each left row its partners, then what a right or full join still owes. */
final class JoinSource implements RowSource {
    private final RowSource leftRows;
    private final Partners partners;
    private final JoinKind kind;
    private final JoinCondition condition;
    private final EvalContext eval;
    private final Pair joined;

    private @Nullable Row left;
    private boolean leftMatched;
    private boolean leftDone;

    JoinSource(
            RowSource leftRows,
            Partners partners,
            JoinKind kind,
            JoinCondition condition,
            EvalContext eval,
            Pair joined) {
        this.leftRows = leftRows;
        this.partners = partners;
        this.kind = kind;
        this.condition = condition;
        this.eval = eval;
        this.joined = joined;
    }

    @Override
    public @Nullable Row next() {
        while (!leftDone) {
            if (left == null && !advance()) {
                break;
            }
            Row result = partner();
            if (result != null) {
                return result;
            }
            result = alone();
            left = null;
            if (result != null) {
                return result;
            }
        }
        Row right = kind.keepsRight() ? partners.nextUnmatched() : null;
        return right == null ? null : joined.of(null, right);
    }

    private boolean advance() {
        Row next = leftRows.next();
        if (next == null) {
            leftDone = true;
            return false;
        }
        left = next;
        leftMatched = false;
        partners.find(next);
        return true;
    }

    /** The current left row with its next partner; null when it has no more. */
    private @Nullable Row partner() {
        for (Row right = partners.next(); right != null; right = partners.next()) {
            eval.tick();
            if (!condition.holds(joined.of(left, right), eval)) {
                continue;
            }
            leftMatched = true;
            partners.matched();
            if (!kind.leftOnly()) {
                return joined.row();
            }
            if (kind == JoinKind.SEMI) {
                Row found = left;
                left = null;
                return found;
            }
            return null; // ANTI: one partner is enough to be out
        }
        return null;
    }

    /** What the current left row gives when it has no partner. */
    private @Nullable Row alone() {
        if (leftMatched) {
            return null;
        }
        if (kind == JoinKind.ANTI) {
            return left;
        }
        return kind.keepsLeft() ? joined.of(left, null) : null;
    }
}
