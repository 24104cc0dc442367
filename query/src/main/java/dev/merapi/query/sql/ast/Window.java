package dev.merapi.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows OVER, or a definition in a WINDOW clause.
 *
 * @param base the window it is derived from, or null
 * @param reference whether it is nothing but the name of a window: {@code OVER w}, not {@code OVER (w)}
 */
public record Window(
        @Nullable String base,
        boolean reference,
        List<Expr> partitionBy,
        List<SortItem> orderBy,
        @Nullable Frame frame,
        int position) {
    /** A window with the name a WINDOW clause gives it. */
    public record Named(String name, Window window) {}

    /** In what a frame counts. */
    public enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    /** What a frame leaves out. */
    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }

    /** Where a frame starts or ends. */
    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /** A start or end; the offset belongs to PRECEDING and FOLLOWING only. */
    public record Bound(BoundKind kind, @Nullable Expr offset) {}

    /** ROWS, RANGE or GROUPS between two bounds. */
    public record Frame(Unit unit, Bound start, Bound end, Exclusion exclusion, int position) {}
}
