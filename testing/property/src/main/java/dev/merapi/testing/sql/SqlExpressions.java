package dev.merapi.testing.sql;

import dev.merapi.testing.property.Draw;
import java.util.List;

/** Typed expressions over the columns in scope. */
final class SqlExpressions {
    /** A column that an expression may name. */
    record Visible(String sql, SqlType type) {}

    private static final List<String> COMPARISONS =
            List.of(" = ", " = ", " <> ", " < ", " <= ", " > ", " >= ", " IS DISTINCT FROM ", " IS NOT DISTINCT FROM ");

    private final Draw draw;
    private final SqlQueries queries;
    /** How many parameters there are, all integers; 0 for none. */
    private final int parameters;

    SqlExpressions(Draw draw, SqlQueries queries, int parameters) {
        this.draw = draw;
        this.queries = queries;
        this.parameters = parameters;
    }

    static List<Visible> ofType(List<Visible> scope, SqlType type) {
        return scope.stream().filter(column -> column.type() == type).toList();
    }

    String of(SqlType type, List<Visible> scope, int depth) {
        if (depth <= 0 || draw.oneIn(3)) {
            return leaf(type, scope);
        }
        if (draw.oneIn(6)) {
            return conditional(type, scope, depth - 1);
        }
        if (draw.oneIn(9)) {
            return queries.scalar(type, scope, depth - 1);
        }
        return computed(type, scope, depth - 1);
    }

    private String leaf(SqlType type, List<Visible> scope) {
        List<Visible> columns = ofType(scope, type);
        if (!columns.isEmpty() && !draw.oneIn(6)) {
            return draw.pick(columns).sql();
        }
        if (type == SqlType.INT && parameters > 0 && draw.oneIn(3)) {
            return "$" + draw.intBetween(1, parameters) + "::int";
        }
        return draw.oneIn(12) ? "NULL::" + type.sql() : type.literal(draw);
    }

    private String conditional(SqlType type, List<Visible> scope, int depth) {
        String first = of(type, scope, depth);
        String second = of(type, scope, depth);
        return switch (draw.intBetween(0, 3)) {
            case 0 -> "coalesce(" + first + ", " + second + ")";
            case 1 -> "nullif(" + first + ", " + second + ")";
            case 2 -> "CASE " + of(SqlType.INT, scope, 0) + " WHEN 1 THEN " + first + " WHEN 2 THEN " + second + " END";
            default -> "CASE WHEN " + condition(scope, depth) + " THEN " + first + " ELSE " + second + " END";
        };
    }

    private String computed(SqlType type, List<Visible> scope, int depth) {
        return switch (type) {
            case INT -> integer(scope, depth);
            case LONG, NUMERIC, FLOAT -> number(type, scope, depth);
            case MONEY -> "(" + of(SqlType.MONEY, scope, depth) + ")::numeric(8,2)";
            case TEXT -> text(scope, depth);
            case BOOL -> condition(scope, depth);
            case DATE -> "(" + of(SqlType.DATE, scope, depth) + " + " + draw.intBetween(-40, 40) + ")";
            case TIMESTAMP ->
                draw.bool()
                        ? "(" + of(SqlType.DATE, scope, depth) + ")::timestamp"
                        : "date_trunc('month', " + of(SqlType.TIMESTAMP, scope, depth) + ")";
            case TIMESTAMPTZ -> "(" + of(SqlType.TIMESTAMPTZ, scope, depth) + " + interval '1 day')";
            case INTERVAL -> "(- " + of(SqlType.INTERVAL, scope, depth) + ")";
            case INTS ->
                draw.bool()
                        ? "ARRAY[" + of(SqlType.INT, scope, depth) + ", " + of(SqlType.INT, scope, 0) + "]"
                        : "array_append(" + of(SqlType.INTS, scope, depth) + ", " + of(SqlType.INT, scope, 0) + ")";
            case JSON -> "jsonb_build_array(" + of(SqlType.INT, scope, depth) + ", " + of(SqlType.TEXT, scope, 0) + ")";
            case TIME, UUID, BYTES, TEXTS -> leaf(type, scope);
        };
    }

