package dev.merapi.query.dataflow.expression;

import dev.merapi.query.expr.EvalContext;

/**
 * A row of the parameter relation: who subscribed, with which parameters. It travels as the first column of all rows
 * that are its own, so a parameter is found wherever a row is. Equal to itself alone.
 */
public final class Subscriber {
    private final long id;
    private final EvalContext context;

    /** A subscriber; {@code context} has its parameters. */
    public Subscriber(long id, EvalContext context) {
        this.id = id;
        this.context = context;
    }

    public long id() {
        return id;
    }

    public EvalContext context() {
        return context;
    }

    @Override
    public String toString() {
        return "#" + id;
    }
}
