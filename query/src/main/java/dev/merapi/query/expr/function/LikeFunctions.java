package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.query.expr.pattern.LikePattern;
import dev.merapi.query.expr.pattern.Regex;
import dev.merapi.query.expr.pattern.RegexCache;
import dev.merapi.query.expr.pattern.RegexFlags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIKE, ILIKE and SIMILAR TO. */
final class LikeFunctions {
    private static final String DEFAULT_ESCAPE = "\\";

    private LikeFunctions() {}

    static void register(Registrar to) {
        operator(to, "~~", false, true);
        operator(to, "!~~", false, false);
        operator(to, "~~*", true, true);
        operator(to, "!~~*", true, false);
        function(to, "like", false, true);
        function(to, "notlike", false, false);
        function(to, "ilike", true, true);
        RegexCache similar = new RegexCache();
        to.optional("similar_to", BOOL, 2, List.of(TEXT, TEXT, TEXT), (context, arguments) -> {
            String escape = arguments.length > 2 ? Registrar.argument(arguments, 2) : DEFAULT_ESCAPE;
            String expression = Regex.ofSimilar(Registrar.argument(arguments, 1), escape);
            return similar.get(expression, RegexFlags.NONE, context).find(Registrar.argument(arguments, 0));
        });
    }

    private static void operator(Registrar to, String symbol, boolean ignoreCase, boolean wanted) {
        PatternCache cache = new PatternCache(ignoreCase);
        to.operator(
                symbol,
                BOOL,
                List.of(TEXT, TEXT),
                (context, arguments) -> cache.get(Registrar.argument(arguments, 1), DEFAULT_ESCAPE)
                                .matches(Registrar.argument(arguments, 0), context::checkCancelled)
                        == wanted);
    }

    private static void function(Registrar to, String name, boolean ignoreCase, boolean wanted) {
        PatternCache cache = new PatternCache(ignoreCase);
        to.optional(name, BOOL, 2, List.of(TEXT, TEXT, TEXT), (context, arguments) -> {
            String escape = arguments.length > 2 ? Registrar.argument(arguments, 2) : DEFAULT_ESCAPE;
            LikePattern pattern = cache.get(Registrar.argument(arguments, 1), escape);
            return pattern.matches(Registrar.argument(arguments, 0), context::checkCancelled) == wanted;
        });
    }

    /** The last pattern made ready, like {@link RegexCache}. */
    private static final class PatternCache {
        private record Entry(String pattern, String escape, LikePattern ready) {}

        private final boolean ignoreCase;
        private volatile @Nullable Entry last;

        PatternCache(boolean ignoreCase) {
            this.ignoreCase = ignoreCase;
        }

        LikePattern get(String pattern, String escape) {
            Entry entry = last;
            if (entry == null || !entry.pattern.equals(pattern) || !entry.escape.equals(escape)) {
                entry = new Entry(pattern, escape, LikePattern.of(pattern, escape, ignoreCase));
                last = entry;
            }
            return entry.ready;
        }
    }
}
