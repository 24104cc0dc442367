package dev.merapi.testing.system.postgres;

import dev.merapi.testing.system.postgres.RandomSchema.ValueType;
import java.util.List;

/**
 * Typed expressions over the columns in scope. Nothing here can fail at run time (no division by what may be zero, no
 * product that can overflow): databases are free in the order of evaluation, so errors are compared by
 * hand-picked cases.
 */
final class RandomExpressions {
    /** A column an expression may name. */
    record Visible(String sql, ValueType type) {}

    private final Chance chance;
    private final RandomQueries queries;

    RandomExpressions(Chance chance, RandomQueries queries) {
        this.chance = chance;
        this.queries = queries;
    }

    String any(List<Visible> scope, int depth) {
        return of(chance.pick(ValueType.values()), scope, depth);
    }

    String of(ValueType type, List<Visible> scope, int depth) {
        if (depth <= 0 || chance.oneIn(4)) {
            return leaf(type, scope);
        }
        if (chance.oneIn(7)) {
            return conditional(type, scope, depth);
        }
        return switch (type) {
            case INT -> integer(scope, depth - 1);
            case LONG -> number("bigint", ValueType.LONG, scope, depth - 1);
            case NUMERIC -> number("numeric", ValueType.NUMERIC, scope, depth - 1);
            case FLOAT -> number("float8", ValueType.FLOAT, scope, depth - 1);
            case TEXT -> text(scope, depth - 1);
            case BOOL -> condition(scope, depth - 1);
            case DATE -> date(scope, depth - 1);
            case TIMESTAMP -> timestamp(scope, depth - 1);
        };
    }

    private String leaf(ValueType type, List<Visible> scope) {
        List<Visible> columns =
                scope.stream().filter(column -> column.type() == type).toList();
        if (!columns.isEmpty() && !chance.oneIn(5)) {
            return chance.pick(columns).sql();
        }
        return chance.oneIn(12) ? "NULL::" + type.sql() : type.literal(chance);
    }

    private String conditional(ValueType type, List<Visible> scope, int depth) {
        String first = of(type, scope, depth - 1);
        String second = of(type, scope, depth - 1);
        return switch (chance.below(4)) {
            case 0 -> "coalesce(" + first + ", " + second + ")";
            case 1 -> "nullif(" + first + ", " + second + ")";
            case 2 ->
                "CASE " + of(ValueType.INT, scope, depth - 1) + " WHEN " + chance.between(1, 3) + " THEN " + first
                        + " WHEN " + chance.between(4, 6) + " THEN " + second + " END";
            default ->
                "CASE WHEN " + of(ValueType.BOOL, scope, depth - 1) + " THEN " + first + " ELSE " + second + " END";
        };
    }

    private String integer(List<Visible> scope, int depth) {
        return switch (chance.below(8)) {
            case 0 -> "length(" + of(ValueType.TEXT, scope, depth) + ")";
            case 1 ->
                "extract(" + chance.pick("day", "month", "dow") + " FROM " + of(ValueType.DATE, scope, depth)
                        + ")::int";
            case 2 -> "(" + of(ValueType.INT, scope, depth) + " % " + chance.between(2, 5) + ")";
            case 3 -> "abs(" + of(ValueType.INT, scope, depth) + ")";
            case 4 -> "(" + of(ValueType.INT, scope, depth) + " / " + chance.between(2, 4) + ")";
            case 5 -> depth > 0 ? queries.scalar(ValueType.INT, scope) : leaf(ValueType.INT, scope);
            default -> arithmetic(ValueType.INT, scope, depth);
        };
    }

    private String number(String name, ValueType type, List<Visible> scope, int depth) {
        return switch (chance.below(4)) {
            case 0 -> of(ValueType.INT, scope, depth) + "::" + name;
            case 1 -> (type == ValueType.NUMERIC ? "round(" : "abs(") + of(type, scope, depth) + ")";
            default -> arithmetic(type, scope, depth);
        };
    }

    /** Sums and differences, and products with a small constant: far from the end of the range at these depths. */
    private String arithmetic(ValueType type, List<Visible> scope, int depth) {
        String left = of(type, scope, depth);
        return switch (chance.below(4)) {
            case 0 -> "(" + left + " * " + chance.between(2, 4) + ")";
            case 1 -> "(" + left + " - " + of(type, scope, depth) + ")";
            case 2 -> "(- " + left + ")";
            default -> "(" + left + " + " + of(type, scope, depth) + ")";
        };
    }

    private String text(List<Visible> scope, int depth) {
        String inner = of(ValueType.TEXT, scope, depth);
        return switch (chance.below(9)) {
            case 0 -> "upper(" + inner + ")";
            case 1 -> "substr(" + inner + ", " + chance.between(1, 2) + ", " + chance.between(0, 2) + ")";
            case 2 -> "replace(" + inner + ", 'a', " + of(ValueType.TEXT, scope, depth) + ")";
            case 3 -> of(chance.pick(ValueType.values()), scope, depth) + "::text";
            case 4 -> "left(" + inner + ", " + chance.between(-1, 2) + ")";
            case 5 -> "reverse(" + inner + ")";
            case 6 -> "concat(" + inner + ", " + of(ValueType.INT, scope, depth) + ")";
            default -> "(" + inner + " || " + of(ValueType.TEXT, scope, depth) + ")";
        };
    }

