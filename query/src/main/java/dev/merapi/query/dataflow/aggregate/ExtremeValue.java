package dev.merapi.query.dataflow.aggregate;

import dev.merapi.query.expr.value.ValueForms;
import java.util.Comparator;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * MIN and MAX: the values in order with how often each is there, so the next one is at hand when the best goes. Values
 * that are equal in SQL's sense but look different (1.0 and 1.00) are told apart, for only one that is there is shown.
 */
final class ExtremeValue implements GroupValue {
    private final TreeMap<Object, Long> values;
    private final boolean greatest;

    ExtremeValue(Comparator<Object> order, boolean greatest) {
        this.values = new TreeMap<>((left, right) -> {
            int sign = order.compare(left, right);
            return sign != 0 ? sign : ValueForms.compare(left, right);
        });
        this.greatest = greatest;
    }

    @Override
    public void add(@Nullable Object[] arguments, int weight) {
        Object value = Objects.requireNonNull(arguments[0]);
        if (values.merge(value, (long) weight, Long::sum) == 0) {
            values.remove(value);
        }
    }

    @Override
    public @Nullable Object result() {
        if (values.isEmpty()) {
            return null;
        }
        return greatest ? values.lastKey() : values.firstKey();
    }

    @Override
    public long held() {
        return values.size();
    }
}
