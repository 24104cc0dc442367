package dev.merapi.query.sql.token;

/**
 * Reads a text in single quotes: doubled quotes, backslash escapes if asked for, and further pieces on following lines
 * ({@code 'a'} newline {@code 'b'} is {@code 'ab'}).
 */
public final class TextScanner {
    private final String sql;
    private final int start;
    private final boolean escapes;
    private final StringBuilder value = new StringBuilder();
    private int at;

    /** Starts at the opening quote; {@code start} is where the whole token starts. */
    TextScanner(String sql, int start, int quote, boolean escapes) {
        this.sql = sql;
        this.start = start;
        this.at = quote;
        this.escapes = escapes;
    }

    String value() {
        do {
            piece();
        } while (continues());
        return value.toString();
    }

    int end() {
        return at;
    }

    private void piece() {
        at++;
        while (true) {
            if (at >= sql.length()) {
                throw SyntaxErrors.at(start, "quoted text is not closed").hint("every ' needs its partner");
            }
            char c = sql.charAt(at);
            if (c == '\'') {
                if (at + 1 >= sql.length() || sql.charAt(at + 1) != '\'') {
                    at++;
                    return;
                }
                value.append('\'');
                at += 2;
            } else if (c == '\\' && escapes) {
                escape();
            } else if (c == '\0') {
                throw SyntaxErrors.at(at, "text contains the character U+0000");
            } else {
                value.append(c);
                at++;
            }
        }
    }

    /** Whether another piece follows on a later line; only white space and line comments may stand between. */
    private boolean continues() {
        boolean newLine = false;
        int i = at;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\n' || c == '\r') {
                newLine = true;
                i++;
            } else if (c == ' ' || c == '\t' || c == '\f' || c == '\u000b') {
                i++;
            } else if (c == '-' && i + 1 < sql.length() && sql.charAt(i + 1) == '-') {
                while (i < sql.length() && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
                    i++;
                }
            } else {
                if (c == '\'' && newLine) {
                    at = i;
                    return true;
                }
                return false;
            }
        }
        return false;
    }

    private void escape() {
        if (at + 1 >= sql.length()) {
            throw SyntaxErrors.at(start, "quoted text is not closed").hint("every ' needs its partner");
        }
        char c = sql.charAt(at + 1);
        at += 2;
        switch (c) {
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'u' -> codePoint(4, 4, 16);
            case 'U' -> codePoint(8, 8, 16);
            case 'x' -> {
                if (Character.digit(at < sql.length() ? sql.charAt(at) : '\0', 16) < 0) {
                    value.append('x');
                } else {
                    codePoint(1, 2, 16);
                }
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                codePoint(1, 3, 8);
            }
            default -> value.append(c);
        }
    }

    private void codePoint(int min, int max, int radix) {
        int begin = at;
        int codePoint = 0;
        while (at - begin < max && at < sql.length() && Character.digit(sql.charAt(at), radix) >= 0) {
            codePoint = codePoint * radix + Character.digit(sql.charAt(at), radix);
            at++;
        }
        // Pairs of surrogates written as two escapes come together in the builder by themselves.
        if (at - begin < min || codePoint == 0 || !Character.isValidCodePoint(codePoint)) {
            throw SyntaxErrors.at(begin, "escape is not a character")
                    .hint("write \\uXXXX, \\UXXXXXXXX, \\xHH or \\OOO");
        }
        value.appendCodePoint(codePoint);
    }
}
