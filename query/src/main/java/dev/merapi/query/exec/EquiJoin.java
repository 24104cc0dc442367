package dev.merapi.query.exec;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A join condition taken apart: equalities between an expression over the left row and one over the right row, and
 * the rest.
 *
 * @param keys the right side of each as an expression over the right row alone
 * @param nullsMatch whether the keys are IS NOT DISTINCT FROM; the two kinds are not mixed
 * @param rest conjuncts over both rows
 */
record EquiJoin(List<Key> keys, boolean nullsMatch, List<RexNode> rest) {
    /** An equality; each side an expression over its own input's row. */
    record Key(RexNode left, RexNode right) {}

    static EquiJoin of(Join join) {
        EquiJoin plain = split(join, SqlKind.EQUALS);
        return plain.keys.isEmpty() ? split(join, SqlKind.IS_NOT_DISTINCT_FROM) : plain;
    }

    private static EquiJoin split(Join join, SqlKind kind) {
        int leftColumns = join.getLeft().getRowType().getFieldCount();
        int rightColumns = join.getRight().getRowType().getFieldCount();
        ImmutableBitSet left = ImmutableBitSet.range(leftColumns);
        ImmutableBitSet right = ImmutableBitSet.range(leftColumns, leftColumns + rightColumns);
        List<Key> keys = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            Key key = conjunct.getKind() == kind ? key((RexCall) conjunct, left, right, leftColumns) : null;
            if (key == null) {
                rest.add(conjunct);
            } else {
                keys.add(key);
            }
        }
        return new EquiJoin(keys, kind == SqlKind.IS_NOT_DISTINCT_FROM, rest);
    }

    private static @org.jspecify.annotations.Nullable Key key(
            RexCall equality, ImmutableBitSet left, ImmutableBitSet right, int leftColumns) {
        if (!RexUtil.isDeterministic(equality) || RexUtil.SubQueryFinder.find(equality) != null) {
            return null;
        }
        RexNode a = equality.getOperands().get(0);
        RexNode b = equality.getOperands().get(1);
        ImmutableBitSet ofA = RelOptUtil.InputFinder.bits(a);
        ImmutableBitSet ofB = RelOptUtil.InputFinder.bits(b);
        if (ofA.isEmpty() || ofB.isEmpty()) {
            return null;
        }
        if (left.contains(ofA) && right.contains(ofB)) {
            return new Key(a, RexUtil.shift(b, -leftColumns));
        }
        if (left.contains(ofB) && right.contains(ofA)) {
            return new Key(b, RexUtil.shift(a, -leftColumns));
        }
        return null;
    }
}
