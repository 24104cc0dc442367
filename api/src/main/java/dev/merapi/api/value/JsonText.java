package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.text.InvalidText;
import dev.merapi.api.text.NumberText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns any JSON text into the canonical one of {@link Json}. Numbers are decimals and keep their digits
 * ({@code 1.50}), exponents are written out, as in jsonb.
 */
public final class JsonText {
    /** Deeper nesting is refused: it costs stack, and no sensible document has it. */
    public static final int MAX_DEPTH = 1000;

    /** jsonb's order of keys: shorter first, then by bytes. */
    public static final Comparator<String> KEY_ORDER = Comparator.comparing(
            key -> key.getBytes(StandardCharsets.UTF_8),
            Comparator.<byte[]>comparingInt(bytes -> bytes.length).thenComparing(Arrays::compareUnsigned));

    private final String text;
    private int at;
    private int depth;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * Returns the canonical text of a JSON text.
     *
     * @throws CodedException INVALID_VALUE naming the position, STATEMENT_LIMIT when nested deeper than
     *     {@link #MAX_DEPTH}
     */
    public static String canonical(String text) {
        JsonText parser = new JsonText(text);
        StringBuilder out = new StringBuilder(text.length() + 16);
        parser.value(out);
        parser.skipSpaces();
        if (parser.at < text.length()) {
            throw parser.invalid("expected the end of the text");
        }
        return out.toString();
    }

    /** The text that a well-formed JSON string, its quotes included, stands for. */
    static String unescaped(String quoted) {
        return new JsonText(quoted).string();
    }

    /** Appends a text as a JSON string with jsonb's escapes. */
    public static void appendString(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void value(StringBuilder out) {
        skipSpaces();
        switch (peek()) {
            case '{' -> object(out);
            case '[' -> array(out);
            case '"' -> appendString(out, string());
            case 't' -> word(out, "true");
            case 'f' -> word(out, "false");
            case 'n' -> word(out, "null");
            default -> out.append(number());
        }
    }

    private void object(StringBuilder out) {
        enter();
        Map<String, String> members = new TreeMap<>(KEY_ORDER);
        at++;
        skipSpaces();
        if (peek() == '}') {
            at++;
        } else {
            do {
                skipSpaces();
                if (peek() != '"') {
                    throw invalid("expected a string as key");
                }
                String key = string();
                skipSpaces();
                expect(':');
                StringBuilder member = new StringBuilder();
                value(member);
                members.put(key, member.toString());
            } while (more('}'));
        }
        depth--;
        String separator = "{";
        for (Map.Entry<String, String> member : members.entrySet()) {
            out.append(separator);
            appendString(out, member.getKey());
            out.append(": ").append(member.getValue());
            separator = ", ";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private void array(StringBuilder out) {
        enter();
        at++;
        skipSpaces();
        out.append('[');
        if (peek() == ']') {
            at++;
        } else {
            value(out);
            while (more(']')) {
                out.append(", ");
                value(out);
            }
        }
        depth--;
        out.append(']');
    }

    private boolean more(char close) {
        skipSpaces();
        char c = peek();
        if (c != ',' && c != close) {
            throw invalid("expected a comma or " + close);
        }
        at++;
        return c == ',';
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new CodedException(ErrorCode.STATEMENT_LIMIT, "JSON is nested too deeply")
                    .with("limit", MAX_DEPTH)
                    .hint("flatten the document");
        }
    }

    private void word(StringBuilder out, String word) {
        if (!text.startsWith(word, at)) {
            throw invalid("unknown token");
        }
        at += word.length();
        if (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            throw invalid("unknown token");
        }
        out.append(word);
    }

    private String number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        skipDigits();
        boolean leadingZero = at - digits > 1 && text.charAt(digits) == '0';
        boolean valid = at > digits && !leadingZero;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = ++at;
            skipDigits();
            valid &= at > fraction;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponent = at;
            skipDigits();
            valid &= at > exponent;
        }
        if (!valid || (at < text.length() && Character.isLetterOrDigit(text.charAt(at)))) {
            throw invalid("unknown token");
        }
        BigDecimal value = NumberText.parseDecimal(text.substring(start, at));
        return value.toPlainString();
    }

    private void skipDigits() {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
    }

    private String string() {
        at++;
        int start = at;
        int end = start;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\' && text.charAt(end) >= ' ') {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '"') {
            at = end + 1;
            return text.substring(start, end);
        }
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw invalid("a control character in a string has to be escaped");
            }
            at++;
            if (c == '\\') {
                escape(out);
            } else {
                out.append(c);
            }
        }
        at++;
        return checkedSurrogates(out.toString());
    }

    private void escape(StringBuilder out) {
        char c = peek();
        at++;
        switch (c) {
            case '"', '\\', '/' -> out.append(c);
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> out.append(unicode());
            default -> throw invalid("unknown escape");
        }
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw invalid("\\u needs four hexadecimal digits");
            }
            code = code << 4 | digit;
            at++;
        }
        if (code == 0) {
            throw new CodedException(ErrorCode.UNTRANSLATABLE_CHARACTER, "unsupported Unicode escape sequence")
                    .with("detail", "\\u0000 cannot be turned into text")
                    .with("position", at);
        }
        return (char) code;
    }

    private String checkedSurrogates(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair) {
                throw invalid("a surrogate without its other half");
            }
            i += pair ? 1 : 0;
        }
        return value;
    }

    private char peek() {
        if (at >= text.length()) {
            throw invalid("the text ends too early");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw invalid("expected " + c);
        }
        at++;
    }

    private void skipSpaces() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private CodedException invalid(String what) {
        return InvalidText.of(ScalarType.JSON, text).with("detail", what).with("position", at + 1);
    }
}
