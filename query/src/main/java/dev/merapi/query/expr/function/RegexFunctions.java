package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.pattern.Regex;
import dev.merapi.query.expr.pattern.RegexCache;
import dev.merapi.query.expr.pattern.RegexFlags;
import dev.merapi.query.expr.value.Errors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** Regular expressions: matching, taking out, replacing and splitting. */
final class RegexFunctions {
    private static final ColumnType TEXTS = new ArrayType(TEXT);
    private static final ParameterType ANY_TEXT = ParameterType.of(TEXT);

    private RegexFunctions() {}

    static void register(Registrar to) {
        matching(to);
        extraction(to);
        replacement(to);
        splitting(to);
        RegexCounts.register(to);
    }

    private static void matching(Registrar to) {
        operator(to, "~", RegexFlags.NONE, true);
        operator(to, "!~", RegexFlags.NONE, false);
        operator(to, "~*", RegexFlags.IGNORE_CASE, true);
        operator(to, "!~*", RegexFlags.IGNORE_CASE, false);
        RegexCache cache = new RegexCache();
        to.optional(
                "regexp_like",
                BOOL,
                2,
                List.of(TEXT, TEXT, TEXT),
                (context, arguments) -> cache.get(
                                Registrar.argument(arguments, 1), notGlobal("regexp_like", arguments, 2), context)
                        .find(Registrar.argument(arguments, 0)));
    }

    private static void operator(Registrar to, String symbol, RegexFlags flags, boolean wanted) {
        RegexCache cache = new RegexCache();
        to.operator(
                symbol,
                BOOL,
                List.of(TEXT, TEXT),
                (context, arguments) -> cache.get(Registrar.argument(arguments, 1), flags, context)
                                .find(Registrar.argument(arguments, 0))
                        == wanted);
    }

    /** The flags in an argument that may be missing. */
    private static RegexFlags flags(@Nullable Object[] arguments, int index) {
        return arguments.length > index ? RegexFlags.NONE.and(Registrar.argument(arguments, index)) : RegexFlags.NONE;
    }

