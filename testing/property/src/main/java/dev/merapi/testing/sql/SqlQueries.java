package dev.merapi.testing.sql;

import dev.merapi.testing.property.Draw;
import dev.merapi.testing.sql.SqlExpressions.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Queries over all relational operators, in one another to some depth. */
public final class SqlQueries {
    /**
     * What may be drawn.
     *
     * @param parameters how many integer parameters there are
     * @param ties whether ORDER BY with LIMIT may leave open which rows it takes
     * @param open whether the result may show an order that the query does not say
     */
    public record Options(int parameters, boolean ties, boolean open) {
        /** Every query has one right answer. */
        public static final Options ONE_ANSWER = new Options(0, false, false);
    }

    private static final List<SqlType> COMPARED =
            List.of(SqlType.INT, SqlType.INT, SqlType.INT, SqlType.TEXT, SqlType.DATE, SqlType.NUMERIC, SqlType.UUID);

    private final Draw draw;
    private final SqlSchema schema;
    private final Options options;
    private final SqlExpressions expressions;
    private final SqlSources sources;
    private int names;
    private boolean open;

    public SqlQueries(Draw draw, SqlSchema schema, Options options) {
        this.draw = draw;
        this.schema = schema;
        this.options = options;
        this.expressions = new SqlExpressions(draw, this, options.parameters());
        this.sources = new SqlSources(draw, schema, this, expressions);
    }

    /**
     * A whole query.
     *
     * @param parameters how many it reads, {@code $1} and so on
     * @param open whether its result may show an order that it does not say
     */
    public record Query(String sql, int parameters, boolean open) {
        /** The query with values instead of its parameters. */
        public String with(List<Integer> values) {
            String text = sql;
            for (int i = 0; i < parameters; i++) {
                text = text.replace("$" + (i + 1) + "::int", values.get(i) + "::int");
            }
            return text;
        }
    }

    /** Draws a whole query. */
    public Query query() {
        open = false;
        List<SqlType> types = types(draw.intBetween(1, 3));
        String query = select(types, List.of(), 2);
        String sql = switch (draw.intBetween(0, 9)) {
            case 0, 1, 2, 3 -> query + tail(types.size());
            case 4, 5 -> with(query, types);
            case 6 -> draw.oneIn(3) ? recursive() : windowed(query, types);
            default -> query;
        };
        int parameters = 0;
        for (int i = 1; i <= options.parameters(); i++) {
            if (sql.contains("$" + i)) {
                sql = sql.replace("$" + i, "$" + ++parameters);
            }
        }
        return new Query(sql, parameters, open);
    }

    /** In one of {@code n} cases, if orders may be left open at all, leaves one open. */
    boolean leavesOpen(int n) {
        boolean leaves = options.open() && draw.oneIn(n);
        open |= leaves;
        return leaves;
    }

    boolean mayTie() {
        return options.ties();
    }

    String name(String prefix) {
        return prefix + names++;
    }

