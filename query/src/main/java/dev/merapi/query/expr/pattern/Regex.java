package dev.merapi.query.expr.pattern;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of PostgreSQL, ready to search. Immutable.
 *
 * <p>PostgreSQL takes, of all matches at the leftmost place, the longest (or the shortest if the first quantifier is a
 * lazy one); Java takes the first it comes upon. Whether there is a match is the same for both. Where the expression
 * lets matches differ, the wanted one is found by trying the possible ends in order.
 *
 * <p>Java's matcher may take exponential time. Each search therefore counts its looks at the text, which
 * {@link RegexPauses} sees to wherever a matcher works, and gives up at {@link #MAX_STEPS} or when told to.
 */
public final class Regex {
    /** Steps of one search in a short text, or of all in one call: about a second of work at most. */
    public static final long MAX_STEPS = 20_000_000;

    /** Longest expression: translation and matching are recursive in its nesting. */
    public static final int MAX_EXPRESSION = 16_384;

    private final RegexTranslator.Translation translation;

    /** Run now and then during a search; throws when it is to end. */
    private final Runnable check;

    private Regex(RegexTranslator.Translation translation, Runnable check) {
        this.translation = translation;
        this.check = check;
    }

    /**
     * The same expression, whose searches run something about every millisecond.
     *
     * @param watcher throws when the search is to end, because the statement was cancelled or its time is over
     */
    public Regex watchedBy(Runnable watcher) {
        return new Regex(translation, watcher);
    }

    /** Translates an expression; see {@link RegexTranslator}. */
    public static Regex of(String expression, RegexFlags given) {
        if (expression.length() > MAX_EXPRESSION) {
            throw Errors.limit("regular expression is too long", MAX_EXPRESSION).with("length", expression.length());
        }
        RegexFlags flags = given;
        int start = 0;
        if (expression.startsWith("***=")) {
            return literal(expression.substring(4), flags);
        }
        if (flags.literal()) {
            return literal(expression, flags);
        }
        if (expression.startsWith("***:")) {
            start = 4;
        }
        int close = expression.indexOf(')', start);
        if (expression.startsWith("(?", start) && close > 0) {
            String letters = expression.substring(start + 2, close);
            if (letters.matches("[a-z]+")) {
                flags = flags.and(letters);
                start = close + 1;
            }
        }
        if (flags.literal()) {
            return literal(expression.substring(start), flags);
        }
        return new Regex(new RegexTranslator(expression, start, flags).translate(javaFlags(flags)), () -> {});
    }

    private static Regex literal(String text, RegexFlags flags) {
        Pattern pattern = Pattern.compile(text, javaFlags(flags) | Pattern.LITERAL);
        return new Regex(new RegexTranslator.Translation(pattern, false, false, 0, 1), () -> {});
    }

    private static int javaFlags(RegexFlags flags) {
        return flags.ignoreCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    }

    /** The number of capturing groups. */
    public int groups() {
        return translation.groups();
    }

    private WatchedText watched(String text) {
        return new WatchedText(text, translation.weight(), check);
    }

    /** A matcher whose pauses ask for the length of the text. */
    private Matcher matcher(WatchedText text) {
        return translation.pattern().matcher(text).useTransparentBounds(true);
    }

    /** Whether the text contains a match. */
    public boolean find(String text) {
        return guarded(() -> matcher(watched(text)).find());
    }

    /** The leftmost match that starts at or after a place, or null. */
    public @Nullable MatchResult find(String text, int from) {
        return find(watched(text), from);
    }

    private @Nullable MatchResult find(WatchedText text, int from) {
        return guarded(() -> {
            Matcher matcher = matcher(text);
            if (!matcher.find(from)) {
                return null;
            }
            return translation.ambiguous() ? preferred(matcher, text) : matcher.toMatchResult();
        });
    }

    /** All matches, left to right, none overlapping another. */
    public List<MatchResult> findAll(String text) {
        return findAll(text, 1);
    }

    /** All matches from a character on, counted from 1. */
    public List<MatchResult> findAll(String text, int start) {
        List<MatchResult> matches = new ArrayList<>();
        WatchedText watched = watched(text);
        int from = offset(text, start);
        while (from <= text.length()) {
            MatchResult match = find(watched, from);
            if (match == null) {
                break;
            }
            matches.add(match);
            from = match.end() > match.start() ? match.end() : next(text, match.end());
        }
        return matches;
    }

    private static int offset(String text, int start) {
        if (start <= 0) {
            throw Errors.argument("invalid value for parameter").with("start", start);
        }
        int length = Texts.length(text);
        return start > length ? text.length() + start - 1 - length : text.offsetByCodePoints(0, start - 1);
    }

    /** Replaces the n-th match from a character on, all of them when n is 0; see {@link #expand}. */
    public String replace(String text, String with, int start, int n) {
        if (n < 0) {
            throw Errors.argument("invalid value for parameter").with("n", n);
        }
        StringBuilder out = new StringBuilder();
        int copied = 0;
        WatchedText watched = watched(text);
        int from = offset(text, start);
        for (int count = 1; from <= text.length(); count++) {
            MatchResult match = find(watched, from);
            if (match == null) {
                break;
            }
            if (count == n || n == 0) {
                out.append(text, copied, match.start());
                expand(out, with, match);
                Texts.checkLength(out.length());
                copied = match.end();
            }
            if (count == n) {
                break;
            }
            from = match.end() > match.start() ? match.end() : next(text, match.end());
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** Writes a replacement: {@code \1} is a group, {@code \&} the match, {@code \\} a backslash. */
    private static void expand(StringBuilder out, String with, MatchResult match) {
        for (int i = 0; i < with.length(); i++) {
            char c = with.charAt(i);
            if (c != '\\' || i + 1 >= with.length()) {
                out.append(c);
                continue;
            }
            char next = with.charAt(++i);
            if (next >= '1' && next <= '9') {
                int group = next - '0';
                String captured = group <= match.groupCount() ? match.group(group) : null;
                out.append(captured == null ? "" : captured);
            } else if (next == '&') {
                out.append(match.group());
            } else if (next == '\\') {
                out.append('\\');
            } else {
                out.append('\\').append(next);
            }
        }
    }

    /**
     * The parts between matches. An empty match splits between characters, but not at an end nor behind another match.
     */
    public List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (MatchResult match : findAll(text)) {
            boolean empty = match.start() == match.end();
            if (empty && (match.start() == from || match.start() >= text.length())) {
                continue;
            }
            parts.add(text.substring(from, match.start()));
            from = match.end();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static int next(String text, int at) {
        return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at + 1;
    }

    /**
     * Of the matches that start where the matcher stands, the longest or the shortest. A try that fails has gone all
     * ways, so that no match ends behind what it has read.
     */
    private MatchResult preferred(Matcher matcher, WatchedText text) {
        MatchResult first = matcher.toMatchResult();
        Matcher anchored = matcher(text).useAnchoringBounds(false);
        if (translation.shortest()) {
            for (int end = first.start(); end < first.end(); end++) {
                if (anchored.region(first.start(), end).matches()) {
                    return anchored.toMatchResult();
                }
            }
            return first;
        }
        text.forgetFurthest();
        int end = text.length();
        while (end > first.end()) {
            if (anchored.region(first.start(), end).matches()) {
                return anchored.toMatchResult();
            }
            end = Math.min(end - 1, text.furthest());
        }
        return first;
    }

    private static <T extends @Nullable Object> T guarded(java.util.function.Supplier<T> search) {
        try {
            return search.get();
        } catch (StackOverflowError e) {
            throw new CodedException(ErrorCode.STATEMENT_LIMIT, "text is too long for this regular expression")
                    .hint("repeat simple characters instead of groups")
                    .causedBy(e);
        }
    }

    /**
     * Translates a SIMILAR TO pattern to a regular expression that has to match the whole text.
     *
     * @param escape the one character that makes the next one literal; empty for none
     */
    public static String ofSimilar(String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw new CodedException(ErrorCode.INVALID_ESCAPE, "invalid escape string").with("escape", escape);
        }
        StringBuilder out = new StringBuilder("^(?:");
        boolean inBrackets = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (!escape.isEmpty() && c == escape.charAt(0) && i + 1 < pattern.length()) {
                out.append('\\').append(pattern.charAt(++i));
            } else if (inBrackets) {
                out.append(c == '\\' ? "\\\\" : String.valueOf(c));
                inBrackets = c != ']';
            } else {
                switch (c) {
                    case '%' -> out.append(".*");
                    case '_' -> out.append('.');
                    case '(' -> out.append("(?:");
                    case '\\', '.', '^', '$' -> out.append('\\').append(c);
                    default -> out.append(c);
                }
                inBrackets = c == '[';
            }
        }
        return out.append(")$").toString();
    }
}
