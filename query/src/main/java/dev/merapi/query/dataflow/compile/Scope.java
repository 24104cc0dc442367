package dev.merapi.query.dataflow.compile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf rows are computed. The rows of a scope begin with its tag; the domain has one row for each tag that
 * there is, without further columns. The outermost scope is that of the subscribers, whose tag is the subscriber. A
 * query inside an expression has a scope whose tag is that of the row around it, and the columns it looks at.
 */
final class Scope {
    private final @Nullable Scope parent;
    private final int domain;
    private final int width;
    private final Map<OuterField, Integer> outer;

    /**
     * Makes a scope, equal to itself alone.
     *
     * @param parent the scope whose tag this one's begins with, or null
     * @param domain the stage with the tags
     * @param width the number of columns of the tag
     * @param outer the columns of the tag in which the fields of enclosing rows stand
     */
    Scope(@Nullable Scope parent, int domain, int width, Map<OuterField, Integer> outer) {
        this.parent = parent;
        this.domain = domain;
        this.width = width;
        this.outer = Map.copyOf(outer);
    }

    int domain() {
        return domain;
    }

    int width() {
        return width;
    }

    Map<OuterField, Integer> outer() {
        return outer;
    }

    /** A field of an enclosing query's row. */
    record OuterField(int correlation, int field) {}

    /** The nearest scope, from this one outwards, in which a field of an enclosing row is known; null if in none. */
    @Nullable
    Scope knowing(OuterField field) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            if (scope.outer.containsKey(field)) {
                return scope;
            }
        }
        return null;
    }

    /** The scope of the subscribers, if this one's tags belong to subscribers. */
    @Nullable
    Scope subscribers() {
        Scope outermost = this;
        for (Scope scope = this; scope != null; scope = scope.parent) {
            outermost = scope;
        }
        return outermost.outer.isEmpty() ? outermost : null;
    }

    /** Of two scopes on one way outwards, the inner; null stands for none. */
    static @Nullable Scope inner(@Nullable Scope a, @Nullable Scope b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.width >= b.width ? a : b;
    }
}
