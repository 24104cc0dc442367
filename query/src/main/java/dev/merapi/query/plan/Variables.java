package dev.merapi.query.plan;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.Util;

/** Looks through whole trees, queries inside expressions included. */
final class Variables {
    private Variables() {}

    /** Whether a tree looks at the row behind a correlation variable. */
    static boolean uses(RelNode rel, CorrelationId variable) {
        return finds(rel, new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable found) {
                if (found.id.equals(variable)) {
                    throw Util.FoundOne.NULL;
                }
                return found;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                if (uses(query.rel, variable)) {
                    throw Util.FoundOne.NULL;
                }
                return super.visitSubQuery(query);
            }
        });
    }

    private static boolean finds(RelNode rel, RexShuttle search) {
        try {
            rel.accept(new RelHomogeneousShuttle() {
                @Override
                public RelNode visit(RelNode other) {
                    other.accept(search);
                    return super.visit(other);
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }
}
