package dev.merapi.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One element of a FROM clause. */
public sealed interface FromItem {
    int position();

    /**
     * AS name (columns).
     *
     * @param definitions the columns with types that a function returning records needs
     */
    record Alias(String name, List<String> columns, List<ColumnDefinition> definitions) {}

    /** A column of a record function: {@code AS x(a int, b text)}. */
    record ColumnDefinition(String name, TypeName type) {}

    /** A table, or a common table expression of this name. */
    record Table(Name name, @Nullable Alias alias) implements FromItem {
        @Override
        public int position() {
            return name.position();
        }
    }

    record SubQuery(Query query, boolean lateral, @Nullable Alias alias, int position) implements FromItem {}

    /**
     * One function, or several with ROWS FROM.
     *
     * @param definitions for each function the columns written behind it within ROWS FROM
     */
    record Functions(
            List<Expr.Call> calls,
            List<List<ColumnDefinition>> definitions,
            boolean ordinality,
            @Nullable Alias alias,
            int position)
            implements FromItem {}

    /** A join; at most one of natural, using and on is there, and none for CROSS. */
    record Join(
            Kind kind,
            FromItem left,
            FromItem right,
            boolean natural,
            List<String> using,
            @Nullable String usingAlias,
            @Nullable Expr on,
            @Nullable Alias alias,
            int position)
            implements FromItem {
        /** Which rows without partner stay. */
        public enum Kind {
            INNER,
            LEFT,
            RIGHT,
            FULL
        }

        /** This join with a name for its result. */
        public Join withAlias(Alias newAlias) {
            return new Join(kind, left, right, natural, using, usingAlias, on, newAlias, position);
        }
    }
}
