package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.text.InvalidText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Arrays as text: {@code {1,NULL,"a b"}}; an array of arrays nests its braces. */
final class ArrayText {
    private ArrayText() {}

    static String format(ArrayType type, List<?> values) {
        StringJoiner out = new StringJoiner(",", "{", "}");
        for (Object value : values) {
            if (value == null) {
                out.add("NULL");
            } else {
                String text = TextFormat.format(type.element(), value);
                out.add(type.element() instanceof ArrayType ? text : quoted(text));
            }
        }
        return out.toString();
    }

    private static String quoted(String text) {
        if (!needsQuotes(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('"').toString();
    }

    private static boolean needsQuotes(String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("NULL")) {
            return true;
        }
        return text.chars().anyMatch(c -> c == '"' || c == '\\' || c == '{' || c == '}' || c == ',' || isSpace(c));
    }

    static List<@Nullable Object> parse(ArrayType type, String text) {
        Parser parser = new Parser(type, text);
        return parser.whole();
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static final class Parser {
        private final ArrayType type;
        private final String text;
        private int at;

        Parser(ArrayType type, String text) {
            this.type = type;
            this.text = text;
        }

        List<@Nullable Object> whole() {
            skipSpaces();
            List<@Nullable Object> values = array(type);
            skipSpaces();
            if (at < text.length()) {
                throw malformed();
            }
            return values;
        }

        private List<@Nullable Object> array(ArrayType arrayType) {
            expect('{');
            skipSpaces();
            List<@Nullable Object> values = new ArrayList<>();
            if (peek() == '}') {
                at++;
                return Collections.unmodifiableList(values);
            }
            while (true) {
                values.add(element(arrayType.element()));
                skipSpaces();
                if (peek() == '}') {
                    at++;
                    return Collections.unmodifiableList(values);
                }
                expect(',');
                skipSpaces();
            }
        }

        private @Nullable Object element(ColumnType elementType) {
            if (elementType instanceof ArrayType inner) {
                return array(inner);
            }
            if (peek() == '"') {
                return TextFormat.parse(elementType, quotedElement());
            }
            if (peek() == '{') {
                throw malformed().hint("an array of arrays has a type with one more pair of brackets");
            }
            String raw = bareElement();
            return raw.equalsIgnoreCase("NULL") ? null : TextFormat.parse(elementType, raw);
        }

        private String quotedElement() {
            StringBuilder out = new StringBuilder();
            at++;
            while (peek() != '"') {
                if (peek() == '\\') {
                    at++;
                }
                out.append(peek());
                at++;
            }
            at++;
            return out.toString();
        }

        private String bareElement() {
            StringBuilder out = new StringBuilder();
            int significant = 0;
            while (peek() != ',' && peek() != '}') {
                char c = peek();
                if (c == '"' || c == '{') {
                    throw malformed();
                }
                if (c == '\\') {
                    at++;
                    out.append(peek());
                    significant = out.length();
                } else {
                    out.append(c);
                    significant = isSpace(c) ? significant : out.length();
                }
                at++;
            }
            out.setLength(significant);
            if (out.isEmpty()) {
                throw malformed();
            }
            return out.toString();
        }

        private char peek() {
            if (at >= text.length()) {
                throw malformed();
            }
            return text.charAt(at);
        }

        private void expect(char c) {
            if (peek() != c) {
                throw malformed();
            }
            at++;
        }

        private void skipSpaces() {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
        }

        private CodedException malformed() {
            return new CodedException(ErrorCode.INVALID_VALUE, "malformed array literal")
                    .with("type", type.sqlName())
                    .with("value", '"' + InvalidText.abridged(text) + '"')
                    .with("position", at + 1);
        }
    }
}
