package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;

/**
 * An inner join that can be run with either input as the probing one, and takes the way that costs less. Which one that
 * is depends on the tables' sizes at the time of the run.
 */
public final class Orientation extends Operator {
    private final Operator straight;
    private final Operator crossed;

    /**
     * Makes the operator.
     *
     * @param straight reads the left input and looks into the right one
     * @param crossed the other way round; both are hash or index joins of the same inputs
     */
    public Orientation(Operator straight, Operator crossed) {
        super(straight.columns(), straight.inputs());
        this.straight = straight;
        this.crossed = crossed;
    }

    @Override
    protected RowSource start(QueryContext context) {
        return chosen(context).open(context);
    }

    @Override
    public Operator chosen(QueryContext context) {
        long left = inputs().get(0).estimate(context);
        long right = inputs().get(1).estimate(context);
        long costStraight = cost(straight, left, right);
        long costCrossed = cost(crossed, right, left);
        if (costStraight == costCrossed) {
            return right <= left ? straight : crossed; // hold the smaller one
        }
        return costStraight < costCrossed ? straight : crossed;
    }

    private static long cost(Operator join, long probe, long held) {
        return join instanceof IndexJoin ? Math.min(probe * IndexJoin.LOOKUP_COST, probe + held) : probe + held;
    }

    @Override
    public String describe() {
        return straight.describe();
    }
}
