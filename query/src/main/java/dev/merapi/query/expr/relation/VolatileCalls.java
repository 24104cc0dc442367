package dev.merapi.query.expr.relation;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.Util;

/** Finds calls such as {@code random()}: what holds one must be computed neither once more nor once less. */
public final class VolatileCalls {
    private static final RexShuttle SEARCH = new RexShuttle() {
        @Override
        public RexNode visitCall(RexCall call) {
            if (!call.getOperator().isDeterministic()) {
                throw Util.FoundOne.NULL;
            }
            return super.visitCall(call);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            if (occurIn(query.rel)) {
                throw Util.FoundOne.NULL;
            }
            return super.visitSubQuery(query);
        }
    };

    private VolatileCalls() {}

    /** Whether there is one in the tree, queries inside its expressions included. */
    public static boolean occurIn(RelNode rel) {
        try {
            rel.accept(new RelHomogeneousShuttle() {
                @Override
                public RelNode visit(RelNode other) {
                    other.accept(SEARCH);
                    return super.visit(other);
                }
            });
            return false;
        } catch (Util.FoundOne found) {
            return true;
        }
    }
}
