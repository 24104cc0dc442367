package dev.merapi.query.dataflow.aggregate;

import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.EvalContext;
import org.jspecify.annotations.Nullable;

/** An aggregate whose accumulator takes rows back exactly: counts, sums and averages of integers and intervals. */
final class RunningValue implements GroupValue {
    private final Accumulator accumulator;
    private final EvalContext context;

    RunningValue(Accumulator accumulator, EvalContext context) {
        this.accumulator = accumulator;
        this.context = context;
    }

    @Override
    public void add(@Nullable Object[] arguments, int weight) {
        for (int i = 0; i < weight; i++) {
            accumulator.add(context, arguments);
        }
        for (int i = 0; i > weight; i--) {
            accumulator.remove(context, arguments);
        }
    }

    @Override
    public @Nullable Object result() {
        return accumulator.result(context);
    }
}
