package dev.merapi.query.plan;

import dev.merapi.query.expr.relation.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Conditions at joins: which go to one side, which join, which stay above; and outer joins that turn out to be inner.
 */
final class JoinPushdown {
    private final Pushdown pushdown;

    JoinPushdown(Pushdown pushdown) {
        this.pushdown = pushdown;
    }

    RelNode push(LogicalJoin written, List<RexNode> terms) {
        JoinRelType type = simplified(written, terms);
        LogicalJoin join = LogicalJoin.create(
                written.getLeft(),
                written.getRight(),
                List.of(),
                written.getCondition(),
                written.getVariablesSet(),
                type);
        if (type == JoinRelType.INNER && join.getVariablesSet().isEmpty()) {
            return new InnerJoins(pushdown).push(join, terms);
        }
        Sides sides = new Sides(join);
        List<RexNode> above = new ArrayList<>();
        boolean leftStays = !type.generatesNullsOnLeft();
        boolean rightStays = !type.generatesNullsOnRight() && type.projectsRight();
        for (RexNode term : terms) {
            ImmutableBitSet columns = Conjuncts.columns(term);
            if (leftStays && sides.isLeft(columns)) {
                sides.left.add(term);
            } else if (rightStays && sides.isRight(columns)) {
                sides.addRight(term);
            } else {
                above.add(term);
            }
        }
        List<RexNode> on = new ArrayList<>();
        for (RexNode term : Conjuncts.of(join.getCondition())) {
            on(join, type, sides, on, term);
        }
        RelNode left = pushdown.push(join.getLeft(), sides.left);
        RelNode right = pushdown.push(join.getRight(), sides.right);
        RexNode condition = Conjuncts.on(Conjuncts.and(join.getCluster().getRexBuilder(), on), left, right);
        RelNode joined = LogicalJoin.create(left, right, List.of(), condition, join.getVariablesSet(), type);
        return Conjuncts.filter(joined, above);
    }

    /** A term of ON that only asks one side goes there, unless rows of that side stay whatever it says. */
    private static void on(LogicalJoin join, JoinRelType type, Sides sides, List<RexNode> on, RexNode term) {
        ImmutableBitSet columns = Conjuncts.columns(term);
        Set<CorrelationId> variables = join.getVariablesSet();
        boolean movable = !Conjuncts.isVolatile(term) && !Conjuncts.uses(term, variables);
        boolean toRight = type == JoinRelType.LEFT
                || type == JoinRelType.INNER
                || type == JoinRelType.SEMI
                || type == JoinRelType.ANTI;
        boolean toLeft = type == JoinRelType.RIGHT || type == JoinRelType.INNER || type == JoinRelType.SEMI;
        if (movable && toRight && sides.isRight(columns)) {
            sides.addRight(term);
        } else if (movable && toLeft && sides.isLeft(columns)) {
            sides.left.add(term);
        } else {
            on.add(term);
        }
    }

    /**
     * The kind of join left when rows that a condition above would drop need not be made: one that is not true for a
     * row of NULLs makes the side with the NULLs inner.
     */
    private static JoinRelType simplified(LogicalJoin join, List<RexNode> terms) {
        JoinRelType type = join.getJoinType();
        int width = join.getLeft().getRowType().getFieldCount();
        int total = width + join.getRight().getRowType().getFieldCount();
        if (type.generatesNullsOnRight() && anyNotTrue(terms, ImmutableBitSet.range(width, total))) {
            type = type.cancelNullsOnRight();
        }
        if (type.generatesNullsOnLeft() && anyNotTrue(terms, ImmutableBitSet.range(width))) {
            type = type.cancelNullsOnLeft();
        }
        return type;
    }

    private static boolean anyNotTrue(List<RexNode> terms, ImmutableBitSet nulls) {
        return terms.stream().anyMatch(term -> !Conjuncts.hasQuery(term) && Strong.isNotTrue(term, nulls));
    }

    /** The terms that go to either side, each over that side's own row. */
    static final class Sides {
        private final int width;
        private final ImmutableBitSet leftColumns;
        private final List<RexNode> left = new ArrayList<>();
        private final List<RexNode> right = new ArrayList<>();

        Sides(LogicalJoin join) {
            width = join.getLeft().getRowType().getFieldCount();
            leftColumns = ImmutableBitSet.range(width);
        }

        boolean isLeft(ImmutableBitSet columns) {
            return !columns.isEmpty() && leftColumns.contains(columns);
        }

        boolean isRight(ImmutableBitSet columns) {
            return !columns.isEmpty() && !leftColumns.intersects(columns);
        }

        void addRight(RexNode term) {
            right.add(Columns.shift(term, -width));
        }
    }
}
