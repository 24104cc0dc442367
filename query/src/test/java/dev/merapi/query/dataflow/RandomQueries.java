package dev.merapi.query.dataflow;

import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * Random SQL over the operators that circuits maintain. Every query yields integer columns called c0, c1, …, so that
 * queries can stand wherever a table can.
 */
final class RandomQueries {
    static final String SCHEMA = """
        CREATE TABLE a (id int PRIMARY KEY, k int, v int, t text, n numeric(6, 2), f double precision, b boolean);
        CREATE TABLE c (id int PRIMARY KEY, k int, v int, t text, n numeric(6, 2), f double precision, b boolean);
        CREATE TABLE d (k int NOT NULL, v int, t text, n numeric, f double precision, b boolean);
        """;

    private static final List<String> TABLES = List.of("a", "c", "d");
    private static final List<String> COMPARISONS = List.of("=", "=", "=", "<", "<=", ">", "<>");

    private final Draw draw;
    private int names;
    /** Integer columns of the queries around, which an inner one may look at. */
    private final List<String> outer = new ArrayList<>();

    RandomQueries(Draw draw) {
        this.draw = draw;
    }

    /** What stands in FROM, and its integer columns. */
    private record From(String sql, List<String> columns, List<String> tables) {}

    /** A whole query. */
    String query() {
        int width = draw.intBetween(1, 3);
        String body = draw.oneIn(6) ? setOperation(width, 2) : select(width, 2);
        if (draw.oneIn(6)) {
            String name = name("w");
            String twice = "SELECT x.c0 AS c0 FROM " + name + " x, " + name + " y WHERE x.c0 = y.c0 AND x.c0 > $1::int";
            return "WITH " + name + " AS (" + body + ") " + (draw.bool() ? "SELECT * FROM " + name : twice);
        }
        return switch (draw.intBetween(0, 3)) {
            case 0 -> ordered(body, width) + limit();
            case 1 -> draw.bool() ? ordered(body, width) : "SELECT * FROM (" + ordered(body, width) + ") y" + limit();
            default -> body;
        };
    }