    List<SqlType> types(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> draw.oneIn(3) ? SqlType.INT : draw.pick(SqlType.ALL))
                .toList();
    }

    /** A query with columns {@code x0, x1, …} of these types, which may look at the rows around it. */
    String select(List<SqlType> types, List<Visible> outer, int depth) {
        return switch (draw.intBetween(0, 11)) {
            case 0, 1, 2 -> grouped(types, outer, depth);
            case 3 -> depth > 0 ? setOperation(types, outer, depth - 1) : plain("", types, outer, 0);
            case 4 -> plain("DISTINCT ", types, outer, depth);
            case 5 -> depth > 0 ? best(types, outer, depth - 1) : plain("", types, outer, 0);
            case 6 -> depth > 0 ? limited(types, outer, depth - 1) : plain("", types, outer, 0);
            case 7 -> depth > 0 ? distinctOn(types, outer, depth - 1) : plain("", types, outer, 0);
            default -> plain("", types, outer, depth);
        };
    }

    private String plain(String distinct, List<SqlType> types, List<Visible> outer, int depth) {
        SqlSources.Source source = sources.draw(outer, depth);
        List<Visible> scope = source.seenIn(outer);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(expressions.of(types.get(i), scope, depth) + " AS x" + i);
        }
        return "SELECT " + distinct + String.join(", ", columns) + " FROM " + source.sql() + where(scope, depth);
    }

    String where(List<Visible> scope, int depth) {
        return switch (draw.intBetween(0, 3)) {
            case 0 -> "";
            case 1 -> " WHERE " + expressions.condition(scope, depth) + " AND " + expressions.condition(scope, 0);
            case 2 -> " WHERE " + expressions.condition(scope, depth) + " OR " + expressions.condition(scope, depth);
            default -> " WHERE " + expressions.condition(scope, depth);
        };
    }

    private String grouped(List<SqlType> types, List<Visible> outer, int depth) {
        SqlSources.Source source = sources.draw(outer, depth);
        SqlAggregates aggregates = new SqlAggregates(draw, this, expressions);
        int keys = draw.intBetween(0, types.size());
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            SqlType type = types.get(i);
            columns.add((i < keys ? expressions.of(type, source.columns(), 1) : aggregates.of(type, source.columns()))
                    + " AS x" + i);
        }
        String having = draw.oneIn(4)
                ? " HAVING " + aggregates.of(SqlType.LONG, source.columns())
                        + draw.pick(List.of(" > 1", " = 1", " > 0"))
                : "";
        return "SELECT " + String.join(", ", columns) + " FROM " + source.sql() + where(source.seenIn(outer), depth)
                + groupBy(keys) + having;
    }

    private String groupBy(int keys) {
        String positions =
                IntStream.rangeClosed(1, keys).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        if (keys == 0) {
            return "";
        }
        return " GROUP BY "
                + (draw.oneIn(5) ? draw.pick(List.of("ROLLUP", "CUBE")) + " (" + positions + ")" : positions);
    }

    private String setOperation(List<SqlType> types, List<Visible> outer, int depth) {
        String operation =
                draw.pick(List.of("UNION ALL", "UNION", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL"));
        return "(" + select(types, outer, depth) + ") " + operation + " (" + select(types, outer, depth) + ")";
    }

    /** The best rows of each group by number or rank. */
    private String best(List<SqlType> types, List<Visible> outer, int depth) {
        String name = name("r");
        String rows = name("r");
        boolean counted = draw.bool();
        List<String> order = new ArrayList<>(
                IntStream.range(0, types.size()).mapToObj(i -> rows + ".x" + i).toList());
        boolean tied = counted ? leavesOpen(2) : draw.bool();
        String by = String.join(", ", tied ? order.subList(0, 1) : order) + draw.pick(List.of("", " DESC"));
        String number = (counted ? "row_number()" : draw.pick(List.of("rank()", "dense_rank()"))) + " OVER ("
                + (draw.bool() ? "PARTITION BY " + rows + ".x0 " : "") + "ORDER BY " + by + ")";
        return "SELECT " + columns(name, types.size()) + " FROM (SELECT " + rows + ".*, " + number + " AS place FROM ("
                + select(types, outer, depth) + ") " + rows + ") " + name + " WHERE " + name + ".place"
                + draw.pick(List.of(" <= 2", " = 1", " < 3", " = 2"));
    }

    private String distinctOn(List<SqlType> types, List<Visible> outer, int depth) {
        String rows = name("d");
        List<String> order =
                IntStream.range(0, types.size()).mapToObj(i -> rows + ".x" + i).toList();
        String by = String.join(", ", leavesOpen(2) ? order.subList(0, 1) : order);
        return "SELECT * FROM (SELECT DISTINCT ON (" + rows + ".x0) " + columns(rows, types.size()) + " FROM ("
                + select(types, outer, depth) + ") " + rows + " ORDER BY " + by + ") " + name("d");
    }

    private static String columns(String of, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> of + ".x" + i + " AS x" + i)
                .collect(Collectors.joining(", "));
    }

    private String limited(List<SqlType> types, List<Visible> outer, int depth) {
        String rows = name("l");
        return "SELECT * FROM (SELECT " + columns(rows, types.size()) + " FROM (" + select(types, outer, depth) + ") "
                + rows + tail(types.size()) + ") " + name("l");
    }

    /** ORDER BY, mostly with LIMIT or OFFSET. */
    private String tail(int columns) {
        if (leavesOpen(6)) {
            return limit();
        }
        int by = options.ties() && draw.oneIn(3) ? 1 : columns;
        String order = IntStream.rangeClosed(1, by)
                .mapToObj(i -> i + draw.pick(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST")))
                .collect(Collectors.joining(", "));
        return " ORDER BY " + order + (draw.oneIn(4) ? "" : limit());
    }

    private String limit() {
        String first = options.parameters() > 0 && draw.oneIn(4) ? "$1::int" : String.valueOf(draw.intBetween(0, 4));
        return draw.pick(List.of(" LIMIT " + first, " LIMIT 3 OFFSET 1", " OFFSET 2", " FETCH FIRST 2 ROWS WITH TIES")
                .subList(0, options.ties() ? 3 : 4));
    }

    private String windowed(String query, List<SqlType> types) {
        String order = IntStream.range(0, types.size()).mapToObj(i -> "r.x" + i).collect(Collectors.joining(", "));
        String function = draw.pick(
                List.of("rank()", "count(*)", "lag(r.x0)", "first_value(r.x0)", "dense_rank()", "count(r.x0)"));
        return "SELECT r.x0, " + function + " OVER (" + (draw.bool() ? "PARTITION BY r.x0 " : "") + "ORDER BY " + order
                + ") AS x1 FROM (" + query + ") r";
    }

    private String recursive() {
        String table = draw.pick(schema.tables()).name();
        return "WITH RECURSIVE r(n) AS (SELECT id FROM " + table + " WHERE k = " + SqlType.INT.literal(draw)
                + " UNION SELECT o.k FROM " + table + " o JOIN r ON o.id = r.n) SELECT n AS x0 FROM r";
    }

    private String with(String query, List<SqlType> types) {
        String name = name("w");
        List<Visible> scope = new ArrayList<>();
        for (String alias : List.of("a", "b")) {
            for (int i = 0; i < types.size(); i++) {
                scope.add(new Visible(alias + ".x" + i, types.get(i)));
            }
        }
        String kind = draw.pick(List.of("JOIN", "LEFT JOIN", "FULL JOIN"));
        return "WITH " + name + " AS (" + query + ") SELECT " + expressions.of(SqlType.INT, scope, 1)
                + " AS x0, count(*) AS x1 FROM " + name + " a " + kind + " " + name + " b ON a.x0 = b.x0"
                + where(scope, 1) + " GROUP BY 1";
    }

    /** A truth value that asks a query. */
    String membership(List<Visible> outer, int depth) {
        SqlType type = draw.pick(COMPARED);
        String value = expressions.of(type, outer, 0);
        return switch (draw.intBetween(0, 4)) {
            case 0, 1 -> draw.pick(List.of("", "NOT ")) + "EXISTS (" + select(types(1), outer, depth) + ")";
            case 2 ->
                "(" + value + draw.pick(List.of(" IN (", " NOT IN (")) + select(List.of(type), outer, depth) + "))";
            case 3 ->
                "(" + value + draw.pick(List.of(" = ", " < ", " >= ", " <> ")) + draw.pick(List.of("ANY (", "ALL ("))
                        + select(List.of(type), outer, depth) + "))";
            default ->
                "((" + value + ", " + expressions.of(SqlType.INT, outer, 0) + ")"
                        + draw.pick(List.of(" IN (", " NOT IN ("))
                        + select(List.of(type, SqlType.INT), outer, depth) + "))";
        };
    }

    /** A query as a value: an aggregate over everything, so there is exactly one row, or an array of all values. */
    String scalar(SqlType type, List<Visible> outer, int depth) {
        if (type == SqlType.INTS && draw.bool()) {
            String rows = name("v");
            return "ARRAY(SELECT " + rows + ".x0 FROM (" + select(List.of(SqlType.INT), outer, depth) + ") " + rows
                    + (leavesOpen(2) ? "" : " ORDER BY 1") + ")";
        }
        SqlSources.Source source = sources.draw(outer, depth);
        return "(SELECT " + new SqlAggregates(draw, this, expressions).of(type, source.columns()) + " FROM "
                + source.sql() + where(source.seenIn(outer), depth) + ")";
    }
}
