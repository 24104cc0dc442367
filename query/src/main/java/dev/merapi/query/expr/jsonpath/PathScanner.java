package dev.merapi.query.expr.jsonpath;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a path into tokens. */
final class PathScanner {
    /** What a token is; a variable is a name behind a dollar sign. */
    enum Kind {
        NAME,
        VARIABLE,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    /** A token; strings without their quotes and escapes. */
    record Token(Kind kind, String text, int position) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        boolean isWord(String word) {
            return kind == Kind.NAME && text.equals(word);
        }
    }

    private static final String[] SYMBOLS = {"**", "&&", "||", "==", "!=", "<>", "<=", ">="};

    private final String source;
    private int at;

    private PathScanner(String source) {
        this.source = source;
    }

    static List<Token> scan(String source) {
        PathScanner scanner = new PathScanner(source);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = scanner.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        int start = at;
        if (at >= source.length()) {
            return new Token(Kind.END, "", start);
        }
        char c = source.charAt(at);
        if (c == '"') {
            return new Token(Kind.STRING, string(), start);
        }
        if (c == '$'
                && at + 1 < source.length()
                && (isNamePart(source.charAt(at + 1)) || source.charAt(at + 1) == '"')) {
            at++;
            return new Token(Kind.VARIABLE, source.charAt(at) == '"' ? string() : name(), start);
        }
        if (Character.isDigit(c)
                || (c == '.' && at + 1 < source.length() && Character.isDigit(source.charAt(at + 1)))) {
            return new Token(Kind.NUMBER, number(), start);
        }
        if (isNamePart(c)) {
            return new Token(Kind.NAME, name(), start);
        }
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Kind.SYMBOL, symbol, start);
            }
        }
        at++;
        return new Token(Kind.SYMBOL, String.valueOf(c), start);
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c) || c > 127;
    }

    private String name() {
        int start = at;
        while (at < source.length() && isNamePart(source.charAt(at))) {
            at++;
        }
        return source.substring(start, at);
    }

    private String number() {
        int start = at;
        digits();
        if (at < source.length() && source.charAt(at) == '.') {
            at++;
            digits();
        }
        boolean exponent = at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E');
        if (exponent) {
            at++;
            if (at < source.length() && (source.charAt(at) == '+' || source.charAt(at) == '-')) {
                at++;
            }
            digits();
        }
        return source.substring(start, at);
    }

    private void digits() {
        while (at < source.length() && Character.isDigit(source.charAt(at))) {
            at++;
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        int start = at++;
        while (true) {
            if (at >= source.length()) {
                throw syntaxError(source, start, "unterminated string");
            }
            char c = source.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' && at < source.length() ? escape() : c);
        }
    }

    private char escape() {
        char c = source.charAt(at++);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() {
        if (at + 4 > source.length()) {
            throw syntaxError(source, at, "invalid Unicode escape");
        }
        try {
            char c = (char) Integer.parseInt(source.substring(at, at + 4), 16);
            at += 4;
            return c;
        } catch (NumberFormatException e) {
            throw syntaxError(source, at, "invalid Unicode escape").causedBy(e);
        }
    }

    static CodedException syntaxError(String source, int position, String detail) {
        return new CodedException(ErrorCode.SYNTAX_ERROR, "invalid JSON path")
                .with("detail", detail)
                .with("path", source.length() > 100 ? source.substring(0, 100) + "…" : source)
                .with("position", position + 1);
    }
}
