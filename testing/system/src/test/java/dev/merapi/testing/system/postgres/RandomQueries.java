package dev.merapi.testing.system.postgres;

import dev.merapi.testing.system.postgres.RandomExpressions.Visible;
import dev.merapi.testing.system.postgres.RandomSchema.Column;
import dev.merapi.testing.system.postgres.RandomSchema.Table;
import dev.merapi.testing.system.postgres.RandomSchema.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statements over a {@link RandomSchema}. Every query has one right answer: a LIMIT comes with an ORDER BY over all
 * columns, a window is ordered by a key.
 */
final class RandomQueries {
    private final Chance chance;
    private final RandomSchema schema;
    private final RandomExpressions expressions;
    private int aliases;

    private RandomQueries(Chance chance, RandomSchema schema) {
        this.chance = chance;
        this.schema = schema;
        this.expressions = new RandomExpressions(chance, this);
    }

    /** The case of a seed: always the same one. */
    static SqlCase caseOf(long seed) {
        Chance chance = new Chance(seed);
        RandomSchema schema = RandomSchema.generate(chance);
        RandomQueries queries = new RandomQueries(chance, schema);
        List<String> statements = chance.oneIn(5) ? queries.write() : List.of(queries.statement() + ";");
        return new SqlCase("generated", "seed " + seed, schema.statements(), statements, false, false, List.of());
    }

    private String statement() {
        return switch (chance.below(10)) {
            case 0, 1 -> setOperation();
            case 2 -> withQuery();
            case 3 -> windowed();
            case 4, 5, 6 -> grouped();
            default -> plain();
        };
    }

    /** FROM items and what their columns are called. */
    private record Source(String sql, List<Visible> scope) {}

    private Source source() {
        Source first = relation();
        StringBuilder sql = new StringBuilder(first.sql());
        List<Visible> scope = new ArrayList<>(first.scope());
        int joins = chance.pick(0, 0, 1, 1, 1, 2);
        for (int i = 0; i < joins; i++) {
            Source next = relation();
            String kind =
                    chance.pick("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN");
            sql.append(' ').append(kind).append(' ').append(next.sql());
            if (!kind.equals("CROSS JOIN")) {
                sql.append(" ON ").append(joinCondition(kind, scope, next.scope()));
            }
            scope.addAll(next.scope());
        }
        return new Source(sql.toString(), scope);
    }

    private String joinCondition(String kind, List<Visible> left, List<Visible> right) {
        Visible a = chance.pick(ofType(left, ValueType.INT));
        Visible b = chance.pick(ofType(right, ValueType.INT));
        String equal = a.sql() + " = " + b.sql();
        if (kind.equals("FULL JOIN") || chance.oneIn(2)) {
            return equal;
        }
        List<Visible> both = new ArrayList<>(left);
        both.addAll(right);
        return chance.oneIn(3) ? expressions.condition(both, 1) : equal + " AND " + expressions.condition(both, 1);
    }

    private static List<Visible> ofType(List<Visible> scope, ValueType type) {
        return scope.stream().filter(column -> column.type() == type).toList();
    }

    private Source relation() {
        String alias = "a" + aliases++;
        if (chance.oneIn(6)) {
            return derived(alias);
        }
        Table table = chance.pick(schema.tables());
        List<Visible> scope = new ArrayList<>();
        for (Column column : table.columns()) {
            scope.add(new Visible(alias + "." + column.name(), column.type()));
        }
        return new Source(table.name() + " " + alias, scope);
    }

    private Source derived(String alias) {
        Table table = chance.pick(schema.tables());
        String inner = "a" + aliases++;
        List<Visible> scope = new ArrayList<>();
        for (Column column : table.columns()) {
            scope.add(new Visible(inner + "." + column.name(), column.type()));
        }
        Visible total = expressions.aggregate(scope);
        String sql = "(SELECT " + inner + ".k AS k, " + total.sql() + " AS v FROM " + table.name() + " " + inner
                + where(scope, 1) + " GROUP BY " + inner + ".k) " + alias;
        return new Source(
                sql, List.of(new Visible(alias + ".k", ValueType.INT), new Visible(alias + ".v", total.type())));
    }

    private String where(List<Visible> scope, int depth) {
        return switch (chance.below(4)) {
            case 0, 1 -> "";
            case 2 -> " WHERE " + expressions.condition(scope, depth);
            default -> " WHERE " + expressions.condition(scope, depth) + " OR " + expressions.condition(scope, depth);
        };
    }

