package dev.merapi.query.dataflow.aggregate;

import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.EvalContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ARRAY(query) makes of the query's values: unlike array_agg, an empty array of none. */
final class ArrayOfAll implements Accumulator {
    private final List<@Nullable Object> values = new ArrayList<>();

    @Override
    public void add(EvalContext context, @Nullable Object[] arguments) {
        values.add(arguments[0]);
    }

    @Override
    public Object result(EvalContext context) {
        return Collections.unmodifiableList(new ArrayList<>(values));
    }
}
