package dev.merapi.query.sql.token;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into tokens by PostgreSQL's lexical rules: nested comments, dollar quotes, texts continued on the
 * next line, operators of any length, names folded to lower case and cut to {@value #MAX_NAME_BYTES} bytes.
 *
 * <p>One difference: {@code ?} is a token of its own (also as {@code ?|}, {@code ?&}, {@code @?}), so that it can stand
 * for a parameter where an operand is expected, as JDBC users write it, and for the jsonb operator elsewhere.
 */
public final class Lexer {
    /** PostgreSQL's NAMEDATALEN - 1. */
    static final int MAX_NAME_BYTES = 63;

    private static final String OPERATOR_CHARS = "~!@#^&|`+-*/%<>=";
    /**
     * An operator of several characters may end in + or - only if it contains one of these (so that {@code =-1} works).
     */
    private static final String KEEPS_SIGN = "~!@#^&|`%";

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String sql) {
        this.sql = sql;
    }

    /** Returns the tokens of a script, the last one of kind END. */
    public static List<Token> tokens(String sql) {
        Lexer lexer = new Lexer(sql);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (true) {
            skipSpace();
            if (at >= sql.length()) {
                tokens.add(new Token(Token.Kind.END, "", sql.length(), sql.length()));
                return;
            }
            next();
        }
    }

    private void next() {
        int start = at;
        char c = sql.charAt(at);
        if (isNameStart(c)) {
            if (!prefixedText(c)) {
                word();
            }
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            at = new NumberScanner(sql, at).end();
            add(Token.Kind.NUMBER, sql.substring(start, at), start);
        } else if (c == '\'') {
            text(start, at, false);
        } else if (c == '"') {
            quotedName(start);
        } else if (c == '$') {
            dollar(start);
        } else if (c == '?') {
            at += (peek(1) == '|' && peek(2) != '|') || peek(1) == '&' ? 2 : 1;
            add(Token.Kind.OPERATOR, sql.substring(start, at), start);
        } else if (OPERATOR_CHARS.indexOf(c) >= 0) {
            operator(start);
        } else {
            punctuation(start, c);
        }
    }

    private void punctuation(int start, char c) {
        if (c == ':' && (peek(1) == ':' || peek(1) == '=')) {
            at += 2;
        } else if ("()[],;.:".indexOf(c) >= 0) {
            at++;
        } else {
            int codePoint = sql.codePointAt(at);
            throw SyntaxErrors.at(at, "character has no meaning in SQL")
                    .with("character", String.format("U+%04X", codePoint));
        }
        add(Token.Kind.PUNCTUATION, sql.substring(start, at), start);
    }

    private void add(Token.Kind kind, String text, int start) {
        if (tokens.size() >= SqlLimits.TOKENS) {
            throw new CodedException(ErrorCode.STATEMENT_LIMIT, "script has too many tokens")
                    .with("limit", SqlLimits.TOKENS)
                    .hint("send it in several parts, or values as parameters");
        }
        tokens.add(new Token(kind, text, start, at));
    }

    private void skipSpace() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                at++;
            } else if (c == '-' && peek(1) == '-') {
                at = lineEnd(at);
            } else if (c == '/' && peek(1) == '*') {
                blockComment();
            } else {
                return;
            }
        }
    }

    private int lineEnd(int from) {
        int i = from;
        while (i < sql.length() && sql.charAt(i) != '\n' && sql.charAt(i) != '\r') {
            i++;
        }
        return i;
    }

    private void blockComment() {
        int start = at;
        int depth = 0;
        do {
            if (at + 1 >= sql.length()) {
                throw SyntaxErrors.at(start, "comment is not closed").hint("every /* needs its */");
            }
            if (sql.charAt(at) == '/' && sql.charAt(at + 1) == '*') {
                depth++;
                at += 2;
            } else if (sql.charAt(at) == '*' && sql.charAt(at + 1) == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }

    /** Reads {@code E'…'}, {@code B'…'}, {@code X'…'}, {@code N'…'}, {@code U&'…'} and {@code U&"…"}. */
    private boolean prefixedText(char c) {
        int start = at;
        if (peek(1) == '\'') {
            switch (c) {
                case 'e', 'E' -> text(start, at + 1, true);
                case 'n', 'N' -> text(start, at + 1, false);
                case 'b', 'B', 'x', 'X' -> bits(start, Character.toLowerCase(c));
                default -> {
                    return false;
                }
            }
            return true;
        }
        if ((c == 'u' || c == 'U') && peek(1) == '&' && peek(2) == '\'') {
            TextScanner scanner = new TextScanner(sql, start, start + 2, false);
            String value = UnicodeEscapes.decode(scanner.value(), start);
            at = scanner.end();
            add(Token.Kind.STRING, value, start);
            return true;
        }
        if ((c == 'u' || c == 'U') && peek(1) == '&' && peek(2) == '"') {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "not supported")
                    .with("feature", "U& names")
                    .at(start + 1)
                    .hint("write the character itself");
        }
        return false;
    }

    private void text(int start, int quote, boolean escapes) {
        TextScanner scanner = new TextScanner(sql, start, quote, escapes);
        String value = scanner.value();
        at = scanner.end();
        add(Token.Kind.STRING, value, start);
    }

    private void bits(int start, char letter) {
        TextScanner scanner = new TextScanner(sql, start, start + 1, false);
        String value = scanner.value();
        at = scanner.end();
        add(Token.Kind.BITS, letter + value, start);
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isNamePart(sql.charAt(at))) {
            at++;
        }
        add(Token.Kind.WORD, cut(lowerCase(sql.substring(start, at))), start);
    }

    private void quotedName(int start) {
        StringBuilder name = new StringBuilder();
        int i = start + 1;
        while (true) {
            int end = sql.indexOf('"', i);
            if (end < 0) {
                throw SyntaxErrors.at(start, "quoted name is not closed").hint("every \" needs its partner");
            }
            name.append(sql, i, end);
            i = end + 1;
            if (i >= sql.length() || sql.charAt(i) != '"') {
                break;
            }
            name.append('"');
            i++;
        }
        at = i;
        if (name.isEmpty()) {
            throw SyntaxErrors.at(start, "quoted name is empty");
        }
        add(Token.Kind.QUOTED, cut(name.toString()), start);
    }

    /** A parameter {@code $1}, or a text in dollar quotes {@code $tag$…$tag$}. */
    private void dollar(int start) {
        if (isDigit(peek(1))) {
            at++;
            while (at < sql.length() && isDigit(sql.charAt(at))) {
                at++;
            }
            if (at < sql.length() && isNameStart(sql.charAt(at))) {
                throw SyntaxErrors.at(start, "letters follow a parameter number");
            }
            add(Token.Kind.PARAMETER, sql.substring(start + 1, at), start);
            return;
        }
        int i = start + 1;
        while (i < sql.length() && sql.charAt(i) != '$' && isNamePart(sql.charAt(i))) {
            i++;
        }
        if (i >= sql.length() || sql.charAt(i) != '$') {
            throw SyntaxErrors.at(start, "syntax error").with("near", "$");
        }
        String tag = sql.substring(start, i + 1);
        int end = sql.indexOf(tag, i + 1);
        if (end < 0) {
            throw SyntaxErrors.at(start, "dollar-quoted text is not closed").with("tag", SyntaxErrors.quote(tag));
        }
        at = end + tag.length();
        add(Token.Kind.STRING, sql.substring(i + 1, end), start);
    }

    private void operator(int start) {
        int end = start;
        boolean keepsSign = false;
        while (end < sql.length() && OPERATOR_CHARS.indexOf(sql.charAt(end)) >= 0 && !startsComment(end)) {
            keepsSign |= KEEPS_SIGN.indexOf(sql.charAt(end)) >= 0;
            end++;
        }
        if (!keepsSign) {
            while (end - start > 1 && (sql.charAt(end - 1) == '+' || sql.charAt(end - 1) == '-')) {
                end--;
            }
        }
        if (sql.charAt(end - 1) == '@' && end - start == 1 && end < sql.length() && sql.charAt(end) == '?') {
            end++;
        }
        at = end;
        String symbol = sql.substring(start, end);
        if (symbol.equals("=>")) {
            add(Token.Kind.PUNCTUATION, symbol, start);
        } else {
            add(Token.Kind.OPERATOR, symbol.equals("!=") ? "<>" : symbol, start);
        }
    }

    private boolean startsComment(int i) {
        char c = sql.charAt(i);
        char following = i + 1 < sql.length() ? sql.charAt(i + 1) : '\0';
        return (c == '-' && following == '-') || (c == '/' && following == '*');
    }

    private char peek(int distance) {
        return at + distance < sql.length() ? sql.charAt(at + distance) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }

    /** Folds ASCII letters only, as PostgreSQL does with UTF-8. */
    private static String lowerCase(String word) {
        StringBuilder folded = null;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                if (folded == null) {
                    folded = new StringBuilder(word);
                }
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded == null ? word : folded.toString();
    }

    /** Cuts a name to the longest prefix that fits PostgreSQL's limit without splitting a character. */
    private static String cut(String name) {
        int bytes = 0;
        for (int i = 0; i < name.length(); ) {
            int codePoint = name.codePointAt(i);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > MAX_NAME_BYTES) {
                return name.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return name;
    }
}
