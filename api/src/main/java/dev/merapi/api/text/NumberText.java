package dev.merapi.api.text;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as text. */
public final class NumberText {
    /**
     * PostgreSQL's numeric: digits before and behind the point. Larger exponents would also cost memory to write out.
     */
    static final int MAX_INTEGER_DIGITS = 131_072;

    static final int MAX_SCALE = 16_383;

    private static final int MAX_BIG_INTEGER_DIGITS = 200;
    private static final Pattern INTEGER =
            Pattern.compile("([+-]?)(0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|[0-9]+(?:_[0-9]+)*)");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:_[0-9]+)*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE]([+-]?[0-9]+))?");

    private NumberText() {}

    public static String format(double value) {
        String special = special(value);
        return special != null ? special : shortest(Double.toString(Math.abs(value)), isNegative(value), false);
    }

    public static String format(float value) {
        String special = special(value);
        return special != null ? special : shortest(Float.toString(Math.abs(value)), isNegative(value), true);
    }

    private static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0;
    }

    private static @Nullable String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return isNegative(value) ? "-0" : "0";
        }
        return null;
    }

    /** Java's shortest digits in PostgreSQL's dress: exponent form below 1e-4 and from 1e15 (float: 1e6) on. */
    private static String shortest(String java, boolean negative, boolean single) {
        BigDecimal value = new BigDecimal(java).stripTrailingZeros();
        if (value.precision() == 2) {
            value = oneDigit(value, java, single);
        }
        if (value.precision() - value.scale() > (single ? 6 : 15)) {
            value = insideBounds(value, java, single).stripTrailingZeros();
        }
        return dressed(value, negative, single);
    }

    private static String dressed(BigDecimal value, boolean negative, boolean single) {
        String digits = value.unscaledValue().toString();
        int exponent = value.precision() - value.scale() - 1;
        StringBuilder out = new StringBuilder(negative ? "-" : "");
        if (exponent < -4 || exponent >= (single ? 6 : 15)) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append('e').append(exponent < 0 ? '-' : '+');
            int magnitude = Math.abs(exponent);
            return out.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
        }
        return out.append(value.toPlainString()).toString();
    }

    /** Java always takes two digits if these are nearer; the shortest form takes one if one reads back the same. */
    private static BigDecimal oneDigit(BigDecimal value, String java, boolean single) {
        BigDecimal rounded = value.round(new MathContext(1, RoundingMode.HALF_EVEN));
        boolean same = single
                ? rounded.floatValue() == Float.parseFloat(java)
                : rounded.doubleValue() == Double.parseDouble(java);
        return same ? rounded : value;
    }

    /**
     * PostgreSQL does not trust readers to round ties to even, so digits exactly between two floats are none of its;
     * Java takes them. Only large numbers have such ties.
     */
    private static BigDecimal insideBounds(BigDecimal value, String java, boolean single) {
        double number = single ? Float.parseFloat(java) : Double.parseDouble(java);
        BigDecimal exact = new BigDecimal(number);
        BigDecimal candidate = value;
        for (int digits = value.precision() + 1; isTie(exact, candidate, number, single); digits++) {
            candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        }
        return candidate;
    }

    private static boolean isTie(BigDecimal exact, BigDecimal candidate, double number, boolean single) {
        double neighbour = candidate.compareTo(exact) > 0
                ? (single ? Math.nextUp((float) number) : Math.nextUp(number))
                : (single ? Math.nextDown((float) number) : Math.nextDown(number));
        if (Double.isInfinite(neighbour)) {
            return false;
        }
        BigDecimal gap = new BigDecimal(neighbour).subtract(exact).abs();
        return candidate.subtract(exact).abs().multiply(BigDecimal.valueOf(2)).compareTo(gap) >= 0;
    }

    public static Object parseInteger(ScalarType type, String text) {
        Matcher matcher = INTEGER.matcher(text.strip());
        if (!matcher.matches()) {
            throw InvalidText.of(type, text);
        }
        String digits = matcher.group(2).replace("_", "");
        if (digits.length() > MAX_BIG_INTEGER_DIGITS) {
            throw outOfRange(type, text);
        }
        BigInteger magnitude = magnitude(digits);
        BigInteger value = matcher.group(1).equals("-") ? magnitude.negate() : magnitude;
        if (!fits(type, value)) {
            throw outOfRange(type, text);
        }
        return integer(type, value);
    }

    private static BigInteger magnitude(String digits) {
        if (digits.length() < 2) {
            return new BigInteger(digits);
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> new BigInteger(digits.substring(2), 16);
            case 'o', 'O' -> new BigInteger(digits.substring(2), 8);
            case 'b', 'B' -> new BigInteger(digits.substring(2), 2);
            default -> new BigInteger(digits);
        };
    }

    private static boolean fits(ScalarType type, BigInteger value) {
        int bits = type.fixedWidth() * 8;
        return type.isSignedInteger() ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
    }

    private static Object integer(ScalarType type, BigInteger value) {
        return switch (type) {
            case I8 -> value.byteValueExact();
            case I16, U8 -> value.shortValueExact();
            case I32, U16 -> value.intValueExact();
            case I64, U32 -> value.longValueExact();
            default -> value;
        };
    }

    public static BigDecimal parseDecimal(String text) {
        String trimmed = text.strip();
        Matcher matcher = DECIMAL.matcher(trimmed);
        if (!matcher.matches()) {
            String word = trimmed.toLowerCase(Locale.ROOT);
            if (word.equals("nan") || word.matches("[+-]?inf(inity)?")) {
                throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "numeric has no NaN and no infinity here")
                        .with("value", trimmed)
                        .hint("use double precision");
            }
            throw InvalidText.of(DecimalType.UNCONSTRAINED, text);
        }
        String exponent = matcher.group(1);
        boolean tooLong = trimmed.length() > MAX_INTEGER_DIGITS + MAX_SCALE + 20
                || (exponent != null
                        && (exponent.length() > 7 || Math.abs(Integer.parseInt(exponent)) > MAX_INTEGER_DIGITS));
        if (tooLong) {
            throw outOfRange(DecimalType.UNCONSTRAINED, text);
        }
        BigDecimal value = new BigDecimal(trimmed.replace("_", ""));
        return checkSize(value.scale() < 0 ? value.setScale(0) : value);
    }

    /**
     * Refuses numbers outside of what PostgreSQL's numeric holds; digits behind the point beyond its limit are rounded.
     */
    static BigDecimal checkSize(BigDecimal value) {
        if (value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
            throw outOfRange(DecimalType.UNCONSTRAINED, "1e" + (value.precision() - value.scale()));
        }
        return value.scale() > MAX_SCALE ? value.setScale(MAX_SCALE, RoundingMode.HALF_UP) : value;
    }

    public static BigDecimal constrain(DecimalType type, BigDecimal value) {
        if (!type.isConstrained()) {
            return value;
        }
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision() && rounded.signum() != 0) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "numeric field overflow")
                    .with("type", type.sqlName())
                    .with("value", InvalidText.abridged(value.toPlainString()))
                    .hint("at most " + (type.precision() - type.scale()) + " digits before the point fit");
        }
        return rounded;
    }

    public static Double parseDouble(String text) {
        double value = parseFloating(ScalarType.F64, text);
        checkFloating(ScalarType.F64, text, value);
        return value;
    }

    public static Float parseFloat(String text) {
        String trimmed = text.strip();
        double wide = parseFloating(ScalarType.F32, text);
        float value = Double.isFinite(wide) ? Float.parseFloat(trimmed) : (float) wide;
        checkFloating(ScalarType.F32, text, value);
        return value;
    }

    private static double parseFloating(ScalarType type, String text) {
        String trimmed = text.strip();
        if (DECIMAL.matcher(trimmed).matches() && trimmed.indexOf('_') < 0) {
            return Double.parseDouble(trimmed);
        }
        return switch (trimmed.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw InvalidText.of(type, text);
        };
    }

    /** Digits that overflow, or that vanish to zero, are errors; written infinities are not. */
    private static void checkFloating(ScalarType type, String text, double value) {
        boolean digits = text.chars().anyMatch(c -> c >= '1' && c <= '9');
        if (digits && (Double.isInfinite(value) || (value == 0 && hasNonZeroMantissa(text)))) {
            throw outOfRange(type, text);
        }
    }

    private static boolean hasNonZeroMantissa(String text) {
        return text.split("[eE]", 2)[0].chars().anyMatch(c -> c >= '1' && c <= '9');
    }

    static CodedException outOfRange(ColumnType type, Object value) {
        return new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "value out of range")
                .with("type", type.sqlName())
                .with("value", InvalidText.abridged(value.toString()));
    }
}
