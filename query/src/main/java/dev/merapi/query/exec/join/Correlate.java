package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LATERAL: runs the right input anew for each left row, which it can see. */
public final class Correlate extends Operator {
    private final JoinKind kind;
    private final int correlation;

    /** Makes the operator; {@code correlation} is the number under which the right input sees the left row. */
    public Correlate(Operator left, Operator right, JoinKind kind, int correlation) {
        super(kind.leftOnly() ? left.columns() : left.columns() + right.columns(), List.of(left, right));
        this.kind = kind;
        this.correlation = correlation;
    }

    @Override
    protected RowSource start(QueryContext context) {
        Operator left = inputs().get(0);
        Operator right = inputs().get(1);
        return new JoinSource(
                left.open(context),
                new Runs(right, context),
                kind,
                new JoinCondition(null, ""),
                context.eval(),
                new JoinSides(left, right, false).pair());
    }

    private final class Runs implements Partners {
        private final Operator right;
        private final QueryContext context;
        private RowSource current = RowSource.EMPTY;

        Runs(Operator right, QueryContext context) {
            this.right = right;
            this.context = context;
        }

        @Override
        public void find(Row left) {
            // The rows of the right input are pulled between two rows of the left: the left row must stay.
            context.eval().setOuterRow(correlation, left.keep());
            current = right.open(context);
        }

        @Override
        public @Nullable Row next() {
            return current.next();
        }
    }

    @Override
    public String describe() {
        return "Lateral " + kind + " Join";
    }
}
