package dev.merapi.query.dataflow.aggregate;

import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Any aggregate: the rows of the group in order, fed to a new accumulator when the value is asked for. The order is
 * total, so the value depends on the rows that are there and not on their history: a sum of floats may differ from that
 * of a query asked once in its last digits, but it never drifts.
 */
final class RecomputedValue implements GroupValue {
    private final Supplier<Accumulator> function;
    private final int arguments;
    private final EvalContext context;
    private final TreeMap<Row, Integer> rows;
    private @Nullable Object known;
    private boolean fresh;

    /**
     * Makes the aggregate of an empty group.
     *
     * @param arguments how many leading values of a row are the function's arguments; those behind only order
     */
    RecomputedValue(Supplier<Accumulator> function, int arguments, Comparator<Row> order, EvalContext context) {
        this.function = function;
        this.arguments = arguments;
        this.context = context;
        this.rows = new TreeMap<>(order);
    }

    @Override
    public void add(@Nullable Object[] values, int weight) {
        Row row = new ArrayRow(values);
        if (rows.merge(row, weight, Math::addExact) == 0) {
            rows.remove(row);
        }
        fresh = false;
    }

    @Override
    public @Nullable Object result() {
        if (!fresh) {
            known = compute();
            fresh = true;
        }
        return known;
    }

    private @Nullable Object compute() {
        Accumulator accumulator = function.get();
        for (Map.Entry<Row, Integer> row : rows.entrySet()) {
            @Nullable Object[] values = Arrays.copyOf(row.getKey().toArray(), arguments);
            for (int i = 0; i < row.getValue(); i++) {
                accumulator.add(context, values);
            }
        }
        return accumulator.result(context);
    }

    @Override
    public long held() {
        return rows.size();
    }
}
