package dev.merapi.query.sql.ast;

import java.util.List;

/**
 * A possibly qualified name, as written but for case folding.
 *
 * @param parts outermost qualifier first
 * @param position offset in the statement text, counted from 0
 */
public record Name(List<String> parts, int position) {
    public Name {
        parts = List.copyOf(parts);
    }

    /** The innermost part: the name itself. */
    public String last() {
        return parts.get(parts.size() - 1);
    }

    /** Whether the name has no qualifier. */
    public boolean isSimple() {
        return parts.size() == 1;
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