    private String ordered(String body, int width) {
        StringBuilder order = new StringBuilder("SELECT * FROM (" + body + ") z ORDER BY ");
        for (int i = 0; i < width; i++) {
            order.append(i == 0 ? "" : ", ").append('c').append(i);
            order.append(draw.pick(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST")));
        }
        return order.toString();
    }

    private String limit() {
        return draw.pick(List.of(
                " LIMIT 3", " LIMIT 2 OFFSET 1", " OFFSET 2", " LIMIT 1", " LIMIT $2::int", " LIMIT 0", " LIMIT 4"));
    }

    private String setOperation(int width, int depth) {
        String operation =
                draw.pick(List.of("UNION ALL", "UNION", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL"));
        return "(" + select(width, depth - 1) + ") " + operation + " (" + select(width, depth - 1) + ")";
    }

    private String select(int width, int depth) {
        From from = from(depth);
        String where = where(from, depth);
        if (draw.oneIn(3)) {
            return grouped(width, from, where);
        }
        StringBuilder sql = new StringBuilder(draw.oneIn(6) ? "SELECT DISTINCT " : "SELECT ");
        for (int i = 0; i < width; i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append(value(from, depth))
                    .append(" AS c")
                    .append(i);
        }
        return sql + " FROM " + from.sql() + where;
    }

    private String grouped(int width, From from, String where) {
        int keys = Math.min(width, draw.intBetween(0, 2));
        StringBuilder sql = new StringBuilder("SELECT ");
        List<String> by = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            sql.append(i == 0 ? "" : ", ");
            if (i < keys) {
                by.add(column(from));
                sql.append(by.getLast());
            } else {
                sql.append(aggregate(from));
            }
            sql.append(" AS c").append(i);
        }
        sql.append(" FROM ").append(from.sql()).append(where);
        if (!by.isEmpty()) {
            sql.append(" GROUP BY ").append(grouping(by));
        }
        if (draw.oneIn(4)) {
            sql.append(" HAVING count(*) > ").append(draw.pick(List.of("1", "0", "$1::int")));
        }
        return sql.toString();
    }

    private String grouping(List<String> by) {
        String columns = String.join(", ", by);
        return by.size() == 1 || !draw.oneIn(4) ? columns : draw.pick(List.of("ROLLUP", "CUBE")) + " (" + columns + ")";
    }

    private String aggregate(From from) {
        String argument = column(from);
        String distinct = draw.oneIn(3) ? "DISTINCT " : "";
        String filter = draw.oneIn(4) ? " FILTER (WHERE " + column(from) + " > " + constant() + ")" : "";
        return switch (draw.intBetween(0, 9)) {
            case 0 -> "count(*)" + filter;
            case 1 -> "count(" + distinct + argument + ")" + filter;
            case 2 -> "sum(" + distinct + argument + ")" + filter;
            case 3 -> "min(" + argument + ")" + filter;
            case 4 -> "max(" + argument + ")" + filter;
            case 5 -> "length(string_agg(" + argument + "::text, ',' ORDER BY " + argument + ")" + filter + ")";
            case 6 -> "avg(" + distinct + argument + ")" + filter;
            case 7 -> "bool_or(" + argument + " > 1)" + filter + "::int";
            case 8 -> other(from, distinct, filter);
            default ->
                "array_length(array_agg(" + distinct + argument + " ORDER BY " + argument + ")" + filter + ", 1)";
        };
    }

    /** Aggregates of the columns that only tables have, as an integer. */
    private String other(From from, String distinct, String filter) {
        if (from.tables().isEmpty()) {
            return "count(*)";
        }
        String table = draw.pick(from.tables());
        return switch (draw.intBetween(0, 5)) {
            case 0 -> "sum(" + distinct + table + ".n)" + filter;
            case 1 -> "max(" + table + ".t)" + filter;
            case 2 -> "(sum(" + table + ".f)" + filter + ")::int";
            case 3 -> "bool_and(" + table + ".b)" + filter + "::int";
            case 4 -> "avg(" + table + ".n)" + filter;
            default -> "string_agg(DISTINCT " + table + ".t, '+')" + filter;
        };
    }

    private From from(int depth) {
        From first = item(depth);
        int more = depth > 0 ? draw.pick(List.of(0, 0, 1, 1, 2)) : 0;
        From all = first;
        for (int i = 0; i < more; i++) {
            all = joined(all, item(depth - 1));
        }
        return all;
    }

    private From joined(From left, From right) {
        String kind = draw.pick(List.of("JOIN", "JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"));
        List<String> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        List<String> tables = new ArrayList<>(left.tables());
        tables.addAll(right.tables());
        String on = "";
        if (!kind.equals("CROSS JOIN")) {
            on = " ON " + draw.pick(left.columns()) + " = " + draw.pick(right.columns());
            if (draw.oneIn(4)) {
                on += " AND " + draw.pick(left.columns()) + draw.pick(COMPARISONS) + draw.pick(right.columns());
            }
            if (draw.oneIn(5)) {
                on += " AND " + draw.pick(right.columns()) + " >= $1::int";
            }
        }
        return new From(left.sql() + " " + kind + " " + right.sql() + on, columns, tables);
    }

    private From item(int depth) {
        if (depth > 0 && draw.oneIn(5)) {
            String name = name("s");
            int width = draw.intBetween(1, 2);
            List<String> columns = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                columns.add(name + ".c" + i);
            }
            List<String> around = List.copyOf(outer);
            String sql = "(" + integers(select(width, depth - 1), width) + ") " + name;
            outer.clear();
            outer.addAll(around);
            return new From(sql, columns, List.of());
        }
        String table = draw.pick(TABLES);
        String name = name(table);
        List<String> columns = new ArrayList<>(List.of(name + ".k", name + ".v"));
        if (!table.equals("d")) {
            columns.add(name + ".id");
        }
        return new From(table + " " + name, columns, List.of(name));
    }

    /** The same query with integer columns. */
    private String integers(String sql, int width) {
        String name = name("i");
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < width; i++) {
            columns.append(i == 0 ? "" : ", ")
                    .append("length(c")
                    .append(i)
                    .append("::text) AS c")
                    .append(i);
        }
        return "SELECT " + columns + " FROM (" + sql + ") " + name;
    }

    private String where(From from, int depth) {
        int terms = draw.pick(List.of(0, 1, 1, 2, 2, 3));
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < terms; i++) {
            sql.append(i == 0 ? " WHERE " : " AND ").append(predicate(from, depth));
        }
        return sql.toString();
    }

