package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;

/** Holds one input by its keys and looks each row of the other up in it. */
public final class HashJoin extends Operator {
    private final JoinSides sides;
    private final JoinKind kind;
    private final JoinKeys keys;
    private final JoinCondition condition;

    public HashJoin(JoinSides sides, JoinKind kind, JoinKeys keys, JoinCondition condition) {
        super(sides.columns(kind), sides.inputs());
        this.sides = sides;
        this.kind = kind;
        this.keys = keys;
        this.condition = condition;
    }

    @Override
    protected RowSource start(QueryContext context) {
        return start(sides.probe().open(context), context);
    }

    /** Starts with rows of the probing input that have been opened already. */
    RowSource start(RowSource probeRows, QueryContext context) {
        HashTable table = new HashTable(sides.held().open(context), keys, kind.keepsRight(), context);
        return new JoinSource(probeRows, table, kind, condition, context.eval(), sides.pair());
    }

    @Override
    public String describe() {
        return "Hash " + kind + " Join: " + condition.text();
    }
}
