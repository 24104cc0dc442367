package dev.merapi.query.expr.aggregate;

import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ELEMENT;

import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction.Kind;
import dev.merapi.query.expr.AggregateFunction.Traits;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a row would stand among the rows of a group. Each row says as a number where it stands itself: -1 before that
 * one, 0 beside it, 1 behind it.
 */
final class HypotheticalRanks {
    private static final Traits COUNTING = new Traits(Kind.PLAIN, false, false);

    /** Makes the result of the numbers of rows: before, beside, in all. */
    @FunctionalInterface
    private interface Place {
        Object of(long before, long beside, long all);
    }

    private HypotheticalRanks() {}

    static void register(AggregateRegistrar to) {
        to.add("merapi_rank", I64, List.of(I32), COUNTING, () -> new Places((before, beside, all) -> before + 1));
        to.add(
                "merapi_percent_rank",
                F64,
                List.of(I32),
                COUNTING,
                () -> new Places((before, beside, all) -> all == 0 ? 0.0 : (double) before / all));
        to.add(
                "merapi_cume_dist",
                F64,
                List.of(I32),
                COUNTING,
                () -> new Places((before, beside, all) -> (double) (before + beside + 1) / (all + 1)));
        to.generic(
                "merapi_dense_rank",
                List.of(ParameterType.of(I32), ANY_ELEMENT),
                COUNTING,
                types -> I64,
                types -> () -> new DenseRank(ValueOrder.comparator(types.get(1))));
    }

    private static final class Places implements Accumulator {
        private final Place place;
        private long before;
        private long beside;
        private long all;

        Places(Place place) {
            this.place = place;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            if (!(arguments[0] instanceof Integer side)) {
                throw new IllegalStateException("a row without a place");
            }
            before += side < 0 ? 1 : 0;
            beside += side == 0 ? 1 : 0;
            all++;
        }

        @Override
        public Object result(EvalContext context) {
            return place.of(before, beside, all);
        }
    }

    /** Counts the different values before, NULL being one. */
    private static final class DenseRank implements Accumulator {
        private final TreeSet<Object> before;
        private boolean nullBefore;

        DenseRank(Comparator<Object> order) {
            this.before = new TreeSet<>(order);
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            if (arguments[0] instanceof Integer side && side < 0) {
                Object value = arguments[1];
                if (value == null) {
                    nullBefore = true;
                } else {
                    before.add(value);
                }
            }
        }

        @Override
        public Object result(EvalContext context) {
            return before.size() + (nullBefore ? 2L : 1L);
        }
    }
}
