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
 * <p>Java's matcher may take exponential time. Each search therefore counts the characters it looks at and gives up at
 * {@link #MAX_STEPS}.
 */
public final class Regex {
    /** Characters looked at in one search: some seconds of work at most. */
    public static final long MAX_STEPS = 50_000_000;

    /** Longest expression: translation and matching are recursive in its nesting. */
    public static final int MAX_EXPRESSION = 16_384;

    private final RegexTranslator.Translation translation;

    private Regex(RegexTranslator.Translation translation) {
        this.translation = translation;
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
        return new Regex(new RegexTranslator(expression, start, flags).translate(javaFlags(flags)));
    }

    private static Regex literal(String text, RegexFlags flags) {
        Pattern pattern = Pattern.compile(text, javaFlags(flags) | Pattern.LITERAL);
        return new Regex(new RegexTranslator.Translation(pattern, false, false, 0));
    }

    private static int javaFlags(RegexFlags flags) {
        return flags.ignoreCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    }

    /** The number of capturing groups. */
    public int groups() {
        return translation.groups();
    }

    /** Whether the text contains a match. */
    public boolean find(String text) {
        return guarded(() -> translation.pattern().matcher(new Watched(text)).find());
    }

    /** The leftmost match that starts at or after a place, or null. */
    public @Nullable MatchResult find(String text, int from) {
        Watched watched = new Watched(text);
        return guarded(() -> {
            Matcher matcher = translation.pattern().matcher(watched);
            if (!matcher.find(from)) {
                return null;
            }
            return translation.ambiguous() ? preferred(matcher, watched) : matcher.toMatchResult();
        });
    }

    /** All matches, left to right, none overlapping another. */
    public List<MatchResult> findAll(String text) {
        return findAll(text, 1);
    }

    /** All matches from a character on, counted from 1. */
    public List<MatchResult> findAll(String text, int start) {
        List<MatchResult> matches = new ArrayList<>();
        int from = offset(text, start);
        while (from <= text.length()) {
            MatchResult match = find(text, from);
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
        int from = offset(text, start);
        for (int count = 1; from <= text.length(); count++) {
            MatchResult match = find(text, from);
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

    /** Of the matches that start where the matcher stands, the longest or the shortest. */
    private MatchResult preferred(Matcher matcher, Watched text) {
        MatchResult first = matcher.toMatchResult();
        Matcher anchored = translation.pattern().matcher(text);
        anchored.useAnchoringBounds(false).useTransparentBounds(true);
        if (translation.shortest()) {
            for (int end = first.start(); end < first.end(); end++) {
                if (anchored.region(first.start(), end).matches()) {
                    return anchored.toMatchResult();
                }
            }
            return first;
        }
        for (int end = text.length(); end > first.end(); end--) {
            if (anchored.region(first.start(), end).matches()) {
                return anchored.toMatchResult();
            }
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

    /** The text, counting how often it is looked at. */
    private static final class Watched implements CharSequence {
        private final String text;
        private long steps;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw Errors.limit("regular expression takes too long on this text", MAX_STEPS)
                        .hint("avoid nested repetitions");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
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
