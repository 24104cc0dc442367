package dev.merapi.query.expr.template;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.Locale;

/** English ordinal suffixes. */
final class Ordinals {
    private Ordinals() {}

    /** {@code st}, {@code nd}, {@code rd} or {@code th} for a number in digits. */
    static String suffix(String digits, boolean upper) {
        int length = digits.length();
        if (!Character.isDigit(digits.charAt(length - 1))) {
            throw new CodedException(ErrorCode.INVALID_VALUE, "value is not a number").with("value", digits);
        }
        boolean teen = length > 1 && digits.charAt(length - 2) == '1';
        String suffix = teen
                ? "th"
                : switch (digits.charAt(length - 1)) {
                    case '1' -> "st";
                    case '2' -> "nd";
                    case '3' -> "rd";
                    default -> "th";
                };
        return upper ? suffix.toUpperCase(Locale.ROOT) : suffix;
    }
}
