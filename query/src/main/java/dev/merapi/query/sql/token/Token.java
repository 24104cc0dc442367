package dev.merapi.query.sql.token;

/**
 * A lexical element.
 *
 * @param text a word in lower case, a quoted name, the value of a text, the digits of a number, the symbol of
 *     an operator
 * @param start offset of its first character in the script
 * @param end offset behind its last character
 */
public record Token(Kind kind, String text, int start, int end) {
    /** What an element can be. */
    public enum Kind {
        /** A name or keyword without quotes. */
        WORD,
        /** A name in double quotes. */
        QUOTED,
        NUMBER,
        STRING,
        /** {@code B'…'} or {@code X'…'}; the text starts with the letter. */
        BITS,
        /** {@code $n}; the text is the digits. */
        PARAMETER,
        OPERATOR,
        /** One of {@code ( ) [ ] , ; . : :: := =>}. */
        PUNCTUATION,
        END
    }

    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    public boolean isPunctuation(String symbol) {
        return kind == Kind.PUNCTUATION && text.equals(symbol);
    }

    public boolean isOperator(String symbol) {
        return kind == Kind.OPERATOR && text.equals(symbol);
    }
}
