package dev.merapi.query.dataflow.aggregate;

import dev.merapi.query.expr.value.Decimals;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of decimals. The sum itself is exact either way; how many digits it shows is the largest scale among the
 * numbers that are there, so it is counted how many have each scale.
 */
final class DecimalTotal implements GroupValue {
    private final boolean average;
    private final TreeMap<Integer, Long> scales = new TreeMap<>();
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;

    DecimalTotal(boolean average) {
        this.average = average;
    }

    @Override
    public void add(@Nullable Object[] arguments, int weight) {
        BigDecimal value = (BigDecimal) Objects.requireNonNull(arguments[0]);
        sum = sum.add(value.multiply(BigDecimal.valueOf(weight)));
        count += weight;
        if (scales.merge(value.scale(), (long) weight, Long::sum) == 0) {
            scales.remove(value.scale());
        }
    }

    @Override
    public @Nullable Object result() {
        if (count == 0) {
            return null;
        }
        Map.Entry<Integer, Long> largest = scales.lastEntry();
        // Digits beyond the largest scale are zeros by now: they came and went with the numbers that had them.
        BigDecimal total = Decimals.checked(sum.setScale(largest.getKey()));
        return average ? Decimals.divide(total, BigDecimal.valueOf(count)) : total;
    }
}
