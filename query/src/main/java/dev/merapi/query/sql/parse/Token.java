package dev.merapi.query.sql.parse;

/**
 * A lexical element.
 *
 * @param text a word in lower case, a quoted name, the value of a text, the digits of a number, the symbol of an operator
 * @param start offset of its first character in the script
 * @param end offset behind its last character
 */
record Token(Kind kind, String text, int start, int end) {
    /** What an element can be. */
    enum Kind {
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

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isPunctuation(String symbol) {
        return kind == Kind.PUNCTUATION && text.equals(symbol);
    }

    boolean isOperator(String symbol) {
        return kind == Kind.OPERATOR && text.equals(symbol);
    }
}
