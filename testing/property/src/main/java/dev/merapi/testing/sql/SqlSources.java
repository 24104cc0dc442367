package dev.merapi.testing.sql;

import dev.merapi.testing.property.Draw;
import dev.merapi.testing.sql.SqlExpressions.Visible;
import dev.merapi.testing.sql.SqlSchema.Column;
import dev.merapi.testing.sql.SqlSchema.Table;
import java.util.ArrayList;
import java.util.List;

/** What stands in FROM. */
final class SqlSources {
    /** FROM items and their columns. */
    record Source(String sql, List<Visible> columns) {
        /** The columns together with those of the rows around. */
        List<Visible> seenIn(List<Visible> outer) {
            List<Visible> all = new ArrayList<>(columns);
            all.addAll(outer);
            return all;
        }
    }

    private final Draw draw;
    private final SqlSchema schema;
    private final SqlQueries queries;
    private final SqlExpressions expressions;

    SqlSources(Draw draw, SqlSchema schema, SqlQueries queries, SqlExpressions expressions) {
        this.draw = draw;
        this.schema = schema;
        this.queries = queries;
        this.expressions = expressions;
    }

    Source draw(List<Visible> outer, int depth) {
        Source all = item(depth);
        int joins = depth > 0 ? draw.pick(List.of(0, 0, 1, 1, 2)) : 0;
        for (int i = 0; i < joins; i++) {
            all = draw.oneIn(6) ? lateral(all, outer, depth - 1) : joined(all, item(depth - 1), depth - 1);
        }
        return all;
    }

    private Source joined(Source left, Source right, int depth) {
        String kind =
                draw.pick(List.of("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"));
        List<Visible> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        String on = kind.equals("CROSS JOIN") ? "" : " ON " + on(kind, left, right, columns, depth);
        return new Source(left.sql() + " " + kind + " " + right.sql() + on, columns);
    }

    private String on(String kind, Source left, Source right, List<Visible> both, int depth) {
        List<Visible> a = SqlExpressions.ofType(left.columns(), SqlType.INT);
        List<Visible> b = SqlExpressions.ofType(right.columns(), SqlType.INT);
        boolean full = kind.equals("FULL JOIN");
        if (a.isEmpty() || b.isEmpty()) {
            return full ? "true" : expressions.condition(both, 0);
        }
        String equal = draw.pick(a).sql() + " = " + draw.pick(b).sql();
        if (full || draw.bool()) {
            return equal;
        }
        return draw.oneIn(3)
                ? expressions.condition(both, depth)
                : equal + " AND " + expressions.condition(both, depth);
    }

    /** A query, or a function, that looks at the rows before it. */
    private Source lateral(Source left, List<Visible> outer, int depth) {
        String name = queries.name("u");
        List<Visible> columns = new ArrayList<>(left.columns());
        List<Visible> arrays = SqlExpressions.ofType(left.columns(), SqlType.INTS);
        String kind = draw.pick(List.of(" CROSS JOIN LATERAL ", " LEFT JOIN LATERAL "));
        String on = kind.startsWith(" LEFT") ? " ON true" : "";
        if (!arrays.isEmpty() && draw.bool()) {
            columns.add(new Visible(name + ".x0", SqlType.INT));
            return new Source(
                    left.sql() + kind + "unnest(" + draw.pick(arrays).sql() + ") AS " + name + "(x0)" + on, columns);
        }
        if (draw.oneIn(3)) {
            columns.add(new Visible(name + ".x0", SqlType.INT));
            String last = "abs(" + expressions.of(SqlType.INT, left.columns(), 0) + ") % 4";
            return new Source(left.sql() + kind + "generate_series(1, " + last + ") AS " + name + "(x0)" + on, columns);
        }
        List<SqlType> types = queries.types(draw.intBetween(1, 2));
        String query = queries.select(types, left.seenIn(outer), Math.max(depth, 0));
        for (int i = 0; i < types.size(); i++) {
            columns.add(new Visible(name + ".x" + i, types.get(i)));
        }
        return new Source(left.sql() + kind + "(" + query + ") " + name + on, columns);
    }

    private Source item(int depth) {
        if (depth > 0 && draw.oneIn(4)) {
            return derived(depth - 1);
        }
        if (draw.oneIn(14)) {
            return literals();
        }
        Table table = draw.pick(schema.tables());
        String name = queries.name("a");
        List<Visible> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            columns.add(new Visible(name + "." + column.name(), column.type()));
        }
        return new Source(table.name() + " " + name, columns);
    }

    private Source derived(int depth) {
        String name = queries.name("q");
        List<SqlType> types = new ArrayList<>(List.of(SqlType.INT));
        types.addAll(queries.types(draw.intBetween(0, 2)));
        List<Visible> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new Visible(name + ".x" + i, types.get(i)));
        }
        return new Source("(" + queries.select(types, List.of(), depth) + ") " + name, columns);
    }

    private Source literals() {
        String name = queries.name("v");
        SqlType type = draw.pick(SqlType.ALL);
        String rows = "(1, " + type.literal(draw) + "), (2, NULL), (3, " + type.literal(draw) + ")";
        return new Source(
                "(VALUES " + rows + ") " + name + "(x0, x1)",
                List.of(new Visible(name + ".x0", SqlType.INT), new Visible(name + ".x1", type)));
    }
}