    private String predicate(From from, int depth) {
        String column = column(from);
        return switch (draw.intBetween(0, depth > 0 ? 16 : 7)) {
            case 0, 1 -> column + " " + draw.pick(COMPARISONS) + " $1::int";
            case 2 -> column + " " + draw.pick(COMPARISONS) + " " + constant();
            case 3 -> column + " = $2::int";
            case 4 -> "(" + column + " = $1::int OR " + column(from) + " > $2::int)";
            case 5 -> column + draw.pick(List.of(" IS NULL", " IS NOT NULL"));
            case 6 -> column + " IN (" + constant() + ", $2::int)";
            case 7 -> column + " " + draw.pick(COMPARISONS) + " " + column(from);
            case 8, 9 -> draw.pick(List.of("", "NOT ")) + "EXISTS (" + inner(from, 1, depth - 1, false) + ")";
            case 10, 11 -> column + draw.pick(List.of(" IN (", " NOT IN (")) + inner(from, 1, depth - 1, true) + ")";
            case 12 -> column + " " + draw.pick(COMPARISONS) + " (" + scalar(from, depth - 1) + ")";
            case 13 ->
                column + " " + draw.pick(COMPARISONS) + draw.pick(List.of(" ANY (", " ALL ("))
                        + inner(from, 1, depth - 1, true) + ")";
            case 14 ->
                "(" + column + ", " + column(from) + ")" + draw.pick(List.of(" IN (", " NOT IN ("))
                        + inner(from, 2, depth - 1, true) + ")";
            default ->
                "(" + column + " = $1::int OR " + draw.pick(List.of("", "NOT ")) + "EXISTS ("
                        + inner(from, 1, depth - 1, false) + "))";
        };
    }

    /** A query inside, which may look at the rows around it. */
    private String inner(From around, int width, int depth, boolean integer) {
        List<String> before = List.copyOf(outer);
        if (draw.bool()) {
            outer.addAll(around.columns());
        } else {
            outer.clear();
        }
        String sql = select(width, depth);
        outer.clear();
        outer.addAll(before);
        return integer ? integers(sql, width) : sql;
    }

    private String scalar(From around, int depth) {
        String name = name("q");
        return "SELECT " + draw.pick(List.of("max", "min", "count")) + "(" + name + ".c0) FROM ("
                + inner(around, 1, depth, true) + ") " + name;
    }

    private String value(From from, int depth) {
        return switch (draw.intBetween(0, depth > 0 ? 7 : 5)) {
            case 0 -> column(from) + " + " + column(from);
            case 1 -> "coalesce(" + column(from) + ", $1::int)";
            case 2 -> "CASE WHEN " + column(from) + " > $2::int THEN 1 ELSE " + column(from) + " END";
            case 6 -> "(" + scalar(from, depth - 1) + ")";
            case 7 -> "(" + column(from) + " IN (" + inner(from, 1, depth - 1, true) + "))::int";
            default -> column(from);
        };
    }

    private String column(From from) {
        return !outer.isEmpty() && draw.oneIn(3) ? draw.pick(outer) : draw.pick(from.columns());
    }

    private String constant() {
        return String.valueOf(draw.intBetween(0, 4));
    }

    private String name(String prefix) {
        return prefix + names++;
    }

    /** A transaction of some statements. */
    String transaction() {
        StringBuilder script = new StringBuilder();
        for (int i = draw.intBetween(0, 3); i >= 0; i--) {
            script.append(statement()).append(';');
        }
        return script.toString();
    }

    private String statement() {
        String table = draw.pick(TABLES);
        String where = " WHERE k = " + draw.intBetween(0, 4);
        return switch (draw.intBetween(0, 11)) {
            case 0 -> "DELETE FROM " + table + where;
            case 1 -> "UPDATE " + table + " SET v = " + number() + where;
            case 2 -> "UPDATE " + table + " SET k = " + draw.intBetween(0, 4) + " WHERE v = " + draw.intBetween(0, 4);
            case 3 -> draw.oneIn(3) ? "DELETE FROM " + table : "DELETE FROM " + table + " WHERE v IS NULL";
            case 4 -> "UPDATE " + table + " SET n = n + 1, f = f * 2, b = NOT b, t = t || 'x'" + where;
            default -> insert(table);
        };
    }

    private String insert(String table) {
        StringBuilder sql = new StringBuilder("INSERT INTO " + table + " VALUES ");
        for (int i = 0, rows = draw.intBetween(1, 3); i < rows; i++) {
            sql.append(i == 0 ? "(" : ", (");
            if (!table.equals("d")) {
                sql.append(draw.intBetween(0, 30)).append(", ");
            }
            sql.append(table.equals("d") ? String.valueOf(draw.intBetween(0, 4)) : number());
            sql.append(", ").append(number());
            sql.append(", ").append(draw.oneIn(5) ? "NULL" : "'" + draw.pick(List.of("x", "y", "zz", "")) + "'");
            sql.append(", ").append(draw.pick(List.of("NULL", "1.5", "2", "0.25", "-3")));
            sql.append(", ").append(draw.pick(List.of("NULL", "1.5", "2", "0.25", "-3")));
            sql.append(", ").append(draw.pick(List.of("NULL", "true", "false"))).append(')');
        }
        return sql + (table.equals("d") ? "" : " ON CONFLICT DO NOTHING");
    }

    private String number() {
        return draw.oneIn(5) ? "NULL" : String.valueOf(draw.intBetween(0, 4));
    }
}
