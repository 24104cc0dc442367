package dev.merapi.query.expr.aggregate;

import static dev.merapi.api.schema.ScalarType.F32;
import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.INTERVAL;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_INTEGER;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.Interval;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction.Traits;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.value.Decimals;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.Intervals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** count, sum and avg. Narrow integers sum up to bigint, wide ones to numeric; averages of exact numbers are exact. */
final class Sums {
    private static final ColumnType NUMERIC = DecimalType.UNCONSTRAINED;

    private Sums() {}

    static void register(AggregateRegistrar to) {
        to.add("count", I64, List.of(), Traits.COUNTING, Count::new);
        to.generic("count", List.of(ANY), Traits.COUNTING, types -> I64, types -> Count::new);
        to.generic("sum", List.of(ANY_INTEGER), Traits.STRICT, Sums::sumType, Sums::integerSum);
        to.add("sum", NUMERIC, List.of(NUMERIC), Traits.STRICT, DecimalSum::new);
        to.add("sum", F64, List.of(F64), Traits.STRICT, DoubleSum::new);
        to.add("sum", F32, List.of(F32), Traits.STRICT, FloatSum::new);
        to.add("sum", INTERVAL, List.of(INTERVAL), Traits.STRICT, () -> new IntervalSum(false));
        to.generic("avg", List.of(ANY_INTEGER), Traits.STRICT, types -> NUMERIC, Sums::integerAverage);
        to.add("avg", NUMERIC, List.of(NUMERIC), Traits.STRICT, DecimalAverage::new);
        to.add("avg", F64, List.of(F64), Traits.STRICT, DoubleAverage::new);
        to.add("avg", F64, List.of(F32), Traits.STRICT, DoubleAverage::new);
        to.add("avg", INTERVAL, List.of(INTERVAL), Traits.STRICT, () -> new IntervalSum(true));
    }

    private static boolean isNarrow(ColumnType type) {
        return ((ScalarType) type).fixedWidth() < 8;
    }

    private static ColumnType sumType(List<ColumnType> types) {
        return isNarrow(types.getFirst()) ? I64 : NUMERIC;
    }

    private static Supplier<Accumulator> integerSum(List<ColumnType> types) {
        return isNarrow(types.getFirst()) ? LongSum::new : () -> new WideSum(false);
    }

    private static Supplier<Accumulator> integerAverage(List<ColumnType> types) {
        return () -> new WideSum(true);
    }

    private static final class Count implements Accumulator {
        private long count;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            count++;
        }

        @Override
        public Object result(EvalContext context) {
            return count;
        }

        @Override
        public boolean isRetractable() {
            return true;
        }

        @Override
        public void remove(EvalContext context, @Nullable Object[] arguments) {
            count--;
        }
    }

    /** Integers of at most 32 bits, into a bigint. */
    private static final class LongSum implements Accumulator {
        private long sum;
        private long count;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            sum = exact(sum, number(arguments));
            count++;
        }

        private static long exact(long sum, long value) {
            long result = sum + value;
            if (((sum ^ result) & (value ^ result)) < 0) {
                throw Errors.outOfRange("bigint");
            }
            return result;
        }

        private static long number(@Nullable Object[] arguments) {
            return ((Number) Objects.requireNonNull(arguments[0])).longValue();
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return count == 0 ? null : (Object) sum;
        }

        @Override
        public boolean isRetractable() {
            return true;
        }

        @Override
        public void remove(EvalContext context, @Nullable Object[] arguments) {
            sum = exact(sum, -number(arguments));
            count--;
        }
    }

    /** Integers of any width: in a long as long as it lasts, then without bound. */
    private static final class WideSum implements Accumulator {
        private final boolean average;
        private long low;
        private BigInteger high = BigInteger.ZERO;
        private long count;

        WideSum(boolean average) {
            this.average = average;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            Object value = Objects.requireNonNull(arguments[0]);
            if (value instanceof BigInteger big) {
                high = high.add(big);
            } else {
                addLong(((Number) value).longValue());
            }
            count++;
        }

        private void addLong(long value) {
            long result = low + value;
            if (((low ^ result) & (value ^ result)) < 0) {
                high = high.add(BigInteger.valueOf(low)).add(BigInteger.valueOf(value));
                low = 0;
            } else {
                low = result;
            }
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            if (count == 0) {
                return null;
            }
            BigDecimal sum = new BigDecimal(high.add(BigInteger.valueOf(low)));
            return average ? Decimals.divide(sum, BigDecimal.valueOf(count)) : Decimals.checked(sum);
        }

        @Override
        public boolean isRetractable() {
            return true;
        }

        @Override
        public void remove(EvalContext context, @Nullable Object[] arguments) {
            Object value = Objects.requireNonNull(arguments[0]);
            high = high.subtract(
                    value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue()));
            count--;
        }
    }

    /** Not retractable: a sum keeps the largest scale it has seen, and that cannot be taken back. */
    private static final class DecimalSum implements Accumulator {
        private @Nullable BigDecimal sum;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            BigDecimal value = (BigDecimal) Objects.requireNonNull(arguments[0]);
            sum = sum == null ? value : Decimals.add(sum, value);
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return sum;
        }
    }

    private static final class DecimalAverage implements Accumulator {
        private BigDecimal sum = BigDecimal.ZERO;
        private long count;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            sum = Decimals.add(sum, (BigDecimal) Objects.requireNonNull(arguments[0]));
            count++;
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return count == 0 ? null : Decimals.divide(sum, BigDecimal.valueOf(count));
        }
    }

    /** Floats are never retractable: what was lost in rounding does not come back. */
    private static final class DoubleSum implements Accumulator {
        private double sum;
        private boolean any;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            double value = (Double) Objects.requireNonNull(arguments[0]);
            boolean infinite = Double.isInfinite(sum) || Double.isInfinite(value);
            sum = any ? checked(sum + value, infinite) : value;
            any = true;
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return any ? (Object) sum : null;
        }
    }

    private static double checked(double sum, boolean infinite) {
        if (Double.isInfinite(sum) && !infinite) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "value out of range: overflow");
        }
        return sum;
    }

    private static final class FloatSum implements Accumulator {
        private float sum;
        private boolean any;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            float value = (Float) Objects.requireNonNull(arguments[0]);
            float result = sum + value;
            checked(result, Float.isInfinite(sum) || Float.isInfinite(value));
            sum = any ? result : value;
            any = true;
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return any ? (Object) sum : null;
        }
    }

    private static final class DoubleAverage implements Accumulator {
        private double sum;
        private long count;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            double value = ((Number) Objects.requireNonNull(arguments[0])).doubleValue();
            sum = checked(sum + value, Double.isInfinite(sum) || Double.isInfinite(value));
            count++;
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return count == 0 ? null : (Object) (sum / count);
        }
    }

    private static final class IntervalSum implements Accumulator {
        private final boolean average;
        private Interval sum = Interval.ZERO;
        private long count;

        IntervalSum(boolean average) {
            this.average = average;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            sum = Intervals.add(sum, (Interval) Objects.requireNonNull(arguments[0]));
            count++;
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            if (count == 0) {
                return null;
            }
            return average ? Intervals.divide(sum, (double) count) : sum;
        }

        @Override
        public boolean isRetractable() {
            return true;
        }

        @Override
        public void remove(EvalContext context, @Nullable Object[] arguments) {
            sum = Intervals.subtract(sum, (Interval) Objects.requireNonNull(arguments[0]));
            count--;
        }
    }
}
