package dev.merapi.query.expr.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Square roots, exponentials, logarithms and powers of decimals. Each result has the scale PostgreSQL gives it and is
 * correctly rounded for all but the rarest ties: computations carry {@link #GUARD_DIGITS} digits more than asked for.
 */
public final class DecimalRoots {
    private static final int GUARD_DIGITS = 12;
    private static final double LOG10_E = 0.434294481903252;
    private static final double LN_10 = 2.302585092994046;
    /** e to anything larger is refused, as in PostgreSQL: the digits would take too long to find. */
    private static final double MAX_NATURAL_EXPONENT = 6000;

    private static final BigDecimal POINT_NINE = new BigDecimal("0.9");
    private static final BigDecimal ONE_POINT_ONE = new BigDecimal("1.1");
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private DecimalRoots() {}

    public static BigDecimal sqrt(BigDecimal value) {
        if (value.signum() < 0) {
            throw new CodedException(ErrorCode.POWER_DOMAIN, "cannot take square root of a negative number");
        }
        int weight = (Decimals.groupWeight(value) + 1) * Decimals.GROUP_DIGITS / 2 - 1;
        int scale = Decimals.MIN_SIGNIFICANT_DIGITS - weight;
        return sqrt(value, Decimals.displayScale(Math.max(scale, value.scale())));
    }

    /** The square root with a given scale. */
    public static BigDecimal sqrt(BigDecimal value, int scale) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        int digits = Math.max(1, Decimals.exponent(value) / 2 + 2 + scale);
        // Rounded down first, so that the last rounding sees whether anything was cut off.
        BigDecimal root = value.sqrt(new MathContext(digits + GUARD_DIGITS, RoundingMode.DOWN));
        return root.setScale(scale, RoundingMode.HALF_UP);
    }

    public static BigDecimal exp(BigDecimal value) {
        double exponent = value.doubleValue();
        if (exponent >= MAX_NATURAL_EXPONENT) {
            throw Errors.outOfRange("numeric");
        }
        double weight = Math.max(exponent * LOG10_E, -2000);
        int scale = Decimals.displayScale(Math.max(Decimals.MIN_SIGNIFICANT_DIGITS - (int) weight, value.scale()));
        if (weight < -(scale + 1)) {
            return BigDecimal.ZERO.setScale(scale);
        }
        return exp(value, Math.max(1, (int) weight + scale) + GUARD_DIGITS).setScale(scale, RoundingMode.HALF_UP);
    }

    public static BigDecimal ln(BigDecimal value) {
        requirePositive(value);
        int scale = Decimals.displayScale(
                Math.max(Decimals.MIN_SIGNIFICANT_DIGITS - logarithmWeight(value), value.scale()));
        return ln(value, scale + GUARD_DIGITS).setScale(scale, RoundingMode.HALF_UP);
    }

    public static BigDecimal log(BigDecimal base, BigDecimal value) {
        requirePositive(base);
        requirePositive(value);
        int weight = logarithmWeight(value) - logarithmWeight(base);
        int scale = Decimals.displayScale(
                Math.max(Decimals.MIN_SIGNIFICANT_DIGITS - weight, Math.max(base.scale(), value.scale())));
        int working = scale + GUARD_DIGITS + Math.abs(weight) + 2 * Math.abs(logarithmWeight(base));
        BigDecimal divisor = ln(base, working);
        if (divisor.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return ln(value, working).divide(divisor, scale, RoundingMode.HALF_UP);
    }

    private static void requirePositive(BigDecimal value) {
        if (value.signum() <= 0) {
            throw new CodedException(
                    ErrorCode.LOGARITHM_DOMAIN,
                    value.signum() == 0
                            ? "cannot take logarithm of zero"
                            : "cannot take logarithm of a negative number");
        }
    }

    public static BigDecimal power(BigDecimal base, BigDecimal exponent) {
        boolean whole = exponent.stripTrailingZeros().scale() <= 0;
        if (base.signum() == 0 && exponent.signum() < 0) {
            throw new CodedException(ErrorCode.POWER_DOMAIN, "zero raised to a negative power is undefined");
        }
        if (base.signum() < 0 && !whole) {
            throw new CodedException(
                    ErrorCode.POWER_DOMAIN, "a negative number raised to a non-integer power yields a complex result");
        }
        boolean fits = whole && exponent.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
        if (fits) {
            return powerInteger(base, exponent.intValue(), exponent.scale());
        }
        return powerFraction(base, exponent);
    }

    private static BigDecimal powerInteger(BigDecimal base, int exponent, int exponentScale) {
        double weight = base.signum() == 0 ? 0 : exponent * log10(base.abs());
        if (weight > Decimals.MAX_INTEGER_DIGITS) {
            throw Errors.outOfRange("numeric");
        }
        if (weight + 1 < -Decimals.MAX_DISPLAY_SCALE) {
            return BigDecimal.ZERO.setScale(Decimals.MAX_DISPLAY_SCALE);
        }
        int scale = Decimals.displayScale(
                Math.max(Decimals.MIN_SIGNIFICANT_DIGITS - (int) weight, Math.max(base.scale(), exponentScale)));
        if (exponent == 0) {
            return BigDecimal.ONE.setScale(scale);
        }
        if (base.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        int digits = Math.max(1, (int) weight + scale + 2) + GUARD_DIGITS;
        MathContext context = new MathContext(digits + 10, RoundingMode.HALF_EVEN);
        BigDecimal result = base.pow(Math.abs(exponent), context);
        return exponent < 0
                ? BigDecimal.ONE.divide(result, scale, RoundingMode.HALF_UP)
                : Decimals.checked(result.setScale(scale, RoundingMode.HALF_UP));
    }

    private static BigDecimal powerFraction(BigDecimal base, BigDecimal exponent) {
        if (base.signum() == 0) {
            return BigDecimal.ZERO.setScale(Decimals.MIN_SIGNIFICANT_DIGITS);
        }
        boolean negative = base.signum() < 0 && exponent.toBigInteger().testBit(0);
        BigDecimal magnitude = base.abs();
        double natural = ln(magnitude, 20).multiply(exponent).doubleValue();
        if (natural > MAX_NATURAL_EXPONENT * 1.0033) {
            throw Errors.outOfRange("numeric");
        }
        double weight = natural * LOG10_E;
        if (weight + 1 < -Decimals.MAX_DISPLAY_SCALE) {
            return BigDecimal.ZERO.setScale(Decimals.MAX_DISPLAY_SCALE);
        }
        int scale = Decimals.displayScale(
                Math.max(Decimals.MIN_SIGNIFICANT_DIGITS - (int) weight, Math.max(base.scale(), exponent.scale())));
        int digits = Math.max(1, (int) weight + scale + 2) + GUARD_DIGITS;
        int exponentDigits = Math.max(0, Decimals.exponent(exponent)) + 4;
        BigDecimal logarithm = ln(magnitude, digits + exponentDigits + 6).multiply(exponent);
        BigDecimal result = exp(logarithm, digits + 4).setScale(scale, RoundingMode.HALF_UP);
        return negative ? result.negate() : result;
    }

    /** The decimal exponent of a natural logarithm, estimated as PostgreSQL does because result scales hang on it. */
    private static int logarithmWeight(BigDecimal value) {
        if (value.compareTo(POINT_NINE) >= 0 && value.compareTo(ONE_POINT_ONE) <= 0) {
            BigDecimal distance = value.subtract(BigDecimal.ONE);
            return distance.signum() == 0
                    ? 0
                    : Decimals.groupWeight(distance) * Decimals.GROUP_DIGITS
                            + (int) Math.log10(Decimals.firstGroup(distance));
        }
        int firstDigits = Math.floorMod(Decimals.exponent(value), Decimals.GROUP_DIGITS) + 1;
        long digits = Decimals.leadingDigits(value, firstDigits + Decimals.GROUP_DIGITS);
        int exponent = (Decimals.groupWeight(value) - 1) * Decimals.GROUP_DIGITS;
        double logarithm = Math.log((double) digits) + exponent * LN_10;
        return (int) Math.log10(Math.abs(logarithm));
    }

    private static double log10(BigDecimal value) {
        int exponent = Decimals.exponent(value);
        return Math.log10(Decimals.leadingDigits(value, 17) / 1e16) + exponent;
    }

    /** e to a power, with so many correct significant digits. */
    private static BigDecimal exp(BigDecimal value, int digits) {
        // Halved until small, so that the series is short; squaring back loses about one bit each time.
        int halvings = Math.max(0, (int) Math.ceil(Math.log(Math.abs(value.doubleValue()) + 1e-300) / Math.log(2)) + 8);
        MathContext context = new MathContext(Math.max(4, digits) + 6 + halvings, RoundingMode.HALF_EVEN);
        BigDecimal reduced = value.divide(TWO.pow(halvings), context);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; term.signum() != 0 && -Decimals.exponent(term) <= context.getPrecision(); i++) {
            term = term.multiply(reduced).divide(BigDecimal.valueOf(i), context);
            sum = sum.add(term, context);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, context);
        }
        return sum;
    }

    /** The natural logarithm, with so many correct digits behind the point. */
    private static BigDecimal ln(BigDecimal value, int scale) {
        int exponent = Decimals.exponent(value);
        BigDecimal mantissa = value.scaleByPowerOfTen(-exponent);
        int working = scale + 8;
        BigDecimal result = lnMantissa(mantissa, working);
        if (exponent == 0) {
            return result;
        }
        BigDecimal ten = lnMantissa(BigDecimal.TEN, working + 8);
        if (exponent == -1) {
            // Near one from below the two parts nearly cancel: take the number as it is.
            return lnMantissa(value, working);
        }
        return result.add(ten.multiply(BigDecimal.valueOf(exponent)));
    }

    /** Halley's iteration from the double's logarithm: each step triples the correct digits. */
    private static BigDecimal lnMantissa(BigDecimal value, int scale) {
        if (value.compareTo(BigDecimal.ONE) == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal result = new BigDecimal(Math.log(value.doubleValue()));
        MathContext context = new MathContext(scale + 4, RoundingMode.HALF_EVEN);
        for (int correct = 14; correct < 3 * scale; correct *= 3) {
            BigDecimal power = exp(result, scale + 4);
            BigDecimal step = value.subtract(power)
                    .multiply(TWO)
                    .divide(value.add(power), new MathContext(scale + 4, RoundingMode.HALF_EVEN));
            result = result.add(step).round(context);
        }
        return result;
    }
}