    private String integer(List<Visible> scope, int depth) {
        return switch (draw.intBetween(0, 7)) {
            case 0 -> "length(" + of(SqlType.TEXT, scope, depth) + ")";
            case 1 -> "extract(month FROM " + of(SqlType.DATE, scope, depth) + ")::int";
            case 2 -> "(" + of(SqlType.INT, scope, depth) + " % " + draw.intBetween(2, 5) + ")";
            case 3 -> "abs(" + of(SqlType.INT, scope, depth) + ")";
            case 4 -> "(" + of(SqlType.INT, scope, depth) + " / " + draw.intBetween(2, 4) + ")";
            case 5 -> "cardinality(" + of(SqlType.INTS, scope, depth) + ")";
            default -> arithmetic(SqlType.INT, scope, depth);
        };
    }

    private String number(SqlType type, List<Visible> scope, int depth) {
        return switch (draw.intBetween(0, 3)) {
            case 0 -> "(" + of(SqlType.INT, scope, depth) + ")::" + type.sql();
            case 1 -> "abs(" + of(type, scope, depth) + ")";
            default -> arithmetic(type, scope, depth);
        };
    }

    /** Sums and differences, and products with a small constant: far from the end of the range at these depths. */
    private String arithmetic(SqlType type, List<Visible> scope, int depth) {
        String left = of(type, scope, depth);
        return switch (draw.intBetween(0, 3)) {
            case 0 -> "(" + left + " * " + draw.intBetween(2, 4) + ")";
            case 1 -> "(" + left + " - " + of(type, scope, depth) + ")";
            case 2 -> "(- " + left + ")";
            default -> "(" + left + " + " + of(type, scope, depth) + ")";
        };
    }

    private String text(List<Visible> scope, int depth) {
        String inner = of(SqlType.TEXT, scope, depth);
        SqlType other = draw.pick(SqlType.ALL);
        return switch (draw.intBetween(0, 6)) {
            case 0 -> "upper(" + inner + ")";
            case 1 -> "substr(" + inner + ", 1, " + draw.intBetween(0, 2) + ")";
            case 2 -> "replace(" + inner + ", 'a', " + of(SqlType.TEXT, scope, depth) + ")";
            case 3 -> other.hasOneForm() ? "(" + of(other, scope, depth) + ")::text" : inner;
            case 4 -> "reverse(" + inner + ")";
            default -> "(" + inner + " || " + of(SqlType.TEXT, scope, depth) + ")";
        };
    }

    /** A truth value. */
    String condition(List<Visible> scope, int depth) {
        if (depth > 0 && draw.oneIn(3)) {
            return queries.membership(scope, depth - 1);
        }
        return switch (draw.intBetween(0, 9)) {
            case 0 -> "(" + condition(scope, depth - 1 >= 0 ? depth - 1 : 0, " AND ") + ")";
            case 1 -> "(" + condition(scope, depth - 1 >= 0 ? depth - 1 : 0, " OR ") + ")";
            case 2 -> "(NOT " + comparison(scope, depth) + ")";
            case 3 ->
                "(" + of(draw.pick(SqlType.ALL), scope, depth - 1) + draw.pick(List.of(" IS NULL)", " IS NOT NULL)"));
            case 4 ->
                "(" + of(SqlType.TEXT, scope, depth - 1) + draw.pick(List.of(" LIKE ", " NOT LIKE ", " ILIKE "))
                        + draw.pick(List.of("'a%'", "'%b%'", "'_'", "'%'")) + ")";
            case 5 -> inList(scope, depth);
            case 6 ->
                "(" + comparison(scope, depth) + draw.pick(List.of(" IS TRUE)", " IS NOT FALSE)", " IS UNKNOWN)"));
            default -> comparison(scope, depth);
        };
    }

    private String condition(List<Visible> scope, int depth, String operator) {
        return condition(scope, depth) + operator + comparison(scope, depth);
    }

    private String comparison(List<Visible> scope, int depth) {
        SqlType type = draw.bool() ? SqlType.INT : draw.pick(SqlType.ALL);
        SqlType other = type == SqlType.INT && draw.oneIn(5) ? draw.pick(List.of(SqlType.LONG, SqlType.NUMERIC)) : type;
        return "(" + of(type, scope, depth - 1) + draw.pick(COMPARISONS) + of(other, scope, depth - 1) + ")";
    }

    private String inList(List<Visible> scope, int depth) {
        SqlType type = draw.pick(List.of(SqlType.INT, SqlType.TEXT, SqlType.DATE, SqlType.UUID));
        String list = type.literal(draw) + ", " + leaf(type, List.of()) + (draw.oneIn(4) ? ", NULL" : "");
        return "(" + of(type, scope, depth - 1) + draw.pick(List.of(" IN (", " NOT IN (")) + list + "))";
    }
}
