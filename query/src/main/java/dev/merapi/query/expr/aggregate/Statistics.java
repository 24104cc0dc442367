package dev.merapi.query.expr.aggregate;

import static dev.merapi.api.schema.ScalarType.F32;
import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_INTEGER;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction.Traits;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.value.DecimalRoots;
import dev.merapi.query.expr.value.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Variances, correlations and regressions. Exact numbers are summed exactly; floats by the method of Youngs and Cramer,
 * step by step as PostgreSQL takes it, so that the last digits agree.
 */
final class Statistics {
    private static final ColumnType NUMERIC = DecimalType.UNCONSTRAINED;

    private Statistics() {}

    static void register(AggregateRegistrar to) {
        spread(to, "var_pop", false, false);
        spread(to, "var_samp", true, false);
        spread(to, "variance", true, false);
        spread(to, "stddev_pop", false, true);
        spread(to, "stddev_samp", true, true);
        spread(to, "stddev", true, true);
        pairs(to, "covar_pop", 1, pair -> pair.productXY / pair.count);
        pairs(to, "covar_samp", 2, pair -> pair.productXY / (pair.count - 1));
        pairs(to, "corr", 1, Pairs::correlation);
        pairs(to, "regr_avgx", 1, pair -> pair.sumX / pair.count);
        pairs(to, "regr_avgy", 1, pair -> pair.sumY / pair.count);
        pairs(to, "regr_sxx", 1, pair -> pair.squareX);
        pairs(to, "regr_syy", 1, pair -> pair.squareY);
        pairs(to, "regr_sxy", 1, pair -> pair.productXY);
        pairs(to, "regr_slope", 1, pair -> pair.productXY / pair.squareX, true);
        pairs(to, "regr_intercept", 1, Pairs::intercept, true);
        pairs(to, "regr_r2", 1, Pairs::determination, true);
        to.add("regr_count", I64, List.of(F64, F64), Traits.COUNTING, PairCount::new);
    }

    private static void spread(AggregateRegistrar to, String name, boolean sample, boolean root) {
        to.generic(
                name,
                List.of(ANY_INTEGER),
                Traits.STRICT,
                types -> NUMERIC,
                types -> () -> new ExactSpread(sample, root));
        to.add(name, NUMERIC, List.of(NUMERIC), Traits.STRICT, () -> new ExactSpread(sample, root));
        to.add(name, F64, List.of(F64), Traits.STRICT, () -> new FloatSpread(sample, root));
        to.add(name, F64, List.of(F32), Traits.STRICT, () -> new FloatSpread(sample, root));
    }

    private static void pairs(AggregateRegistrar to, String name, int least, ToDoubleFunction<Pairs> result) {
        pairs(to, name, least, result, false);
    }

    /** Regressions are NULL, marked here by NaN of a finite input, when x never varies. */
    private static void pairs(
            AggregateRegistrar to, String name, int least, ToDoubleFunction<Pairs> result, boolean needsSpread) {
        to.add(name, F64, List.of(F64, F64), Traits.STRICT, () -> new Pairs(least, result, needsSpread));
    }

    private static final class ExactSpread implements Accumulator {
        private final boolean sample;
        private final boolean root;
        private long count;
        private BigDecimal sum = BigDecimal.ZERO;
        private BigDecimal squares = BigDecimal.ZERO;

        ExactSpread(boolean sample, boolean root) {
            this.sample = sample;
            this.root = root;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            BigDecimal value = decimal(Objects.requireNonNull(arguments[0]));
            count++;
            sum = sum.add(value);
            squares = squares.add(value.multiply(value));
        }

        private static BigDecimal decimal(Object value) {
            return switch (value) {
                case BigDecimal decimal -> decimal;
                case BigInteger big -> new BigDecimal(big);
                default -> BigDecimal.valueOf(((Number) value).longValue());
            };
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            if (count == 0 || (sample && count == 1)) {
                return null;
            }
            BigDecimal n = BigDecimal.valueOf(count);
            BigDecimal numerator = squares.multiply(n).subtract(sum.multiply(sum));
            if (numerator.signum() <= 0) {
                return BigDecimal.ZERO;
            }
            BigDecimal denominator = n.multiply(sample ? BigDecimal.valueOf(count - 1) : n);
            int scale = Decimals.divisionScale(numerator, denominator);
            BigDecimal variance = numerator.divide(denominator, scale, RoundingMode.HALF_UP);
            return root ? DecimalRoots.sqrt(variance, scale) : variance;
        }
    }

    private static final class FloatSpread implements Accumulator {
        private final boolean sample;
        private final boolean root;
        private double count;
        private double sum;
        private double squares;

        FloatSpread(boolean sample, boolean root) {
            this.sample = sample;
            this.root = root;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            double value = ((Number) Objects.requireNonNull(arguments[0])).doubleValue();
            double before = count;
            count++;
            sum += value;
            if (before > 0) {
                double distance = value * count - sum;
                squares += distance * distance / (count * before);
            } else if (!Double.isFinite(value)) {
                squares = Double.NaN;
            }
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            if (count == 0 || (sample && count == 1)) {
                return null;
            }
            double variance = squares / (sample ? count - 1 : count);
            return root ? Math.sqrt(variance) : variance;
        }
    }

    /** Two columns at once; the first argument is y, the second x. */
    private static final class Pairs implements Accumulator {
        private final int least;
        private final ToDoubleFunction<Pairs> result;
        private final boolean needsSpread;
        private double count;
        private double sumX;
        private double squareX;
        private double sumY;
        private double squareY;
        private double productXY;

        Pairs(int least, ToDoubleFunction<Pairs> result, boolean needsSpread) {
            this.least = least;
            this.result = result;
            this.needsSpread = needsSpread;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            double y = (Double) Objects.requireNonNull(arguments[0]);
            double x = (Double) Objects.requireNonNull(arguments[1]);
            double before = count;
            count++;
            sumX += x;
            sumY += y;
            if (before > 0) {
                double distanceX = x * count - sumX;
                double distanceY = y * count - sumY;
                double scale = 1.0 / (count * before);
                squareX += distanceX * distanceX * scale;
                squareY += distanceY * distanceY * scale;
                productXY += distanceX * distanceY * scale;
            } else {
                if (!Double.isFinite(x)) {
                    squareX = Double.NaN;
                    productXY = Double.NaN;
                }
                if (!Double.isFinite(y)) {
                    squareY = Double.NaN;
                    productXY = Double.NaN;
                }
            }
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            if (count < least || (needsSpread && squareX == 0)) {
                return null;
            }
            double value = result.applyAsDouble(this);
            boolean undefined = Double.isNaN(value) && (squareX == 0 || squareY == 0);
            return undefined ? null : (Object) value;
        }

        private double correlation() {
            return squareX == 0 || squareY == 0 ? Double.NaN : productXY / Math.sqrt(squareX * squareY);
        }

        private double intercept() {
            return (sumY - sumX * productXY / squareX) / count;
        }

        private double determination() {
            return squareY == 0 ? 1.0 : productXY * productXY / (squareX * squareY);
        }
    }

    private static final class PairCount implements Accumulator {
        private long count;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            count++;
        }

        @Override
        public Object result(EvalContext context) {
            return count;
        }
    }
}
