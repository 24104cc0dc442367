package dev.merapi.query.plan;

import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * Rewrites bound trees in one pass from the top. Stateless and safe for any thread.
 *
 * <p>The passes are our own and few. Calcite has rules for the same, but they carry conditions past volatile columns,
 * simplify by types that are not ours, and take longer; decision 007 has the figures.
 */
public final class Optimizer {
    private Optimizer() {}

    /** Returns a tree with the same meaning and the same column types. */
    public static RelNode optimise(RelNode rel) {
        return Projections.merge(new Pushdown().push(rel, List.of()));
    }
}
