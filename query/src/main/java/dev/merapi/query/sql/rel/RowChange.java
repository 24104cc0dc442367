package dev.merapi.query.sql.rel;

import dev.merapi.query.expr.RelTypes;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/**
 * Moves expressions over one side of a join to the row of the join: columns are further right, and those of the outer
 * side have become nullable, and with them what is computed from them.
 */
public final class RowChange extends RexShuttle {
    private final RelNode rel;
    private final int offset;

    public RowChange(RelNode rel, int offset) {
        this.rel = rel;
        this.offset = offset;
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
        return rel.getCluster().getRexBuilder().makeInputRef(rel, ref.getIndex() + offset);
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexCall moved = (RexCall) super.visitCall(call);
        RexBuilder rex = rel.getCluster().getRexBuilder();
        if (moved.getKind() == SqlKind.COALESCE || moved.getKind() == SqlKind.CASE) {
            boolean nullable =
                    moved.getOperands().stream().allMatch(o -> o.getType().isNullable());
            return rex.makeCall(
                    RelTypes.standard().of(RelTypes.columnType(moved.getType()), nullable),
                    moved.getOperator(),
                    moved.getOperands());
        }
        return rex.makeCall(moved.getOperator(), moved.getOperands());
    }

    public RexNode moved(RexNode node) {
        return node.accept(this);
    }
}
