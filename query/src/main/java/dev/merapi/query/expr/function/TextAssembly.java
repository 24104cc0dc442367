package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ELEMENT;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_NON_ARRAY;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.ScalarFunction.Traits;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.ReservedWords;
import dev.merapi.query.expr.value.Texts;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text put together from values of any type, and text quoted for SQL. */
final class TextAssembly {
    private static final ParameterType ANY_TEXT = ParameterType.of(TEXT);
    private static final Pattern BARE_IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_$]*");

    private TextAssembly() {}

    static void register(Registrar to) {
        concatenation(to);
        quoting(to);
        Registrar loose = to.with(Traits.NULLABLE);
        loose.add("format", TEXT, List.of(TEXT), (context, arguments) -> format(List.of(), arguments));
        loose.variadic(
                "format",
                List.of(ANY_TEXT, ANY),
                types -> TEXT,
                types -> (context, arguments) -> format(types, arguments));
    }

    private static void concatenation(Registrar to) {
        to.genericOperator(
                "||",
                List.of(ANY_TEXT, ANY_NON_ARRAY),
                types -> TEXT,
                types -> (context, arguments) -> (String) arguments[0] + cast(types.get(1), arguments[1]));
        to.genericOperator(
                "||",
                List.of(ANY_NON_ARRAY, ANY_TEXT),
                types -> TEXT,
                types -> (context, arguments) -> cast(types.get(0), arguments[0]) + (String) arguments[1]);
        to.with(Traits.TOTAL)
                .variadic(
                        "concat",
                        List.of(ANY),
                        types -> TEXT,
                        types -> (context, arguments) -> join("", types, arguments, 0));
        to.with(Traits.NULLABLE)
                .variadic(
                        "concat_ws",
                        List.of(ANY_TEXT, ANY),
                        types -> TEXT,
                        types -> (context, arguments) ->
                                arguments[0] == null ? null : join((String) arguments[0], types, arguments, 1));
    }

    /** As CAST writes it: truth values in full. */
    private static String cast(ColumnType type, @Nullable Object value) {
        return Conversion.toText(type, Objects.requireNonNull(value));
    }

    private static String join(String separator, List<ColumnType> types, @Nullable Object[] arguments, int first) {
        StringBuilder out = new StringBuilder();
        boolean any = false;
        for (int i = first; i < arguments.length; i++) {
            Object value = arguments[i];
            if (value != null) {
                out.append(any ? separator : "").append(TextFormat.format(types.get(i), value));
                any = true;
            }
        }
        Texts.checkLength(out.length());
        return out.toString();
    }

    private static void quoting(Registrar to) {
        to.add("quote_ident", TEXT, TEXT, TextAssembly::quoteIdentifier);
        to.add("quote_literal", TEXT, TEXT, TextAssembly::quoteLiteral);
        to.generic(
                "quote_literal",
                List.of(ANY_ELEMENT),
                types -> TEXT,
                types -> (context, arguments) -> quoteLiteral(cast(types.getFirst(), arguments[0])));
        Registrar loose = to.with(Traits.TOTAL);
        loose.add(
                "quote_nullable",
                TEXT,
                List.of(TEXT),
                (context, arguments) -> arguments[0] == null ? "NULL" : quoteLiteral((String) arguments[0]));
        loose.generic(
                "quote_nullable",
                List.of(ANY_ELEMENT),
                types -> TEXT,
                types -> (context, arguments) ->
                        arguments[0] == null ? "NULL" : quoteLiteral(cast(types.getFirst(), arguments[0])));
    }

    private static String quoteIdentifier(String name) {
        boolean bare = BARE_IDENTIFIER.matcher(name).matches() && !ReservedWords.isReserved(name);
        return bare ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String quoteLiteral(String text) {
        String quoted = '\'' + text.replace("'", "''").replace("\\", "\\\\") + '\'';
        return text.indexOf('\\') >= 0 ? "E" + quoted : quoted;
    }

    /** {@code %[position$][-][width]type} with types s, I, L and the doubled percent sign. */
    private static @Nullable Object format(List<ColumnType> types, @Nullable Object[] arguments) {
        Object template = arguments[0];
        return template == null ? null : new FormatCall((String) template, types, arguments).result();
    }

    /** One call of {@code format}: where it stands in the template and which argument is next. */
    private static final class FormatCall {
        private final String template;
        private final List<ColumnType> types;
        private final @Nullable Object[] arguments;
        private final StringBuilder out = new StringBuilder();
        private int at;
        private int nextArgument = 1;

        FormatCall(String template, List<ColumnType> types, @Nullable Object[] arguments) {
            this.template = template;
            this.types = types;
            this.arguments = arguments;
        }

        String result() {
            while (at < template.length()) {
                char c = template.charAt(at++);
                if (c != '%') {
                    out.append(c);
                } else if (template.startsWith("%", at)) {
                    out.append('%');
                    at++;
                } else {
                    specifier();
                }
            }
            Texts.checkLength(out.length());
            return out.toString();
        }

        private void specifier() {
            int position = -1;
            int start = at;
            int number = number();
            if (number >= 0 && peek() == '$') {
                at++;
                position = number;
                if (position == 0) {
                    throw Errors.argument("format specifies argument 0, but arguments are numbered from 1");
                }
            } else {
                at = start;
            }
            boolean left = false;
            while (peek() == '-') {
                left = true;
                at++;
            }
            int width = 0;
            if (peek() == '*') {
                at++;
                width = widthArgument();
                left |= width < 0;
                width = Math.abs(width);
            } else {
                width = Math.max(0, number());
            }
            char type = peek();
            at++;
            int argument = position > 0 ? position : nextArgument;
            nextArgument = argument + 1;
            append(rendered(type, argument), width, left);
        }

        private int widthArgument() {
            int start = at;
            int number = number();
            int argument = nextArgument;
            if (number > 0 && peek() == '$') {
                at++;
                argument = number;
            } else {
                at = start;
                nextArgument++;
            }
            Object width = argument(argument);
            return width == null ? 0 : Integer.parseInt(TextFormat.format(types.get(argument), width));
        }

        private String rendered(char type, int argument) {
            if (type != 's' && type != 'I' && type != 'L') {
                throw Errors.argument("unrecognized format() type specifier")
                        .with("specifier", type)
                        .hint("for a single % use %%");
            }
            Object value = argument(argument);
            String text = value == null ? null : TextFormat.format(types.get(argument), value);
            if (type == 'I') {
                if (text == null) {
                    throw new CodedException(
                            ErrorCode.NULL_ARGUMENT, "null values cannot be formatted as an SQL identifier");
                }
                return quoteIdentifier(text);
            }
            if (type == 'L') {
                return text == null ? "NULL" : quoteLiteral(text);
            }
            return text == null ? "" : text;
        }

        private @Nullable Object argument(int index) {
            if (index >= arguments.length) {
                throw Errors.argument("too few arguments for format()").with("given", arguments.length - 1);
            }
            return arguments[index];
        }

        private void append(String text, int width, boolean left) {
            Texts.checkLength(width);
            int padding = Math.max(0, width - Texts.length(text));
            out.append(left ? text : " ".repeat(padding)).append(left ? " ".repeat(padding) : text);
        }

        private int number() {
            int start = at;
            while (at < template.length() && Character.isDigit(template.charAt(at))) {
                at++;
            }
            if (at - start > 9) {
                throw Errors.outOfRange("format() number");
            }
            return at == start ? -1 : Integer.parseInt(template, start, at, 10);
        }

        private char peek() {
            if (at >= template.length()) {
                throw Errors.argument("unterminated format() type specifier").hint("for a single % use %%");
            }
            return template.charAt(at);
        }
    }
}
