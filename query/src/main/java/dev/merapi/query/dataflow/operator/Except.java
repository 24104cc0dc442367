package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.expr.EvalContext;
import java.util.List;

/** The rows of the left input less those of the right: n = max(0, a - b) with ALL; without, 1 where a > 0 and b = 0. */
public final class Except extends Multiplicities {
    private final boolean all;

    public Except(List<Delta> inputs, boolean all, Key key, EvalContext constants) {
        super(inputs, key, constants);
        this.all = all;
    }

    @Override
    long multiplicity(long[] inInput) {
        if (all) {
            return Math.max(0, inInput[0] - inInput[1]);
        }
        return inInput[0] > 0 && inInput[1] == 0 ? 1 : 0;
    }
}
