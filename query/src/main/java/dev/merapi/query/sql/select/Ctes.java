package dev.merapi.query.sql.select;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.sql.rel.Cte;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The common table expressions in sight, innermost first. Immutable. */
final class Ctes {
    static final Ctes NONE = new Ctes(null, "", null, null);

    private final @Nullable Ctes outer;
    private final String name;
    private final @Nullable Cte cte;
    private final @Nullable Supplier<CodedException> refusal;

    private Ctes(@Nullable Ctes outer, String name, @Nullable Cte cte, @Nullable Supplier<CodedException> refusal) {
        this.outer = outer;
        this.name = name;
        this.cte = cte;
        this.refusal = refusal;
    }

    Ctes with(String newName, Cte newCte) {
        return new Ctes(this, newName, newCte, null);
    }

    /** With a name that is known but may not be used here. */
    Ctes without(String refusedName, Supplier<CodedException> why) {
        return new Ctes(this, refusedName, null, why);
    }

    @Nullable
    Cte find(String wanted) {
        for (Ctes scope = this; scope != null; scope = scope.outer) {
            if (scope.name.equals(wanted)) {
                if (scope.refusal != null) {
                    throw scope.refusal.get();
                }
                return scope.cte;
            }
        }
        return null;
    }
}
