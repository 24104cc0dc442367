package dev.merapi.query.expr.aggregate;

import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.INTERVAL;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ELEMENT;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.Interval;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction.Traits;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.value.Intervals;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** WITHIN GROUP: percentiles and the mode of values that arrive sorted. */
final class OrderedSets {
    private static final ColumnType FRACTIONS = new ArrayType(F64);

    /** Picks or computes the value at a fraction of a sorted list. */
    @FunctionalInterface
    private interface Percentile {
        Object at(List<Object> sorted, double fraction);
    }

    private OrderedSets() {}

    static void register(AggregateRegistrar to) {
        percentile(to, "percentile_cont", F64, OrderedSets::continuous);
        percentile(to, "percentile_cont", INTERVAL, OrderedSets::continuousInterval);
        ParameterType fraction = ParameterType.of(F64);
        ParameterType fractions = ParameterType.of(FRACTIONS);
        to.generic(
                "percentile_disc",
                List.of(fraction, ANY_ELEMENT),
                Traits.ORDERED_SET,
                types -> types.get(1),
                types -> () -> new Percentiles(OrderedSets::discrete));
        to.generic(
                "percentile_disc",
                List.of(fractions, ANY_ELEMENT),
                Traits.ORDERED_SET,
                types -> new ArrayType(types.get(1)),
                types -> () -> new Percentiles(OrderedSets::discrete));
        to.generic(
                "mode",
                List.of(ANY_ELEMENT),
                Traits.ORDERED_SET,
                List::getFirst,
                types -> () -> new Mode(ValueOrder.comparator(types.getFirst())));
    }

    private static void percentile(AggregateRegistrar to, String name, ColumnType type, Percentile percentile) {
        to.add(name, type, List.of(F64, type), Traits.ORDERED_SET, () -> new Percentiles(percentile));
        to.add(
                name,
                new ArrayType(type),
                List.of(FRACTIONS, type),
                Traits.ORDERED_SET,
                () -> new Percentiles(percentile));
    }

    private static Object discrete(List<Object> sorted, double fraction) {
        int row = (int) Math.ceil(fraction * sorted.size());
        return sorted.get(Math.max(0, row - 1));
    }

    private static Object continuous(List<Object> sorted, double fraction) {
        double place = fraction * (sorted.size() - 1);
        double low = (Double) sorted.get((int) Math.floor(place));
        double high = (Double) sorted.get((int) Math.ceil(place));
        return Math.floor(place) == Math.ceil(place) ? low : low + (place - Math.floor(place)) * (high - low);
    }

    private static Object continuousInterval(List<Object> sorted, double fraction) {
        double place = fraction * (sorted.size() - 1);
        Interval low = (Interval) sorted.get((int) Math.floor(place));
        Interval high = (Interval) sorted.get((int) Math.ceil(place));
        double share = place - Math.floor(place);
        return share == 0 ? low : Intervals.add(low, Intervals.multiply(Intervals.subtract(high, low), share));
    }

    /** The first argument is the fraction, or an array of them; it is the same in every row. */
    private static final class Percentiles implements Accumulator {
        private final Percentile percentile;
        private final List<Object> sorted = new ArrayList<>();
        private @Nullable Object fraction;

        Percentiles(Percentile percentile) {
            this.percentile = percentile;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            fraction = arguments[0];
            if (arguments[1] != null) {
                sorted.add(arguments[1]);
            }
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            if (fraction == null || sorted.isEmpty()) {
                return null;
            }
            if (fraction instanceof List<?> fractions) {
                List<@Nullable Object> results = new ArrayList<>();
                for (Object each : fractions) {
                    results.add(each == null ? null : percentile.at(sorted, checked((Double) each)));
                }
                return Collections.unmodifiableList(results);
            }
            return percentile.at(sorted, checked((Double) fraction));
        }

        private static double checked(double fraction) {
            if (!(fraction >= 0 && fraction <= 1)) {
                throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "percentile value is not between 0 and 1")
                        .with("value", fraction);
            }
            return fraction;
        }
    }

    /** The most frequent value; of several, the first in order. Equal values arrive one after another. */
    private static final class Mode implements Accumulator {
        private final Comparator<Object> order;
        private @Nullable Object best;
        private long bestCount;
        private @Nullable Object current;
        private long currentCount;

        Mode(Comparator<Object> order) {
            this.order = order;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            Object value = Objects.requireNonNull(arguments[0]);
            boolean same = current != null && order.compare(current, value) == 0;
            current = same ? current : value;
            currentCount = same ? currentCount + 1 : 1;
            if (currentCount > bestCount) {
                best = current;
                bestCount = currentCount;
            }
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return best;
        }
    }
}