    private String plain() {
        Source source = source();
        int columns = chance.between(1, 4);
        String list = IntStream.range(0, columns)
                .mapToObj(i -> expressions.any(source.scope(), 2) + " AS x" + i)
                .collect(Collectors.joining(", "));
        return "SELECT " + (chance.oneIn(4) ? "DISTINCT " : "") + list + " FROM " + source.sql()
                + where(source.scope(), 2) + tail(columns);
    }

    private String tail(int columns) {
        if (!chance.oneIn(3)) {
            return "";
        }
        String order = IntStream.rangeClosed(1, columns)
                .mapToObj(i -> i + chance.pick("", " DESC", " NULLS FIRST", " DESC NULLS LAST"))
                .collect(Collectors.joining(", "));
        return " ORDER BY " + order + (chance.oneIn(2) ? " LIMIT " + chance.between(0, 5) : "")
                + (chance.oneIn(3) ? " OFFSET " + chance.between(0, 3) : "");
    }

    private String grouped() {
        Source source = source();
        List<String> keys = IntStream.range(0, chance.between(0, 2))
                .mapToObj(i -> expressions.any(source.scope(), 1))
                .toList();
        List<String> list = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            list.add(keys.get(i) + " AS k" + i);
        }
        int aggregates = chance.between(1, 3);
        for (int i = 0; i < aggregates; i++) {
            list.add(expressions.aggregate(source.scope()).sql() + " AS v" + i);
        }
        String positions =
                IntStream.rangeClosed(1, keys.size()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String groupBy = keys.isEmpty()
                ? ""
                : " GROUP BY " + (chance.oneIn(5) ? "GROUPING SETS ((" + positions + "), ())" : positions);
        return "SELECT " + String.join(", ", list) + " FROM " + source.sql() + where(source.scope(), 2)
                + groupBy.replace("GROUPING SETS ((1), ())", "ROLLUP (1)").replace("GROUPING SETS ((1, 2), ())", "1, 2")
                + having(source.scope()) + tail(list.size());
    }

    private String having(List<Visible> scope) {
        if (!chance.oneIn(4)) {
            return "";
        }
        Visible total = expressions.aggregate(scope);
        return " HAVING " + total.sql()
                + chance.pick(" IS NOT NULL", " = ", " <> ", " >= ")
                        .replaceAll("(= |<> |>= )$", "$1" + total.type().literal(chance));
    }

