package dev.merapi.query.sql.token;

/**
 * Finds the end of a number: decimal with point and exponent, or {@code 0x}, {@code 0o}, {@code 0b}; underscores may
 * stand between digits. A letter right behind a number is an error rather than the start of a name.
 */
public final class NumberScanner {
    private final String sql;
    private int at;

    NumberScanner(String sql, int start) {
        this.sql = sql;
        this.at = start;
    }

    int end() {
        int start = at;
        int radix = radix();
        if (radix != 10) {
            at += 2;
            digits(radix);
        } else {
            decimal();
        }
        boolean dangling = sql.charAt(at - 1) == '_';
        if (dangling || (at < sql.length() && isNamePart(sql.charAt(at)))) {
            throw SyntaxErrors.at(start, "letters follow a number")
                    .with("number", SyntaxErrors.quote(sql.substring(start, Math.min(at + 1, sql.length()))))
                    .hint("put a space between a number and a name");
        }
        return at;
    }

    private int radix() {
        if (sql.charAt(at) != '0' || at + 2 >= sql.length()) {
            return 10;
        }
        int radix = switch (sql.charAt(at + 1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
        char first = sql.charAt(at + 2);
        return radix != 10 && (first == '_' || Character.digit(first, radix) < 0) ? 10 : radix;
    }

    private void decimal() {
        digits(10);
        // "1..2" is no number, and "1.a" never is one either
        if (at < sql.length() && sql.charAt(at) == '.' && !(at + 1 < sql.length() && sql.charAt(at + 1) == '.')) {
            at++;
            digits(10);
        }
        if (at < sql.length() && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < sql.length() && (sql.charAt(exponent) == '+' || sql.charAt(exponent) == '-')) {
                exponent++;
            }
            if (exponent < sql.length() && isDigit(sql.charAt(exponent))) {
                at = exponent;
                digits(10);
            }
        }
    }

    private void digits(int radix) {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            boolean between = c == '_' && at + 1 < sql.length() && Character.digit(sql.charAt(at + 1), radix) >= 0;
            if (!between && (c > 'z' || Character.digit(c, radix) < 0)) {
                return;
            }
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetter(c) || c == '_';
    }
}
