package dev.merapi.query.sql.token;

/** The escapes of {@code U&'…'}: {@code \\XXXX}, {@code \\+XXXXXX} and {@code \\\\}. */
public final class UnicodeEscapes {
    private UnicodeEscapes() {}

    /** Replaces the escapes; {@code start} is where the text starts, for errors. */
    static String decode(String text, int start) {
        StringBuilder decoded = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\') {
                decoded.append(c);
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '\\') {
                decoded.append('\\');
                i += 2;
            } else {
                boolean wide = i + 1 < text.length() && text.charAt(i + 1) == '+';
                int digits = i + (wide ? 2 : 1);
                int end = digits + (wide ? 6 : 4);
                decoded.appendCodePoint(codePoint(text, digits, end, start));
                i = end;
            }
        }
        return decoded.toString();
    }

    private static int codePoint(String text, int from, int to, int start) {
        int codePoint = 0;
        for (int i = from; i < to; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw SyntaxErrors.at(start, "escape is not a character").hint("write \\XXXX or \\+XXXXXX");
            }
            codePoint = codePoint * 16 + digit;
        }
        // Two halves of a pair come together in the text by themselves.
        if (codePoint == 0 || !Character.isValidCodePoint(codePoint)) {
            throw SyntaxErrors.at(start, "escape is not a character");
        }
        return codePoint;
    }
}