    private String setOperation() {
        List<ValueType> types = IntStream.range(0, chance.between(1, 2))
                .mapToObj(i -> chance.pick(ValueType.values()))
                .toList();
        StringBuilder sql = new StringBuilder(branch(types));
        int more = chance.between(1, 2);
        for (int i = 0; i < more; i++) {
            sql.append(chance.pick(
                            " UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " EXCEPT ALL ", " INTERSECT ALL "))
                    .append(branch(types));
        }
        return sql + tail(types.size());
    }

    private String branch(List<ValueType> types) {
        Source source = source();
        List<String> list = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            list.add(expressions.of(types.get(i), source.scope(), 1) + " AS x" + i);
        }
        return "SELECT " + String.join(", ", list) + " FROM " + source.sql() + where(source.scope(), 1);
    }

    private String withQuery() {
        Source source = source();
        String inner = "SELECT " + expressions.of(ValueType.INT, source.scope(), 2) + " AS n, "
                + expressions.of(ValueType.TEXT, source.scope(), 1) + " AS s FROM " + source.sql()
                + where(source.scope(), 1);
        List<Visible> scope = List.of(
                new Visible("w.n", ValueType.INT),
                new Visible("w.s", ValueType.TEXT),
                new Visible("v.n", ValueType.INT));
        return "WITH q AS (" + inner + ") SELECT " + expressions.any(scope, 1) + " AS a, count(*) AS c FROM q w "
                + chance.pick("JOIN", "LEFT JOIN", "FULL JOIN") + " q v ON w.n = v.n"
                + where(scope, 1) + " GROUP BY 1" + tail(2);
    }

    private String windowed() {
        Table table = chance.pick(schema.tables());
        List<Visible> scope = new ArrayList<>();
        for (Column column : table.columns()) {
            scope.add(new Visible("w." + column.name(), column.type()));
        }
        String partition = chance.oneIn(2) ? "PARTITION BY " + expressions.any(scope, 1) + " " : "";
        String order =
                "ORDER BY " + (chance.oneIn(3) ? "w.k DESC NULLS LAST, " : "") + "w.id" + chance.pick("", " DESC");
        String frame = chance.pick(
                "",
                "",
                " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
                " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                " GROUPS 2 PRECEDING");
        String function = chance.pick(
                "row_number()",
                "rank()",
                "lag(" + expressions.of(ValueType.INT, scope, 1) + ")",
                "lead((" + expressions.of(ValueType.TEXT, scope, 0) + ")::text, 2)",
                "first_value(" + expressions.any(scope, 0) + ")",
                "sum(" + expressions.of(ValueType.INT, scope, 1) + ")",
                "count(" + expressions.any(scope, 0) + ")",
                "max(" + expressions.of(ValueType.DATE, scope, 0) + ")",
                "ntile(3)");
        return "SELECT w.id, " + function + " OVER (" + partition + order + frame + ") AS v FROM " + table.name() + " w"
                + where(scope, 1);
    }

    /** An EXISTS over one table, as often correlated as not. */
    String exists(List<Visible> outer) {
        Source inner = relation();
        return chance.pick("", "(NOT ")
                .transform(not -> not + "EXISTS (SELECT 1 FROM " + inner.sql() + " WHERE "
                        + innerCondition(outer, inner) + ")" + (not.isEmpty() ? "" : ")"));
    }

    /** IN or a quantified comparison with a query. */
    String membership(List<Visible> outer) {
        Source inner = relation();
        String operator = chance.pick(" IN (", " NOT IN (", " = ANY (", " > ALL (", " <= SOME (");
        return "(" + expressions.of(ValueType.INT, outer, 0) + operator + "SELECT "
                + chance.pick(ofType(inner.scope(), ValueType.INT)).sql() + " FROM " + inner.sql() + " WHERE "
                + innerCondition(outer, inner) + "))";
    }

    /** A scalar query: an aggregate, so that there is exactly one row. */
    String scalar(ValueType type, List<Visible> outer) {
        Source inner = relation();
        return "(SELECT " + chance.pick("max(", "min(") + expressions.of(type, inner.scope(), 0) + ") FROM "
                + inner.sql() + " WHERE " + innerCondition(outer, inner) + ")";
    }

    private String innerCondition(List<Visible> outer, Source inner) {
        List<Visible> candidates = ofType(outer, ValueType.INT);
        if (candidates.isEmpty() || chance.oneIn(3)) {
            return expressions.condition(inner.scope(), 0);
        }
        String operator = chance.pick(" = ", " = ", " = ", " < ", " <> ");
        return chance.pick(ofType(inner.scope(), ValueType.INT)).sql()
                + operator
                + chance.pick(candidates).sql()
                + (chance.oneIn(3) ? " AND " + expressions.condition(inner.scope(), 0) : "");
    }

    /** A writing statement and a look at the table afterwards. */
    private List<String> write() {
        Table table = chance.pick(schema.tables());
        String name = table.name();
        List<Visible> scope = new ArrayList<>();
        for (Column column : table.columns()) {
            scope.add(new Visible(name + "." + column.name(), column.type()));
        }
        Column target = table.columns().get(chance.between(1, table.columns().size() - 1));
        String value = expressions.of(target.type(), scope, 2);
        String sql = switch (chance.below(4)) {
            case 0 -> "DELETE FROM " + name + where(scope, 2) + " RETURNING id, " + value + " AS v";
            case 1 ->
                "INSERT INTO " + name + " (id, k, " + target.name() + ") SELECT id + 5, k, " + value + " FROM "
                        + name + " ON CONFLICT (id) " + chance.pick("DO NOTHING", "DO UPDATE SET k = excluded.k + 1")
                        + " RETURNING id, k";
            default ->
                "UPDATE " + name + " SET " + target.name() + " = " + value + where(scope, 2) + " RETURNING id, "
                        + target.name();
        };
        if (target.name().equals("k") && sql.startsWith("INSERT")) {
            sql = sql.replace("(id, k, k)", "(id, k)").replace("id + 5, k, ", "id + 5, ");
        }
        return List.of(sql + ";", "SELECT * FROM " + name + ";");
    }
}
