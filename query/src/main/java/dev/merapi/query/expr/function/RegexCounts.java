package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.pattern.Regex;
import dev.merapi.query.expr.pattern.RegexCache;
import dev.merapi.query.expr.pattern.RegexFlags;
import dev.merapi.query.expr.value.Errors;
import java.util.List;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** Regular expressions: how many matches there are, where the n-th is and what it is. */
final class RegexCounts {
    private RegexCounts() {}

    static void register(Registrar to) {
        RegexCache cache = new RegexCache();
        to.optional("regexp_count", I32, 2, List.of(TEXT, TEXT, I32, TEXT), (context, arguments) -> {
            RegexFlags flags = RegexFunctions.notGlobal("regexp_count", arguments, 3);
            return cache.get(Registrar.argument(arguments, 1), flags, context)
                    .findAll(Registrar.argument(arguments, 0), optional(arguments, 2, 1))
                    .size();
        });
        to.optional(
                "regexp_instr",
                I32,
                2,
                List.of(TEXT, TEXT, I32, I32, I32, TEXT, I32),
                (context, arguments) -> place(cache, context, arguments));
        to.partial()
                .optional(
                        "regexp_substr",
                        TEXT,
                        2,
                        List.of(TEXT, TEXT, I32, I32, TEXT, I32),
                        (context, arguments) -> part(cache, context, arguments));
    }

    private static int optional(@Nullable Object[] arguments, int index, int otherwise) {
        return arguments.length > index ? Registrar.<Integer>argument(arguments, index) : otherwise;
    }

    /** {@code regexp_instr(text, pattern, start, n, endoption, flags, group)}. */
    private static Integer place(RegexCache cache, EvalContext context, @Nullable Object[] arguments) {
        int end = optional(arguments, 4, 0);
        if (end != 0 && end != 1) {
            throw Errors.argument("invalid value for parameter").with("endoption", end);
        }
        int group = group(optional(arguments, 6, 0));
        Regex regex = cache.get(
                Registrar.argument(arguments, 1), RegexFunctions.notGlobal("regexp_instr", arguments, 5), context);
        String text = Registrar.argument(arguments, 0);
        MatchResult match = nth(regex, text, arguments);
        int at = match == null || group > match.groupCount() ? -1 : end == 1 ? match.end(group) : match.start(group);
        return at < 0 ? 0 : text.codePointCount(0, at) + 1;
    }

    /** {@code regexp_substr(text, pattern, start, n, flags, group)}. */
    private static @Nullable String part(RegexCache cache, EvalContext context, @Nullable Object[] arguments) {
        int group = group(optional(arguments, 5, 0));
        Regex regex = cache.get(
                Registrar.argument(arguments, 1), RegexFunctions.notGlobal("regexp_substr", arguments, 4), context);
        MatchResult match = nth(regex, Registrar.argument(arguments, 0), arguments);
        return match == null || group > match.groupCount() ? null : match.group(group);
    }

    private static int group(int group) {
        if (group < 0) {
            throw Errors.argument("invalid value for parameter").with("subexpr", group);
        }
        return group;
    }

    private static @Nullable MatchResult nth(Regex regex, String text, @Nullable Object[] arguments) {
        int n = optional(arguments, 3, 1);
        if (n <= 0) {
            throw Errors.argument("invalid value for parameter").with("n", n);
        }
        List<MatchResult> matches = regex.findAll(text, optional(arguments, 2, 1));
        return n > matches.size() ? null : matches.get(n - 1);
    }
}
