package dev.merapi.query.expr.pattern;

import org.jspecify.annotations.Nullable;

/**
 * Whether a group prefers the longest or the shortest match: what its first quantified part prefers, and always the
 * longest when it has alternatives. Null: it has shown no preference so far.
 */
final class RegexPreference {
    private @Nullable Boolean shortest;
    private boolean alternatives;

    void take(@Nullable Boolean preferred) {
        shortest = shortest == null ? preferred : shortest;
    }

    void sawAlternative() {
        alternatives = true;
    }

    @Nullable
    Boolean shortest() {
        return alternatives ? Boolean.FALSE : shortest;
    }
}
