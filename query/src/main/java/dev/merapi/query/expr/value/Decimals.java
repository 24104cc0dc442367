package dev.merapi.query.expr.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Exact decimal arithmetic with the result scales of PostgreSQL's {@code numeric}: sums keep the larger scale, products
 * the sum of both, quotients at least 16 significant digits.
 *
 * <p>PostgreSQL keeps decimals in groups of four digits and some of its scales depend on where the groups lie, so
 * {@link #groupWeight} and {@link #firstGroup} speak of these.
 */
public final class Decimals {
    /** Digits before the point that a numeric may have. */
    public static final int MAX_INTEGER_DIGITS = 131_072;

    /** Digits behind the point that a numeric may have. */
    public static final int MAX_SCALE = 16_383;

    /** Significant digits a quotient has at least. */
    public static final int MIN_SIGNIFICANT_DIGITS = 16;

    static final int MAX_DISPLAY_SCALE = 1000;
    static final int GROUP_DIGITS = 4;

    private Decimals() {}

    public static BigDecimal add(BigDecimal left, BigDecimal right) {
        return checked(left.add(right));
    }

    public static BigDecimal subtract(BigDecimal left, BigDecimal right) {
        return checked(left.subtract(right));
    }

    public static BigDecimal multiply(BigDecimal left, BigDecimal right) {
        return checked(left.multiply(right));
    }

    public static BigDecimal divide(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return checked(left.divide(right, divisionScale(left, right), RoundingMode.HALF_UP));
    }

    /** The quotient cut to a whole number. */
    public static BigDecimal divideToInteger(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return checked(left.divide(right, 0, RoundingMode.DOWN));
    }

    public static BigDecimal remainder(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return left.remainder(right).setScale(Math.max(left.scale(), right.scale()), RoundingMode.DOWN);
    }

    /** Digits behind the point of a quotient. */
    public static int divisionScale(BigDecimal left, BigDecimal right) {
        int weight = groupWeight(left) - groupWeight(right);
        if (firstGroup(left) <= firstGroup(right)) {
            weight--;
        }
        int scale = MIN_SIGNIFICANT_DIGITS - weight * GROUP_DIGITS;
        return displayScale(Math.max(scale, Math.max(left.scale(), right.scale())));
    }

    static int displayScale(int scale) {
        return Math.min(Math.max(scale, 0), MAX_DISPLAY_SCALE);
    }

    /** The power of 10000 that the first group of digits stands for; 0 for zero. */
    static int groupWeight(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.floorDiv(exponent(value), GROUP_DIGITS);
    }

    /** The first group of digits, 1 to 9999; 0 for zero. */
    static int firstGroup(BigDecimal value) {
        return value.signum() == 0 ? 0 : (int) leadingDigits(value, Math.floorMod(exponent(value), GROUP_DIGITS) + 1);
    }

    /** The exponent of the first digit. */
    static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    /** The first so many digits as a number, zeros appended if there are fewer. */
    static long leadingDigits(BigDecimal value, int count) {
        BigInteger digits = value.unscaledValue().abs();
        int precision = value.precision();
        return precision >= count
                ? digits.divide(BigInteger.TEN.pow(precision - count)).longValueExact()
                : digits.multiply(BigInteger.TEN.pow(count - precision)).longValueExact();
    }

    /** Rounds half away from zero; a negative scale rounds in front of the point. */
    public static BigDecimal round(BigDecimal value, int scale) {
        return atScale(value, scale, RoundingMode.HALF_UP);
    }

    public static BigDecimal truncate(BigDecimal value, int scale) {
        return atScale(value, scale, RoundingMode.DOWN);
    }

    private static BigDecimal atScale(BigDecimal value, int scale, RoundingMode mode) {
        int bounded = Math.min(Math.max(scale, -MAX_INTEGER_DIGITS), MAX_SCALE);
        BigDecimal rounded = value.setScale(bounded, mode);
        return bounded < 0 ? checked(rounded.setScale(0)) : checked(rounded);
    }

    public static BigDecimal ceiling(BigDecimal value) {
        return value.setScale(0, RoundingMode.CEILING);
    }

    public static BigDecimal floor(BigDecimal value) {
        return value.setScale(0, RoundingMode.FLOOR);
    }

    /** The greatest common divisor at the larger scale. */
    public static BigDecimal gcd(BigDecimal left, BigDecimal right) {
        int scale = Math.max(left.scale(), right.scale());
        BigInteger divisor =
                left.setScale(scale).unscaledValue().gcd(right.setScale(scale).unscaledValue());
        return new BigDecimal(divisor, scale);
    }

    /** The least common multiple at the larger scale; 0 when either is 0. */
    public static BigDecimal lcm(BigDecimal left, BigDecimal right) {
        int scale = Math.max(left.scale(), right.scale());
        if (left.signum() == 0 || right.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        BigInteger a = left.setScale(scale).unscaledValue();
        BigInteger b = right.setScale(scale).unscaledValue();
        return checked(new BigDecimal(a.divide(a.gcd(b)).multiply(b).abs(), scale));
    }

    /** A double as PostgreSQL turns it into numeric: 15 significant digits. */
    public static BigDecimal ofDouble(double value) {
        if (!Double.isFinite(value)) {
            throw Errors.outOfRange("numeric").hint("numeric has no NaN and no infinity");
        }
        return plain(new BigDecimal(value).round(new java.math.MathContext(15, RoundingMode.HALF_EVEN)));
    }

    /** A float as PostgreSQL turns it into numeric: 6 significant digits. */
    public static BigDecimal ofFloat(float value) {
        if (!Float.isFinite(value)) {
            throw Errors.outOfRange("numeric").hint("numeric has no NaN and no infinity");
        }
        return plain(new BigDecimal(value).round(new java.math.MathContext(6, RoundingMode.HALF_EVEN)));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Returns the value without zeros at the end. */
    public static BigDecimal trimScale(BigDecimal value) {
        return plain(value);
    }

    /** Returns the value if it is a numeric, cutting digits behind the point that numeric has no room for. */
    public static BigDecimal checked(BigDecimal value) {
        // Bits first: a cheap bound that spares counting the digits of ordinary numbers.
        if (value.scale() > MAX_SCALE) {
            return checked(value.setScale(MAX_SCALE, RoundingMode.HALF_UP));
        }
        if (value.unscaledValue().bitLength() > 1000 && value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
            throw Errors.outOfRange("numeric").with("digits", value.precision() - value.scale());
        }
        return value;
    }
}
