package dev.merapi.query.sql.token;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/** Refusals of the lexer and the parser. Offsets count from 0, positions in errors from 1. */
public final class SyntaxErrors {
    /** Longest piece of the text that an error repeats, in characters. */
    private static final int QUOTE_LENGTH = 40;

    private SyntaxErrors() {}

    public static CodedException at(int offset, String text) {
        return new CodedException(ErrorCode.SYNTAX_ERROR, text).at(offset + 1);
    }

    public static CodedException unexpected(Token token) {
        return token.kind() == Token.Kind.END
                ? at(token.start(), "syntax error at end of input")
                : at(token.start(), "syntax error").with("near", quote(token.text()));
    }

    public static CodedException unsupported(Token token, String feature, String hint) {
        return new CodedException(ErrorCode.UNSUPPORTED_SQL, "not supported")
                .with("feature", feature)
                .at(token.start() + 1)
                .hint(hint);
    }

    public static String quote(String text) {
        return text.length() <= QUOTE_LENGTH ? text : text.substring(0, QUOTE_LENGTH) + "…";
    }
}
