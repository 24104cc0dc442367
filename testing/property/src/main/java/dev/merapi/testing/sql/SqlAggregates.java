package dev.merapi.testing.sql;

import dev.merapi.testing.property.Draw;
import dev.merapi.testing.sql.SqlExpressions.Visible;
import java.util.List;

/** Aggregates of a wanted type, with DISTINCT, FILTER and ORDER BY where they may have them. */
final class SqlAggregates {
    private final Draw draw;
    private final SqlQueries queries;
    private final SqlExpressions expressions;

    SqlAggregates(Draw draw, SqlQueries queries, SqlExpressions expressions) {
        this.draw = draw;
        this.queries = queries;
        this.expressions = expressions;
    }

    String of(SqlType type, List<Visible> scope) {
        return switch (type) {
            case INT -> draw.bool() ? extreme(type, scope) : integer(scope);
            case LONG -> draw.bool() ? count(scope) : over("sum", SqlType.INT, scope);
            case NUMERIC -> numeric(scope);
            case MONEY -> extreme(type, scope);
            case FLOAT -> draw.bool() ? over("sum", type, scope) : over("avg", type, scope);
            case TEXT -> draw.bool() ? extreme(type, scope) : collected("string_agg", type, scope);
            case BOOL -> plain(draw.pick(List.of("bool_and", "bool_or", "every")), type, scope);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> extreme(type, scope);
            case INTERVAL -> draw.bool() ? extreme(type, scope) : over("sum", type, scope);
            case JSON -> collected("jsonb_agg", oneForm(), scope);
            case INTS -> collected("array_agg", SqlType.INT, scope);
            case TEXTS -> collected("array_agg", SqlType.TEXT, scope);
            case UUID, BYTES -> first(type, scope);
        };
    }

    private String first(SqlType type, List<Visible> scope) {
        String argument = expressions.of(type, scope, 1);
        return "(array_agg(" + argument + " ORDER BY " + argument + "))[1]";
    }

    private SqlType oneForm() {
        return draw.pick(List.of(SqlType.INT, SqlType.TEXT, SqlType.BOOL, SqlType.DATE, SqlType.INTS));
    }

    private String integer(List<Visible> scope) {
        return draw.bool()
                ? "(" + count(scope) + ")::int"
                : "length(" + collected("string_agg", SqlType.TEXT, scope) + ")";
    }

    private String count(List<Visible> scope) {
        return draw.oneIn(2) ? "count(*)" + filter(scope) : over("count", draw.pick(SqlType.ALL), scope);
    }

    private String numeric(List<Visible> scope) {
        SqlType argument = draw.pick(List.of(SqlType.INT, SqlType.LONG, SqlType.NUMERIC, SqlType.MONEY));
        String function = argument == SqlType.INT ? "avg" : draw.pick(List.of("sum", "avg"));
        return over(function, argument, scope);
    }

    private String extreme(SqlType type, List<Visible> scope) {
        return plain(draw.pick(List.of("min", "max")), type, scope);
    }

    private String plain(String function, SqlType type, List<Visible> scope) {
        return function + "(" + expressions.of(type, scope, 1) + ")" + filter(scope);
    }

    private String over(String function, SqlType type, List<Visible> scope) {
        String distinct = draw.oneIn(3) ? "DISTINCT " : "";
        return function + "(" + distinct + expressions.of(type, scope, 1) + ")" + filter(scope);
    }

    /** An aggregate that shows the order of rows. */
    private String collected(String function, SqlType type, List<Visible> scope) {
        String argument = expressions.of(type, scope, 1);
        String more = function.equals("string_agg") ? ", ','" : "";
        // A query inside would be another expression where it is written again, and DISTINCT wants the same.
        boolean distinct = draw.oneIn(4) && !argument.contains("SELECT");
        String by = distinct || !queries.mayTie() || draw.bool() ? argument : expressions.of(SqlType.INT, scope, 1);
        String order = " ORDER BY " + by + draw.pick(List.of("", " DESC"));
        boolean none = !distinct && queries.leavesOpen(3);
        return function + "(" + (distinct ? "DISTINCT " : "") + argument + more + (none ? "" : order) + ")"
                + filter(scope);
    }

    private String filter(List<Visible> scope) {
        return draw.oneIn(5) ? " FILTER (WHERE " + expressions.condition(scope, 0) + ")" : "";
    }
}
