package dev.merapi.query.exec.aggregate;

import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One aggregate of one group while its rows come in. */
final class Tally {
    private final AggregateCallPlan call;
    private final QueryContext context;
    private final Accumulator accumulator;
    private final @Nullable Set<Object> seen;
    /** Rows that have to be sorted before they count. */
    private final @Nullable List<Row> held;

    Tally(AggregateCallPlan call, QueryContext context) {
        this.call = call;
        this.context = context;
        this.accumulator = call.function().newAccumulator();
        this.seen = call.distinct() == null ? null : new HashSet<>();
        this.held = call.order() == null ? null : new ArrayList<>();
    }

    void add(Row row) {
        if (!call.counts(row)) {
            return;
        }
        if (seen != null && call.distinct() != null) {
            if (!seen.add(call.distinct().key(row))) {
                return;
            }
            context.hold(1);
        }
        if (held != null) {
            context.hold(1);
            held.add(row.keep());
        } else {
            accumulator.add(context.eval(), call.argumentsOf(row));
        }
    }

    @Nullable
    Object result() {
        if (held != null) {
            held.sort(call.order());
            for (Row row : held) {
                accumulator.add(context.eval(), call.argumentsOf(row));
            }
        }
        return accumulator.result(context.eval());
    }
}
