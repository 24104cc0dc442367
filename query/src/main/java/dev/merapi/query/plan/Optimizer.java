package dev.merapi.query.plan;

import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * Rewrites bound trees in one pass from the top. Stateless and safe for any thread.
 *
 * <p>The rules are our own and few, where Calcite has many: its rules for conditions and sub-queries do not expect
 * queries that are still inside expressions and look at the row around them, and rewrite by the SQL standard's idea
 * of types.
 */
public final class Optimizer {
    private Optimizer() {}

    /** Returns a tree with the same meaning and the same column types. */
    public static RelNode optimise(RelNode rel) {
        return Projections.merge(new Pushdown().push(rel, List.of()));
    }
}
