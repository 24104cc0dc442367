package dev.merapi.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query: SELECT, VALUES, TABLE or a set operation, with what may surround it.
 *
 * @param locking whether FOR UPDATE or the like was written; it has no effect here, for a statement has the database
 *     to itself
 */
public record Query(
        @Nullable With with, Body body, List<SortItem> orderBy, Limit limit, boolean locking, int position) {
    /** WITH. */
    public record With(boolean recursive, List<CommonTable> tables, int position) {}

    /** One common table expression; the statement is a query or a writing statement. */
    public record CommonTable(String name, List<String> columns, Statement statement, int position) {}

    /** LIMIT and OFFSET; what is not written is null. */
    public record Limit(@Nullable Expr count, @Nullable Expr offset, boolean withTies) {
        public static final Limit NONE = new Limit(null, null, false);

        public boolean isNone() {
            return count == null && offset == null;
        }
    }

    /** What yields the rows. */
    public sealed interface Body {
        int position();
    }

    /** SELECT. */
    public record Select(
            Distinct distinct,
            List<Item> items,
            List<FromItem> from,
            @Nullable Expr where,
            @Nullable GroupBy groupBy,
            @Nullable Expr having,
            List<Window.Named> windows,
            int position)
            implements Body {}

    /** DISTINCT: {@code on} is empty for a plain one. */
    public record Distinct(boolean distinct, List<Expr> on) {
        public static final Distinct ALL = new Distinct(false, List.of());
    }

    /** One element of a select list or of RETURNING; {@code alias} is null when none was written. */
    public record Item(Expr expression, @Nullable String alias) {}

    /** UNION, INTERSECT, EXCEPT. */
    public record SetOperation(Kind kind, boolean all, Body left, Body right, int position) implements Body {
        /** Which one. */
        public enum Kind {
            UNION,
            INTERSECT,
            EXCEPT
        }
    }

    /** VALUES. */
    public record Values(List<List<Expr>> rows, int position) implements Body {}

    /** A query in parentheses. */
    public record Nested(Query query) implements Body {
        @Override
        public int position() {
            return query.position();
        }
    }

    /** GROUP BY; {@code distinct} removes equal grouping sets. */
    public record GroupBy(boolean distinct, List<GroupItem> items) {}

    /** One element of a GROUP BY. */
    public sealed interface GroupItem {
        record Plain(Expr expression) implements GroupItem {}

        /** {@code ()}. */
        record Empty() implements GroupItem {}

        /** ROLLUP or CUBE; each element is a list because {@code (a, b)} counts as one. */
        record Cubed(boolean cube, List<List<Expr>> elements) implements GroupItem {}

        record Sets(List<GroupItem> items) implements GroupItem {}
    }
}