    String condition(List<Visible> scope, int depth) {
        return switch (chance.below(12)) {
            case 0 -> "(" + of(ValueType.BOOL, scope, depth) + " AND " + of(ValueType.BOOL, scope, depth) + ")";
            case 1 -> "(" + of(ValueType.BOOL, scope, depth) + " OR " + of(ValueType.BOOL, scope, depth) + ")";
            case 2 -> "(NOT " + of(ValueType.BOOL, scope, depth) + ")";
            case 3 -> "(" + any(scope, depth) + chance.pick(" IS NULL)", " IS NOT NULL)");
            case 4 ->
                "(" + of(ValueType.TEXT, scope, depth) + chance.pick(" LIKE ", " NOT LIKE ", " ILIKE ")
                        + chance.pick("'a%'", "'%b%'", "'_'", "'%'", "'a\\_c'") + ")";
            case 5 -> between(scope, depth);
            case 6 -> inList(scope, depth);
            case 7 -> depth > 0 ? queries.exists(scope) : comparison(scope, depth);
            case 8 -> depth > 0 ? queries.membership(scope) : comparison(scope, depth);
            case 9 ->
                "(" + of(ValueType.BOOL, scope, depth)
                        + chance.pick(" IS TRUE)", " IS NOT FALSE)", " IS UNKNOWN)", " IS NOT TRUE)");
            default -> comparison(scope, depth);
        };
    }

    private String comparison(List<Visible> scope, int depth) {
        ValueType type = chance.pick(ValueType.values());
        ValueType other = switch (type) {
            case INT, LONG, NUMERIC -> chance.pick(ValueType.INT, ValueType.LONG, ValueType.NUMERIC);
            default -> type;
        };
        String operator = chance.pick(
                " = ",
                " <> ",
                " < ",
                " <= ",
                " > ",
                " >= ",
                " >= ",
                " <= ",
                " <> ",
                " IS DISTINCT FROM ",
                " IS NOT DISTINCT FROM ");
        return "(" + of(type, scope, depth) + operator + of(other, scope, depth) + ")";
    }

    private String between(List<Visible> scope, int depth) {
        ValueType type = chance.pick(ValueType.INT, ValueType.NUMERIC, ValueType.DATE, ValueType.TEXT);
        return "(" + of(type, scope, depth) + chance.pick(" BETWEEN ", " NOT BETWEEN ") + of(type, scope, depth)
                + " AND " + of(type, scope, depth) + ")";
    }

    private String inList(List<Visible> scope, int depth) {
        ValueType type = chance.pick(ValueType.INT, ValueType.TEXT, ValueType.DATE, ValueType.LONG);
        String list = type.literal(chance) + ", " + type.literal(chance)
                + (chance.oneIn(4) ? ", NULL" : ", " + of(type, scope, depth));
        return chance.oneIn(4) && type == ValueType.INT
                ? "(" + of(type, scope, depth) + " = ANY (ARRAY[" + list + "]))"
                : "(" + of(type, scope, depth) + chance.pick(" IN (", " NOT IN (") + list + "))";
    }

    private String date(List<Visible> scope, int depth) {
        String inner = of(ValueType.DATE, scope, depth);
        return switch (chance.below(3)) {
            case 0 -> "(" + inner + " + " + chance.between(-40, 40) + ")";
            case 1 -> of(ValueType.TIMESTAMP, scope, depth) + "::date";
            default -> "date_trunc('month', " + inner + ")::date";
        };
    }

    private String timestamp(List<Visible> scope, int depth) {
        String inner = of(ValueType.TIMESTAMP, scope, depth);
        return switch (chance.below(3)) {
            case 0 ->
                "(" + inner + " + interval '" + chance.pick("1 day", "1 month", "90 minutes", "-1 mon 2 days") + "')";
            case 1 -> of(ValueType.DATE, scope, depth) + "::timestamp";
            default -> "date_trunc('" + chance.pick("hour", "day", "month", "week") + "', " + inner + ")";
        };
    }

    /** An aggregate over columns in scope and the type of its result. */
    Visible aggregate(List<Visible> scope) {
        ValueType type = chance.pick(
                ValueType.INT,
                ValueType.NUMERIC,
                ValueType.FLOAT,
                ValueType.TEXT,
                ValueType.DATE,
                ValueType.LONG,
                ValueType.BOOL);
        String distinct = chance.oneIn(4) ? "DISTINCT " : "";
        String argument = of(type, scope, 1);
        String filter = chance.oneIn(6) ? " FILTER (WHERE " + condition(scope, 0) + ")" : "";
        return switch (chance.below(5)) {
            case 0 -> new Visible("count(*)" + filter, ValueType.LONG);
            case 1 -> new Visible("count(" + distinct + argument + ")" + filter, ValueType.LONG);
            case 2 ->
                type == ValueType.BOOL
                        ? new Visible("bool_or(" + argument + ")" + filter, ValueType.BOOL)
                        : new Visible(chance.pick("min(", "max(") + argument + ")" + filter, type);
            default ->
                switch (type) {
                    case INT -> new Visible("sum(" + distinct + argument + ")" + filter, ValueType.LONG);
                    case LONG, NUMERIC ->
                        new Visible(
                                chance.pick("sum(", "avg(") + distinct + argument + ")" + filter, ValueType.NUMERIC);
                    case FLOAT -> new Visible("sum(" + distinct + argument + ")" + filter, ValueType.FLOAT);
                    case TEXT ->
                        new Visible(
                                "string_agg(" + argument + ", ',' ORDER BY " + argument + ")" + filter, ValueType.TEXT);
                    case BOOL -> new Visible("bool_and(" + argument + ")" + filter, ValueType.BOOL);
                    case DATE, TIMESTAMP -> new Visible("max(" + argument + ")" + filter, type);
                };
        };
    }
}
