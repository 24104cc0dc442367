package dev.merapi.query.expr.value;

import java.util.function.IntUnaryOperator;

/** Text by characters, which are code points: no function ever cuts one in two. */
public final class Texts {
    /**
     * Characters a function may produce; PostgreSQL's own limit is a gigabyte, more than a server can spare for
     * one row.
     */
    public static final int MAX_LENGTH = 64 << 20;

    private Texts() {}

    /** The number of characters. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Each character's lower case by itself: the length in characters never changes. */
    public static String lower(String text) {
        return map(text, Character::toLowerCase);
    }

    /** Each character's upper case by itself. */
    public static String upper(String text) {
        return map(text, Character::toUpperCase);
    }

    private static String map(String text, IntUnaryOperator change) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int changed = change.applyAsInt(c);
            if (out == null && changed != c) {
                out = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (out != null) {
                out.appendCodePoint(changed);
            }
            i += Character.charCount(c);
        }
        return out == null ? text : out.toString();
    }

    /** Upper case for the first letter of each run of letters and digits, lower case for the others. */
    public static String capitalized(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inside = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            out.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inside = Character.isLetterOrDigit(c);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** So many characters from the one at {@code start} (from 0), clipped to the text. */
    public static String slice(String text, long start, long end) {
        long from = Math.max(0, start);
        if (end <= from) {
            return "";
        }
        int begin = offset(text, 0, from);
        int finish = end >= text.length() ? text.length() : offset(text, begin, end - from);
        return text.substring(begin, finish);
    }

    /** The index in chars of a character counted from one at {@code from}; the length when there are not so many. */
    private static int offset(String text, int from, long characters) {
        int at = from;
        for (long i = 0; i < characters && at < text.length(); i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /** Throws unless a result of this many characters is allowed. */
    public static void checkLength(long characters) {
        if (characters > MAX_LENGTH) {
            throw Errors.limit("requested text is too long", MAX_LENGTH).with("length", characters);
        }
    }
}
