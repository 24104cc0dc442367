package dev.merapi.query.dataflow.aggregate;

import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DISTINCT: lets equal arguments count once. The aggregate inside hears of the first that comes and the last that goes.
 */
final class DistinctValue implements GroupValue {
    private static final class Seen {
        final @Nullable Object[] arguments;
        long count;

        Seen(@Nullable Object[] arguments) {
            this.arguments = arguments;
        }
    }

    private final GroupValue inner;
    private final Key key;
    private final EvalContext context;
    private final Map<Object, Seen> seen = new HashMap<>();

    DistinctValue(GroupValue inner, Key key, EvalContext context) {
        this.inner = inner;
        this.key = key;
        this.context = context;
    }

    @Override
    public void add(@Nullable Object[] arguments, int weight) {
        Object value = key.required(new ArrayRow(arguments), context);
        Seen known = seen.computeIfAbsent(value, none -> new Seen(arguments));
        long before = known.count;
        known.count += weight;
        if (before == 0 && known.count != 0) {
            inner.add(known.arguments, 1);
        } else if (before != 0 && known.count == 0) {
            inner.add(known.arguments, -1);
        }
        if (known.count == 0) {
            seen.remove(value);
        }
    }

    @Override
    public @Nullable Object result() {
        return inner.result();
    }

    @Override
    public long held() {
        return seen.size() + inner.held();
    }
}
