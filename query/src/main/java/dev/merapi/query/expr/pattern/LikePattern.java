package dev.merapi.query.expr.pattern;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.value.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE pattern made ready: literal pieces between {@code %}. Pieces are placed from left to right at their first fit,
 * so matching never backtracks over a {@code %} and takes at most length × pattern steps. Immutable.
 */
public final class LikePattern {
    private static final int ANY_CHARACTER = -1;

    /** Characters compared between two questions whether to go on: some milliseconds. */
    private static final int STEPS_PER_CHECK = 1 << 22;

    /** Text length × literal length up to which the search of the Java library is quick enough not to be watched. */
    private static final long SHORT_SEARCH = 1 << 26;

    /** The escape character at the end of a pattern: an error, but only for a text that matches up to there. */
    private static final int OPEN_ESCAPE = -3;

    /** Each piece is code points, {@link #ANY_CHARACTER} for {@code _}. Between two pieces stands a {@code %}. */
    private final List<int[]> pieces;

    /** The text of a pattern without {@code _} and of a single piece after an optional %: the most usual ones. */
    private final @Nullable String literal;

    private final boolean ignoreCase;

    private LikePattern(List<int[]> pieces, boolean ignoreCase) {
        this.pieces = pieces;
        this.ignoreCase = ignoreCase;
        this.literal = literalOf(pieces);
    }

    /**
     * Takes a pattern apart.
     *
     * @param escape the one character that makes the next one literal; empty for none
     */
    public static LikePattern of(String pattern, String escape, boolean ignoreCase) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw new CodedException(ErrorCode.INVALID_ESCAPE, "invalid escape string")
                    .with("escape", escape)
                    .hint("an escape string is empty or one character");
        }
        int escapeCharacter = escape.isEmpty() ? -2 : escape.codePointAt(0);
        String source = ignoreCase ? Texts.lower(pattern) : pattern;
        List<int[]> pieces = new ArrayList<>();
        int[] piece = new int[source.length()];
        int length = 0;
        for (int i = 0; i < source.length(); ) {
            int c = source.codePointAt(i);
            i += Character.charCount(c);
            if (c == escapeCharacter) {
                if (i >= source.length()) {
                    piece[length++] = OPEN_ESCAPE;
                    break;
                }
                c = source.codePointAt(i);
                i += Character.charCount(c);
                piece[length++] = c;
            } else if (c == '%') {
                pieces.add(java.util.Arrays.copyOf(piece, length));
                length = 0;
            } else {
                piece[length++] = c == '_' ? ANY_CHARACTER : c;
            }
        }
        pieces.add(java.util.Arrays.copyOf(piece, length));
        return new LikePattern(pieces, ignoreCase);
    }

    private static @Nullable String literalOf(List<int[]> pieces) {
        StringBuilder text = new StringBuilder();
        for (int[] piece : pieces) {
            for (int c : piece) {
                if (c == ANY_CHARACTER || c == OPEN_ESCAPE) {
                    return null;
                }
                text.appendCodePoint(c);
            }
        }
        long written = pieces.stream().filter(piece -> piece.length > 0).count();
        return written <= 1 && pieces.size() <= 3 ? text.toString() : null;
    }

    /** The text every match starts with; an index can be searched for it. Empty when there is none. */
    public String prefix() {
        if (ignoreCase) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int c : pieces.getFirst()) {
            if (c == ANY_CHARACTER || c == OPEN_ESCAPE) {
                break;
            }
            text.appendCodePoint(c);
        }
        return text.toString();
    }

    /** Whether all texts that start with {@link #prefix()} match. */
    public boolean isPrefix() {
        return !ignoreCase && literal != null && pieces.size() == 2 && pieces.getLast().length == 0;
    }

    /**
     * Whether a text is like this.
     *
     * @param check run now and then in long searches; throws when they are to end
     */
    public boolean matches(String given, Runnable check) {
        String text = ignoreCase ? Texts.lower(given) : given;
        if (literal != null && (long) text.length() * literal.length() <= SHORT_SEARCH) {
            return matchesLiteral(text, literal);
        }
        int[] first = pieces.getFirst();
        int at = matchAt(text, 0, first);
        if (pieces.size() == 1) {
            return at == text.length();
        }
        for (int i = 1; at >= 0 && i < pieces.size() - 1; i++) {
            at = find(text, at, pieces.get(i), check);
        }
        return at >= 0 && endsWith(text, at, pieces.getLast());
    }

    /** One literal with {@code %} on none, either or both sides. */
    private boolean matchesLiteral(String text, String wanted) {
        return switch (pieces.size()) {
            case 1 -> text.equals(wanted);
            case 2 -> pieces.getLast().length == 0 ? text.startsWith(wanted) : text.endsWith(wanted);
            default ->
                pieces.getFirst().length > 0
                        ? text.startsWith(wanted)
                        : pieces.getLast().length > 0 ? text.endsWith(wanted) : text.contains(wanted);
        };
    }

    /** The end of the piece's match at exactly this place, or -1. */
    private static int matchAt(String text, int start, int[] piece) {
        int at = start;
        for (int wanted : piece) {
            if (at >= text.length()) {
                return -1;
            }
            if (wanted == OPEN_ESCAPE) {
                throw new CodedException(ErrorCode.INVALID_ESCAPE, "LIKE pattern must not end with escape character")
                        .hint("double the escape character to match it");
            }
            int c = text.codePointAt(at);
            if (wanted != ANY_CHARACTER && wanted != c) {
                return -1;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static int find(String text, int from, int[] piece, Runnable check) {
        long steps = 0;
        for (int start = from; start <= text.length(); ) {
            int end = matchAt(text, start, piece);
            if (end >= 0) {
                return end;
            }
            // How far the try went is not known: it may have gone through all of the piece.
            steps += piece.length + 1;
            if (steps >= STEPS_PER_CHECK) {
                steps = 0;
                check.run();
            }
            start += start < text.length() ? Character.charCount(text.codePointAt(start)) : 1;
        }
        return -1;
    }

    private static boolean endsWith(String text, int from, int[] piece) {
        int start = text.length();
        for (int i = 0; i < piece.length; i++) {
            if (start <= from) {
                return false;
            }
            start -= Character.charCount(text.codePointBefore(start));
        }
        return start >= from && matchAt(text, start, piece) == text.length();
    }
}
