package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.I32;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.query.expr.value.DecimalRoots;
import dev.merapi.query.expr.value.Decimals;
import dev.merapi.query.expr.value.Errors;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Operators and functions of {@code numeric}. */
final class DecimalFunctions {
    private static final ColumnType NUMERIC = DecimalType.UNCONSTRAINED;

    private DecimalFunctions() {}

    static void register(Registrar to) {
        operators(to);
        rounding(to);
        roots(to);
        to.add("width_bucket", I32, NUMERIC, NUMERIC, NUMERIC, I32, DecimalFunctions::widthBucket);
    }

    private static void operators(Registrar to) {
        to.operator("+", NUMERIC, NUMERIC, NUMERIC, Decimals::add);
        to.operator("-", NUMERIC, NUMERIC, NUMERIC, Decimals::subtract);
        to.operator("*", NUMERIC, NUMERIC, NUMERIC, Decimals::multiply);
        to.operator("/", NUMERIC, NUMERIC, NUMERIC, Decimals::divide);
        to.operator("%", NUMERIC, NUMERIC, NUMERIC, Decimals::remainder);
        to.operator("^", NUMERIC, NUMERIC, NUMERIC, DecimalRoots::power);
        to.prefix("+", NUMERIC, NUMERIC, (BigDecimal value) -> value);
        to.prefix("-", NUMERIC, NUMERIC, (BigDecimal value) -> value.negate());
        to.prefix("@", NUMERIC, NUMERIC, (BigDecimal value) -> value.abs());
        to.add("mod", NUMERIC, NUMERIC, NUMERIC, Decimals::remainder);
        to.add("div", NUMERIC, NUMERIC, NUMERIC, Decimals::divideToInteger);
        to.add("gcd", NUMERIC, NUMERIC, NUMERIC, Decimals::gcd);
        to.add("lcm", NUMERIC, NUMERIC, NUMERIC, Decimals::lcm);
        to.add("abs", NUMERIC, NUMERIC, (BigDecimal value) -> value.abs());
        to.add("sign", NUMERIC, NUMERIC, (BigDecimal value) -> BigDecimal.valueOf(value.signum()));
    }

    private static void rounding(Registrar to) {
        to.add("round", NUMERIC, NUMERIC, (BigDecimal value) -> Decimals.round(value, 0));
        to.add("round", NUMERIC, NUMERIC, I32, Decimals::round);
        to.add("trunc", NUMERIC, NUMERIC, (BigDecimal value) -> Decimals.truncate(value, 0));
        to.add("trunc", NUMERIC, NUMERIC, I32, Decimals::truncate);
        to.add("floor", NUMERIC, NUMERIC, Decimals::floor);
        to.add("ceil", NUMERIC, NUMERIC, Decimals::ceiling);
        to.add("ceiling", NUMERIC, NUMERIC, Decimals::ceiling);
        to.add("scale", I32, NUMERIC, (BigDecimal value) -> value.scale());
        to.add("trim_scale", NUMERIC, NUMERIC, Decimals::trimScale);
        to.add(
                "min_scale",
                I32,
                NUMERIC,
                (BigDecimal value) -> Decimals.trimScale(value).scale());
    }

    private static void roots(Registrar to) {
        to.add("sqrt", NUMERIC, NUMERIC, (BigDecimal value) -> DecimalRoots.sqrt(value));
        to.add("exp", NUMERIC, NUMERIC, (BigDecimal value) -> DecimalRoots.exp(value));
        to.add("ln", NUMERIC, NUMERIC, (BigDecimal value) -> DecimalRoots.ln(value));
        to.add("log", NUMERIC, NUMERIC, (BigDecimal value) -> DecimalRoots.log(BigDecimal.TEN, value));
        to.add("log10", NUMERIC, NUMERIC, (BigDecimal value) -> DecimalRoots.log(BigDecimal.TEN, value));
        to.add("log", NUMERIC, NUMERIC, NUMERIC, DecimalRoots::log);
        to.add("power", NUMERIC, NUMERIC, NUMERIC, DecimalRoots::power);
        to.add("pow", NUMERIC, NUMERIC, NUMERIC, DecimalRoots::power);
    }

    /** The bucket, counted from 1, when the range is cut into equal parts; 0 below, count + 1 above. */
    private static Integer widthBucket(BigDecimal operand, BigDecimal low, BigDecimal high, Integer count) {
        checkBuckets(count, low.compareTo(high) == 0);
        boolean descending = low.compareTo(high) > 0;
        BigDecimal from = descending ? low.subtract(operand) : operand.subtract(low);
        BigDecimal width = descending ? low.subtract(high) : high.subtract(low);
        if (from.signum() < 0) {
            return 0;
        }
        if (from.compareTo(width) >= 0) {
            return bucketAbove(count);
        }
        return from.multiply(BigDecimal.valueOf(count))
                        .divide(width, 0, RoundingMode.FLOOR)
                        .intValueExact()
                + 1;
    }

    static void checkBuckets(int count, boolean emptyRange) {
        if (count <= 0) {
            throw new CodedException(ErrorCode.INVALID_WIDTH_BUCKET, "count must be greater than zero")
                    .with("count", count);
        }
        if (emptyRange) {
            throw new CodedException(ErrorCode.INVALID_WIDTH_BUCKET, "lower bound cannot equal upper bound");
        }
    }

    static int bucketAbove(int count) {
        if (count == Integer.MAX_VALUE) {
            throw Errors.outOfRange("integer");
        }
        return count + 1;
    }
}
