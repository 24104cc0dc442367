package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.expr.EvalContext;
import java.util.List;

/** The rows that are in both inputs: n = min(a, b) with ALL, min(1, a, b) without. */
public final class Intersect extends Multiplicities {
    private final boolean all;

    public Intersect(List<Delta> inputs, boolean all, Key key, EvalContext constants) {
        super(inputs, key, constants);
        this.all = all;
    }

    @Override
    long multiplicity(long[] inInput) {
        long both = Math.min(inInput[0], inInput[1]);
        return all ? both : Math.min(1, both);
    }
}
