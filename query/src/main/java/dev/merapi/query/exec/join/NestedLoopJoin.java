package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries every pair: the way for conditions that are no equality. The right rows are read once and held. */
public final class NestedLoopJoin extends Operator {
    private final JoinKind kind;
    private final JoinCondition condition;

    public NestedLoopJoin(Operator left, Operator right, JoinKind kind, JoinCondition condition) {
        super(kind.leftOnly() ? left.columns() : left.columns() + right.columns(), List.of(left, right));
        this.kind = kind;
        this.condition = condition;
    }

    @Override
    protected RowSource start(QueryContext context) {
        Operator left = inputs().get(0);
        Operator right = inputs().get(1);
        return new JoinSource(
                left.open(context),
                new AllRows(right, context),
                kind,
                condition,
                context.eval(),
                new JoinSides(left, right, false).pair());
    }

    private static final class AllRows implements Partners {
        private final List<Row> rows = new ArrayList<>();
        private final BitSet matched = new BitSet();
        private int at;
        private int unmatched;

        AllRows(Operator right, QueryContext context) {
            RowSource source = right.open(context);
            for (Row row = source.next(); row != null; row = source.next()) {
                context.eval().tick();
                context.hold(1);
                rows.add(row.keep());
            }
        }

        @Override
        public void find(Row left) {
            at = 0;
        }

        @Override
        public @Nullable Row next() {
            return at < rows.size() ? rows.get(at++) : null;
        }

        @Override
        public void matched() {
            matched.set(at - 1);
        }

        @Override
        public @Nullable Row nextUnmatched() {
            unmatched = matched.nextClearBit(unmatched);
            return unmatched < rows.size() ? rows.get(unmatched++) : null;
        }
    }

    @Override
    public long estimate(QueryContext context) {
        long left = inputs().get(0).estimate(context);
        return kind.leftOnly() ? left : left * Math.max(1, inputs().get(1).estimate(context) / 3);
    }

    @Override
    public String describe() {
        return "Nested Loop " + kind + " Join: " + condition.text();
    }
}
