package dev.merapi.query.expr.pattern;

import dev.merapi.query.expr.EvalContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last pattern a call site compiled: patterns are nearly always the same for all rows. One entry,
 * published as an immutable record, so threads that share the call site only ever lose time to each other.
 */
public final class RegexCache {
    private record Entry(String expression, RegexFlags flags, Regex regex) {}

    private volatile @Nullable Entry last;

    /** Returns the expression compiled; its searches end when the statement is to end. */
    public Regex get(String expression, RegexFlags flags, EvalContext context) {
        Entry entry = last;
        if (entry == null || !entry.expression.equals(expression) || !Objects.equals(entry.flags, flags)) {
            entry = new Entry(expression, flags, Regex.of(expression, flags));
            last = entry;
        }
        return entry.regex.watchedBy(context::checkCancelled);
    }
}
