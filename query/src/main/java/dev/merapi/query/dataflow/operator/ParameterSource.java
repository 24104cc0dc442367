package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Subscriber;
import dev.merapi.query.expr.row.ArrayRow;

/** The parameter relation: one row for each subscriber, who carries the parameters. */
public final class ParameterSource extends Operator {
    /** Passes on that somebody subscribed ({@code weight} 1) or left (-1). */
    public void change(Subscriber subscriber, int weight) {
        emit(new ArrayRow(subscriber), weight);
    }

    @Override
    public boolean isSource() {
        return true;
    }
}