    static RegexFlags notGlobal(String function, @Nullable Object[] arguments, int index) {
        RegexFlags flags = flags(arguments, index);
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
                    List.of(TEXT, TEXT),
                    (context, arguments) -> extract(
                            Registrar.argument(arguments, 0),
                            cache.get(Registrar.argument(arguments, 1), RegexFlags.NONE, context)));
        }
        partial.add("substring", TEXT, List.of(TEXT, TEXT, TEXT), RegexFunctions::substringSimilar);
        partial.optional(
                "regexp_match",
                TEXTS,
                2,
                List.of(TEXT, TEXT, TEXT),
                (context, arguments) -> match(
                        Registrar.argument(arguments, 0),
                        cache.get(Registrar.argument(arguments, 1), notGlobal("regexp_match", arguments, 2), context)));
        to.table("regexp_matches", List.of(ANY_TEXT, ANY_TEXT), false, RegexFunctions::matches);
        to.table("regexp_matches", List.of(ANY_TEXT, ANY_TEXT, ANY_TEXT), false, RegexFunctions::matches);
    }

    private static @Nullable String extract(String text, Regex regex) {
        MatchResult match = regex.find(text, 0);
        return match == null ? null : match.group(regex.groups() > 0 ? 1 : 0);
    }

    /** {@code substring(text FROM pattern FOR escape)}: what is between the two {@code escape"} marks. */
    private static @Nullable String substringSimilar(EvalContext context, @Nullable Object[] arguments) {
        String text = Registrar.argument(arguments, 0);
        String pattern = Registrar.argument(arguments, 1);
        String escape = Registrar.argument(arguments, 2);
        String mark = escape + '"';
        int first = escape.isEmpty() ? -1 : pattern.indexOf(mark);
        int second = first < 0 ? -1 : pattern.indexOf(mark, first + mark.length());
        if (second < 0) {
            String whole = Regex.ofSimilar(pattern, escape);
            return watched(whole, context).find(text) ? text : null;
        }
        String before = part(pattern.substring(0, first), escape);
        String wanted = part(pattern.substring(first + mark.length(), second), escape);
        String after = part(pattern.substring(second + mark.length()), escape);
        String lazyBefore = before.replace(".*", ".*?");
        return extract(text, watched("^(?:" + lazyBefore + ")(" + wanted + ")(?:" + after + ")$", context));
    }

    private static Regex watched(String expression, EvalContext context) {
        return Regex.of(expression, RegexFlags.NONE).watchedBy(context::checkCancelled);
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
        return new TableFunction(name, types, Rows.column(name, TEXTS), true, (context, arguments) -> {
            RegexFlags flags = flags(arguments, 2);
            Regex regex = cache.get(Registrar.argument(arguments, 1), flags, context);
            String text = Registrar.argument(arguments, 0);
            List<MatchResult> found = flags.global() ? regex.findAll(text) : first(regex, text);
            return Rows.of(found.stream().map(match -> (Object) groups(match)).iterator());
        });
    }

    private static List<MatchResult> first(Regex regex, String text) {
        MatchResult match = regex.find(text, 0);
        return match == null ? List.of() : List.of(match);
    }

    private static void replacement(Registrar to) {
        RegexCache cache = new RegexCache();
        to.add("regexp_replace", TEXT, List.of(TEXT, TEXT, TEXT), (context, arguments) -> {
            Regex regex = cache.get(Registrar.argument(arguments, 1), RegexFlags.NONE, context);
            return regex.replace(Registrar.argument(arguments, 0), Registrar.argument(arguments, 2), 1, 1);
        });
        to.add("regexp_replace", TEXT, List.of(TEXT, TEXT, TEXT, TEXT), (context, arguments) -> {
            RegexFlags flags = flags(arguments, 3);
            Regex regex = cache.get(Registrar.argument(arguments, 1), flags, context);
            int n = flags.global() ? 0 : 1;
            return regex.replace(Registrar.argument(arguments, 0), Registrar.argument(arguments, 2), 1, n);
        });
        to.optional("regexp_replace", TEXT, 4, List.of(TEXT, TEXT, TEXT, I32, I32, TEXT), (context, arguments) -> {
            Regex regex = cache.get(Registrar.argument(arguments, 1), flags(arguments, 5), context);
            int start = Registrar.<Integer>argument(arguments, 3);
            int n = arguments.length > 4 ? Registrar.<Integer>argument(arguments, 4) : 1;
            return regex.replace(Registrar.argument(arguments, 0), Registrar.argument(arguments, 2), start, n);
        });
    }

    private static void splitting(Registrar to) {
        RegexCache cache = new RegexCache();
        to.optional(
                "regexp_split_to_array",
                TEXTS,
                2,
                List.of(TEXT, TEXT, TEXT),
                (context, arguments) -> cache.get(
                                Registrar.argument(arguments, 1),
                                notGlobal("regexp_split_to_array", arguments, 2),
                                context)
                        .split(Registrar.argument(arguments, 0)));
        to.table("regexp_split_to_table", List.of(ANY_TEXT, ANY_TEXT), false, RegexFunctions::splitRows);
        to.table("regexp_split_to_table", List.of(ANY_TEXT, ANY_TEXT, ANY_TEXT), false, RegexFunctions::splitRows);
    }

    private static TableFunction splitRows(String name, List<ColumnType> types) {
        RegexCache cache = new RegexCache();
        return new TableFunction(name, types, Rows.column(name, TEXT), true, (context, arguments) -> {
            Regex regex = cache.get(Registrar.argument(arguments, 1), notGlobal(name, arguments, 2), context);
            return Rows.of(regex.split(Registrar.argument(arguments, 0)).iterator());
        });
    }
}
