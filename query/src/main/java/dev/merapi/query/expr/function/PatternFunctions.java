package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.pattern.LikePattern;
import dev.merapi.query.expr.pattern.Regex;
import dev.merapi.query.expr.pattern.RegexCache;
import dev.merapi.query.expr.pattern.RegexFlags;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** LIKE, SIMILAR TO and regular expressions. */
final class PatternFunctions {
    private static final ColumnType TEXTS = new ArrayType(TEXT);

    private PatternFunctions() {}

    static void register(Registrar to) {
        like(to);
        matching(to);
        extraction(to);
        replacement(to);
        splitting(to);
        counting(to);
    }

    private static void like(Registrar to) {
        likeOperator(to, "~~", false, true);
        likeOperator(to, "!~~", false, false);
        likeOperator(to, "~~*", true, true);
        likeOperator(to, "!~~*", true, false);
        LikeCache sensitive = new LikeCache();
        LikeCache insensitive = new LikeCache();
        to.add(
                "like",
                BOOL,
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern, String escape) ->
                        sensitive.get(pattern, escape, false).matches(text));
        to.add(
                "ilike",
                BOOL,
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern, String escape) ->
                        insensitive.get(pattern, escape, true).matches(text));
        to.add(
                "like",
                BOOL,
                TEXT,
                TEXT,
                (String text, String pattern) ->
                        sensitive.get(pattern, "\\", false).matches(text));
        to.add(
                "notlike",
                BOOL,
                TEXT,
                TEXT,
                (String text, String pattern) ->
                        !sensitive.get(pattern, "\\", false).matches(text));
    }

    private static void likeOperator(Registrar to, String symbol, boolean ignoreCase, boolean wanted) {
        LikeCache cache = new LikeCache();
        to.operator(
                symbol,
                BOOL,
                TEXT,
                TEXT,
                (String text, String pattern) ->
                        cache.get(pattern, "\\", ignoreCase).matches(text) == wanted);
    }

    /** The last pattern made ready, like {@link RegexCache}. */
    private static final class LikeCache {
        private record Entry(String pattern, String escape, LikePattern ready) {}

        private volatile @Nullable Entry last;

        LikePattern get(String pattern, String escape, boolean ignoreCase) {
            Entry entry = last;
            if (entry == null || !entry.pattern.equals(pattern) || !entry.escape.equals(escape)) {
                entry = new Entry(pattern, escape, LikePattern.of(pattern, escape, ignoreCase));
                last = entry;
            }
            return entry.ready;
        }
    }

    private static void matching(Registrar to) {
        matchOperator(to, "~", RegexFlags.NONE, true);
        matchOperator(to, "!~", RegexFlags.NONE, false);
        matchOperator(to, "~*", RegexFlags.IGNORE_CASE, true);
        matchOperator(to, "!~*", RegexFlags.IGNORE_CASE, false);
        RegexCache similar = new RegexCache();
        to.add(
                "similar_to",
                BOOL,
                TEXT,
                TEXT,
                (String text, String pattern) -> similar.get(Regex.ofSimilar(pattern, "\\"), RegexFlags.NONE)
                        .find(text));
        to.add(
                "similar_to",
                BOOL,
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern, String escape) -> similar.get(
                                Regex.ofSimilar(pattern, escape), RegexFlags.NONE)
                        .find(text));
        RegexCache likes = new RegexCache();
        to.add(
                "regexp_like",
                BOOL,
                TEXT,
                TEXT,
                (String text, String pattern) ->
                        likes.get(pattern, RegexFlags.NONE).find(text));
        to.add(
                "regexp_like",
                BOOL,
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern, String flags) ->
                        likes.get(pattern, notGlobal("regexp_like", flags)).find(text));
    }

    private static void matchOperator(Registrar to, String symbol, RegexFlags flags, boolean wanted) {
        RegexCache cache = new RegexCache();
        to.operator(
                symbol,
                BOOL,
                TEXT,
                TEXT,
                (String text, String pattern) -> cache.get(pattern, flags).find(text) == wanted);
    }

    private static RegexFlags notGlobal(String function, String letters) {
        RegexFlags flags = RegexFlags.NONE.and(letters);
        if (flags.global()) {
            throw Errors.argument("this function does not support the \"global\" option")
                    .with("function", function);
        }
        return flags;
    }

    private static void extraction(Registrar to) {
        RegexCache cache = new RegexCache();
        Registrar partial = to.partial();
        for (String name : new String[] {"substring", "substr"}) {
            partial.add(
                    name,
                    TEXT,
                    TEXT,
                    TEXT,
                    (String text, String pattern) -> extract(text, cache.get(pattern, RegexFlags.NONE)));
        }
        partial.add("substring", TEXT, TEXT, TEXT, TEXT, PatternFunctions::substringSimilar);
        partial.add(
                "regexp_match",
                TEXTS,
                TEXT,
                TEXT,
                (String text, String pattern) -> match(text, cache.get(pattern, RegexFlags.NONE)));
        partial.add(
                "regexp_match",
                TEXTS,
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern, String flags) ->
                        match(text, cache.get(pattern, notGlobal("regexp_match", flags))));
        to.table(
                "regexp_matches",
                List.of(ParameterType.of(TEXT), ParameterType.of(TEXT)),
                false,
                (name, types) -> matches(name, types));
        to.table(
                "regexp_matches",
                List.of(ParameterType.of(TEXT), ParameterType.of(TEXT), ParameterType.of(TEXT)),
                false,
                (name, types) -> matches(name, types));
    }

    private static @Nullable String extract(String text, Regex regex) {
        MatchResult match = regex.find(text, 0);
        return match == null ? null : match.group(regex.groups() > 0 ? 1 : 0);
    }

    /** {@code substring(text FROM pattern FOR escape)}: what is between the two {@code escape"} marks. */
    private static @Nullable String substringSimilar(String text, String pattern, String escape) {
        String mark = escape + '"';
        int first = escape.isEmpty() ? -1 : pattern.indexOf(mark);
        int second = first < 0 ? -1 : pattern.indexOf(mark, first + mark.length());
        if (second < 0) {
            boolean whole =
                    Regex.of(Regex.ofSimilar(pattern, escape), RegexFlags.NONE).find(text);
            return whole ? text : null;
        }
        String before = part(pattern.substring(0, first), escape);
        String wanted = part(pattern.substring(first + mark.length(), second), escape);
        String after = part(pattern.substring(second + mark.length()), escape);
        String lazyBefore = before.replace(".*", ".*?");
        return extract(text, Regex.of("^(?:" + lazyBefore + ")(" + wanted + ")(?:" + after + ")$", RegexFlags.NONE));
    }

    private static String part(String pattern, String escape) {
        String regex = Regex.ofSimilar(pattern, escape);
        return regex.substring("^(?:".length(), regex.length() - ")$".length());
    }

    private static @Nullable List<@Nullable String> match(String text, Regex regex) {
        MatchResult match = regex.find(text, 0);
        return match == null ? null : groups(match);
    }

    /** The captured groups, or the whole match when there are none. */
    private static List<@Nullable String> groups(MatchResult match) {
        List<@Nullable String> groups = new ArrayList<>();
        for (int i = 1; i <= match.groupCount(); i++) {
            groups.add(match.group(i));
        }
        if (groups.isEmpty()) {
            groups.add(match.group());
        }
        return Collections.unmodifiableList(groups);
    }

    private static TableFunction matches(String name, List<ColumnType> types) {
        RegexCache cache = new RegexCache();
        return new TableFunction(name, types, oneColumn(name, TEXTS), true, (context, arguments) -> {
            String letters = arguments.length > 2 ? (String) arguments[2] : "";
            RegexFlags flags = RegexFlags.NONE.and(letters == null ? "" : letters);
            Regex regex = cache.get(Registrar.argument(arguments, 1), flags);
            String text = Registrar.argument(arguments, 0);
            List<MatchResult> found = flags.global() ? regex.findAll(text) : first(regex, text);
            return rows(found.stream().map(match -> (Object) groups(match)).iterator());
        });
    }

    private static List<MatchResult> first(Regex regex, String text) {
        MatchResult match = regex.find(text, 0);
        return match == null ? List.of() : List.of(match);
    }

    static RowType oneColumn(String name, ColumnType type) {
        return RowType.of(new Column(name, type, true));
    }

    /** Wraps each value as a row of one column. */
    static Iterator<@Nullable Object[]> rows(Iterator<? extends @Nullable Object> values) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return values.hasNext();
            }

            @Override
            public @Nullable Object[] next() {
                return new @Nullable Object[] {values.next()};
            }
        };
    }

    private static void replacement(Registrar to) {
        RegexCache cache = new RegexCache();
        to.add(
                "regexp_replace",
                TEXT,
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern, String with) ->
                        replace(text, cache.get(pattern, RegexFlags.NONE), with, 1, 1));
        to.add(
                "regexp_replace",
                TEXT,
                TEXT,
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern, String with, String letters) -> {
                    RegexFlags flags = RegexFlags.NONE.and(letters);
                    return replace(text, cache.get(pattern, flags), with, 1, flags.global() ? 0 : 1);
                });
        to.add(
                "regexp_replace",
                TEXT,
                List.of(TEXT, TEXT, TEXT, I32),
                (context, arguments) -> replace(
                        Registrar.argument(arguments, 0),
                        cache.get(Registrar.argument(arguments, 1), RegexFlags.NONE),
                        Registrar.argument(arguments, 2),
                        Registrar.<Integer>argument(arguments, 3),
                        1));
        to.add(
                "regexp_replace",
                TEXT,
                List.of(TEXT, TEXT, TEXT, I32, I32),
                (context, arguments) -> replace(
                        Registrar.argument(arguments, 0),
                        cache.get(Registrar.argument(arguments, 1), RegexFlags.NONE),
                        Registrar.argument(arguments, 2),
                        Registrar.<Integer>argument(arguments, 3),
                        Registrar.<Integer>argument(arguments, 4)));
        to.add(
                "regexp_replace",
                TEXT,
                List.of(TEXT, TEXT, TEXT, I32, I32, TEXT),
                (context, arguments) -> replace(
                        Registrar.argument(arguments, 0),
                        cache.get(
                                Registrar.argument(arguments, 1),
                                RegexFlags.NONE.and(Registrar.argument(arguments, 5))),
                        Registrar.argument(arguments, 2),
                        Registrar.<Integer>argument(arguments, 3),
                        Registrar.<Integer>argument(arguments, 4)));
    }

    /** Replaces the n-th match from a character on, all of them when n is 0. */
    private static String replace(String text, Regex regex, String with, int start, int n) {
        checkPositive("start", start);
        if (n < 0) {
            throw Errors.argument("invalid value for parameter").with("n", n);
        }
        StringBuilder out = new StringBuilder();
        int copied = 0;
        int from = offset(text, start);
        int count = 0;
        while (from <= text.length()) {
            MatchResult match = regex.find(text, from);
            if (match == null) {
                break;
            }
            if (++count == n || n == 0) {
                out.append(text, copied, match.start());
                expand(out, with, match);
                Texts.checkLength(out.length());
                copied = match.end();
            }
            if (count == n) {
                break;
            }
            from = match.end() > match.start() ? match.end() : match.end() + 1;
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static void checkPositive(String parameter, int value) {
        if (value <= 0) {
            throw Errors.argument("invalid value for parameter").with(parameter, value);
        }
    }

    private static int offset(String text, int start) {
        return start - 1 > text.length()
                ? text.length() + 1
                : text.offsetByCodePoints(0, Math.min(start - 1, Texts.length(text)));
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

    private static void splitting(Registrar to) {
        RegexCache cache = new RegexCache();
        to.add(
                "regexp_split_to_array",
                TEXTS,
                TEXT,
                TEXT,
                (String text, String pattern) -> split(text, cache.get(pattern, RegexFlags.NONE)));
        to.add(
                "regexp_split_to_array",
                TEXTS,
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern, String flags) ->
                        split(text, cache.get(pattern, notGlobal("regexp_split_to_array", flags))));
        to.table(
                "regexp_split_to_table",
                List.of(ParameterType.of(TEXT), ParameterType.of(TEXT)),
                false,
                PatternFunctions::splitRows);
        to.table(
                "regexp_split_to_table",
                List.of(ParameterType.of(TEXT), ParameterType.of(TEXT), ParameterType.of(TEXT)),
                false,
                PatternFunctions::splitRows);
    }

    private static TableFunction splitRows(String name, List<ColumnType> types) {
        RegexCache cache = new RegexCache();
        return new TableFunction(name, types, oneColumn(name, TEXT), true, (context, arguments) -> {
            RegexFlags flags =
                    arguments.length > 2 ? notGlobal(name, Registrar.argument(arguments, 2)) : RegexFlags.NONE;
            Regex regex = cache.get(Registrar.argument(arguments, 1), flags);
            return rows(split(Registrar.argument(arguments, 0), regex).iterator());
        });
    }

    /** Empty matches split between characters, but not at the ends nor right after another match. */
    private static List<String> split(String text, Regex regex) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (MatchResult match : regex.findAll(text)) {
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

    private static void counting(Registrar to) {
        RegexCache cache = new RegexCache();
        to.add(
                "regexp_count",
                I32,
                TEXT,
                TEXT,
                (String text, String pattern) ->
                        cache.get(pattern, RegexFlags.NONE).findAll(text).size());
        to.add(
                "regexp_count",
                I32,
                TEXT,
                TEXT,
                I32,
                (String text, String pattern, Integer start) ->
                        from(text, cache.get(pattern, RegexFlags.NONE), start).size());
        to.add(
                "regexp_count",
                I32,
                TEXT,
                TEXT,
                I32,
                TEXT,
                (String text, String pattern, Integer start, String flags) -> from(
                                text, cache.get(pattern, notGlobal("regexp_count", flags)), start)
                        .size());
        to.add(
                "regexp_instr",
                I32,
                TEXT,
                TEXT,
                (String text, String pattern) -> place(text, from(text, cache.get(pattern, RegexFlags.NONE), 1), 1));
        to.add(
                "regexp_instr",
                I32,
                TEXT,
                TEXT,
                I32,
                (String text, String pattern, Integer start) ->
                        place(text, from(text, cache.get(pattern, RegexFlags.NONE), start), 1));
        to.add(
                "regexp_instr",
                I32,
                TEXT,
                TEXT,
                I32,
                I32,
                (String text, String pattern, Integer start, Integer n) ->
                        place(text, from(text, cache.get(pattern, RegexFlags.NONE), start), n));
        Registrar partial = to.partial();
        partial.add(
                "regexp_substr",
                TEXT,
                TEXT,
                TEXT,
                (String text, String pattern) -> nth(from(text, cache.get(pattern, RegexFlags.NONE), 1), 1));
        partial.add(
                "regexp_substr",
                TEXT,
                TEXT,
                TEXT,
                I32,
                (String text, String pattern, Integer start) ->
                        nth(from(text, cache.get(pattern, RegexFlags.NONE), start), 1));
        partial.add(
                "regexp_substr",
                TEXT,
                TEXT,
                TEXT,
                I32,
                I32,
                (String text, String pattern, Integer start, Integer n) ->
                        nth(from(text, cache.get(pattern, RegexFlags.NONE), start), n));
    }

    private static List<MatchResult> from(String text, Regex regex, int start) {
        checkPositive("start", start);
        int from = offset(text, start);
        List<MatchResult> matches = new ArrayList<>();
        while (from <= text.length()) {
            MatchResult match = regex.find(text, from);
            if (match == null) {
                break;
            }
            matches.add(match);
            from = match.end() > match.start() ? match.end() : match.end() + 1;
        }
        return matches;
    }

    private static int place(String text, List<MatchResult> matches, int n) {
        checkPositive("n", n);
        return n > matches.size()
                ? 0
                : text.codePointCount(0, matches.get(n - 1).start()) + 1;
    }

    private static @Nullable String nth(List<MatchResult> matches, int n) {
        checkPositive("n", n);
        return n > matches.size() ? null : matches.get(n - 1).group();
    }
}
