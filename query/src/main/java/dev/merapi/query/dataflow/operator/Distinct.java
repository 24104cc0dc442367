package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.expr.EvalContext;
import java.util.List;

/** Each row of the input once: n = min(1, a). A row changes only when its last copy goes or its first comes. */
public final class Distinct extends Multiplicities {
    /** Makes the operator; {@code key} says which rows are the same. */
    public Distinct(Delta input, Key key, EvalContext constants) {
        super(List.of(input), key, constants);
    }

    @Override
    long multiplicity(long[] inInput) {
        return Math.min(1, inInput[0]);
    }
}
