package dev.merapi.query.exec.operator;

import java.util.List;

/** A relational operator with everything decided that can be decided without the rows. Immutable. */
public abstract class Operator {
    private final List<Operator> inputs;
    private final int columns;

    protected Operator(int columns, List<Operator> inputs) {
        this.columns = columns;
        this.inputs = List.copyOf(inputs);
    }

    /** Starts a run. */
    public final RowSource open(QueryContext context) {
        return context.observed(this, start(context));
    }

    protected abstract RowSource start(QueryContext context);

    /** The number of columns of its rows. */
    public final int columns() {
        return columns;
    }

    public final List<Operator> inputs() {
        return inputs;
    }

    /** The only input of an operator that has one. */
    protected final Operator input() {
        return inputs.getFirst();
    }

    /** About how many rows a run will give; read when an operator has a choice. */
    public long estimate(QueryContext context) {
        long rows = 0;
        for (Operator input : inputs) {
            rows = Math.max(rows, input.estimate(context));
        }
        return rows;
    }

    /** What really runs, for an operator that only decides. */
    public Operator chosen(QueryContext context) {
        return this;
    }

    /** One line for EXPLAIN: what it does, with which index, by which keys. */
    public abstract String describe();
}
