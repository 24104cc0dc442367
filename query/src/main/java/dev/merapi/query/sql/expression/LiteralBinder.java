package dev.merapi.query.sql.expression;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;

/** Numbers as written: integer if it fits, else bigint if that fits, else numeric. */
final class LiteralBinder {
    /** PostgreSQL's limits for a numeric: digits before and behind the point. */
    private static final int MAX_INTEGER_DIGITS = 131_072;

    private static final int MAX_FRACTION_DIGITS = 16_383;

    private final BindContext context;

    LiteralBinder(BindContext context) {
        this.context = context;
    }

    /** {@code text} may start with a minus sign that the grammar has made part of the number. */
    Term number(String text, int position) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        String unsigned = negative ? digits.substring(1) : digits;
        int radix = radix(unsigned);
        if (radix != 10 || isWhole(unsigned)) {
            BigInteger value = new BigInteger(radix == 10 ? unsigned : unsigned.substring(2), radix);
            return integer(negative ? value.negate() : value, position);
        }
        return constant(DecimalType.UNCONSTRAINED, decimal(digits, position), position);
    }

    /** Bytes in base 16, as the SQL standard has {@code X'…'}; {@code text} begins with the letter. */
    Term bits(String text, int position) {
        if (text.charAt(0) != 'X' && text.charAt(0) != 'x') {
            throw BindErrors.unsupported(position, "bit strings", "use bytea: X'ff'");
        }
        try {
            return constant(ScalarType.BYTES, HexFormat.of().parseHex(text.substring(1)), position);
        } catch (IllegalArgumentException e) {
            throw BindErrors.at(position, ErrorCode.INVALID_ARGUMENT, "invalid hexadecimal digits")
                    .hint("write two digits per byte: X'ff00'")
                    .causedBy(e);
        }
    }

    private static int radix(String digits) {
        if (digits.length() < 3 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    private static boolean isWhole(String digits) {
        return digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private Term integer(BigInteger value, int position) {
        if (value.bitLength() <= 31) {
            return constant(ScalarType.I32, value.intValueExact(), position);
        }
        if (value.bitLength() <= 63) {
            return constant(ScalarType.I64, value.longValueExact(), position);
        }
        BigDecimal decimal = new BigDecimal(value);
        requireDigits(decimal.precision(), 0, position);
        return constant(DecimalType.UNCONSTRAINED, decimal, position);
    }

    private static BigDecimal decimal(String text, int position) {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            // The only way here is an exponent that no int holds.
            throw BindErrors.at(position, ErrorCode.VALUE_OUT_OF_RANGE, "number is out of range")
                    .causedBy(e);
        }
        requireDigits((long) value.precision() - value.scale(), value.scale(), position);
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private static void requireDigits(long before, int behind, int position) {
        if (before > MAX_INTEGER_DIGITS || behind > MAX_FRACTION_DIGITS) {
            throw BindErrors.at(position, ErrorCode.VALUE_OUT_OF_RANGE, "number is out of range")
                    .with("digits before the point", Math.max(before, 0))
                    .with("digits behind it", Math.max(behind, 0))
                    .with("limits", MAX_INTEGER_DIGITS + " and " + MAX_FRACTION_DIGITS);
        }
    }

    private Term constant(ColumnType type, Object value, int position) {
        return new Term.Value(Constants.of(context.rex(), type, value), position);
    }
}
