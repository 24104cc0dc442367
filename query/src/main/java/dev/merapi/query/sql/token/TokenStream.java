package dev.merapi.query.sql.token;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one statement with a place to read at. Positions it hands out are relative to the statement's start.
 * Made for one parse and used by its thread alone.
 */
public final class TokenStream {
    private final String sql;
    private final List<Token> tokens;
    private final int base;
    private final Token end;
    private int at;
    private final int limit;
    private int depth;
    private int positionalParameters;
    private boolean numberedParameters;

    /** Reads {@code tokens[from, to)} of a script; {@code base} is the offset where the statement's text starts. */
    public TokenStream(String sql, List<Token> tokens, int from, int to, int base) {
        this.sql = sql;
        this.tokens = tokens;
        this.at = from;
        this.limit = to;
        this.base = base;
        int behind = to > from ? tokens.get(to - 1).end() : base;
        this.end = new Token(Token.Kind.END, "", behind, behind);
    }

    public Token peek() {
        return at < limit ? tokens.get(at) : end;
    }

    public Token peek(int distance) {
        return at + distance < limit ? tokens.get(at + distance) : end;
    }

    public Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** The token read last. */
    public Token previous() {
        return tokens.get(at - 1);
    }

    public boolean atEnd() {
        return at >= limit;
    }

    /** Offset of a token in the statement's text. */
    public int position(Token token) {
        return token.start() - base;
    }

    public int position() {
        return position(peek());
    }

    /** The source between the start of one token and the end of the one read last. */
    public String sourceFrom(Token first) {
        return sql.substring(first.start(), previous().end());
    }

    public boolean isWord(String word) {
        return peek().isWord(word);
    }

    public boolean isWords(String first, String second) {
        return peek().isWord(first) && peek(1).isWord(second);
    }

    public boolean isPunctuation(String symbol) {
        return peek().isPunctuation(symbol);
    }

    public boolean acceptWord(String word) {
        if (peek().isWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads all of these words or none. */
    public boolean acceptWords(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    public boolean acceptPunctuation(String symbol) {
        if (peek().isPunctuation(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    public void expectWord(String word) {
        if (!acceptWord(word)) {
            throw SyntaxErrors.unexpected(peek()).hint("expected " + word.toUpperCase(Locale.ROOT));
        }
    }

    public void expectPunctuation(String symbol) {
        if (!acceptPunctuation(symbol)) {
            throw SyntaxErrors.unexpected(peek()).hint("expected " + symbol);
        }
    }

    public void expectEnd() {
        if (!atEnd()) {
            throw SyntaxErrors.unexpected(peek());
        }
    }

    /** A name of a column, table, constraint or the like. */
    public String columnName() {
        String name = acceptColumnName();
        if (name == null) {
            throw notAName();
        }
        return name;
    }

    @Nullable
    public String acceptColumnName() {
        Token token = peek();
        if (token.kind() == Token.Kind.QUOTED
                || (token.kind() == Token.Kind.WORD && Keywords.isColumnName(token.text()))) {
            at++;
            return token.text();
        }
        return null;
    }

    /** A name where any word will do: behind AS, or behind a dot. */
    public String anyLabel() {
        Token token = peek();
        if (token.kind() == Token.Kind.QUOTED || token.kind() == Token.Kind.WORD) {
            at++;
            return token.text();
        }
        throw notAName();
    }

    public CodedException notAName() {
        Token token = peek();
        CodedException error = SyntaxErrors.unexpected(token);
        return token.kind() == Token.Kind.WORD
                ? error.hint("\"" + token.text() + "\" is a reserved word; put it in double quotes to use it as a name")
                : error.hint("expected a name");
    }

    /** One level deeper in the grammar; every recursive rule calls it and {@link #leave}. */
    public void enter() {
        if (++depth > SqlLimits.NESTING) {
            throw new CodedException(ErrorCode.STATEMENT_TOO_COMPLEX, "statement is nested too deeply")
                    .with("limit", SqlLimits.NESTING)
                    .at(peek().start() + 1)
                    .hint("take it apart: fewer parentheses and sub-queries inside one another");
        }
    }

    public void leave() {
        depth--;
    }

    /** The number of a parameter: of {@code $n}, or of the next {@code ?}. */
    public int parameter(Token token) {
        int number;
        if (token.kind() == Token.Kind.PARAMETER) {
            numberedParameters = true;
            number = token.text().length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(token.text());
        } else {
            number = ++positionalParameters;
        }
        if (numberedParameters && positionalParameters > 0) {
            throw SyntaxErrors.at(token.start(), "parameters are written in two ways")
                    .hint("use either $1, $2 … or ? throughout a statement");
        }
        if (number < 1 || number > SqlLimits.PARAMETERS) {
            throw new CodedException(ErrorCode.UNKNOWN_PARAMETER, "parameter number is out of range")
                    .with("parameter", "$" + SyntaxErrors.quote(token.text()))
                    .with("limit", SqlLimits.PARAMETERS)
                    .at(token.start() + 1);
        }
        return number;
    }

    /** Reads {@code element, element …}. */
    public <T> List<T> commaList(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        do {
            list.add(element.get());
        } while (acceptPunctuation(","));
        return list;
    }
}
