package dev.merapi.query.expr.relation;

import java.util.function.IntFunction;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Moves expressions from one row to another by renaming their columns. */
public final class Columns {
    private Columns() {}

    /** The expression with each column replaced. */
    public static RexNode replace(RexNode node, IntFunction<RexNode> replacement) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return replacement.apply(ref.getIndex());
            }
        });
    }

    /** The expression over a row in which its columns are further right. */
    public static RexNode shift(RexNode node, int by) {
        return by == 0
                ? node
                : node.accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return new RexInputRef(ref.getIndex() + by, ref.getType());
                    }
                });
    }
}
