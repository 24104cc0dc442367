package dev.merapi.query.plan;

import org.apache.calcite.rel.RelNode;

/** Rewrites bound trees. Stateless and safe for any thread. */
public final class Optimizer {
    private Optimizer() {}

    /** Returns a tree with the same meaning and the same columns. */
    public static RelNode optimise(RelNode rel) {
        return rel;
    }
}
