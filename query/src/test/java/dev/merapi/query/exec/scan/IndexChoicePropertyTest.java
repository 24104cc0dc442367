package dev.merapi.query.exec.scan;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.SqlWorld;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Indexes change how rows are found, never which, and never their order where ORDER BY fixes it. */
class IndexChoicePropertyTest {
    private static final List<String> COLUMNS = List.of("id", "a", "b", "c", "t", "n", "f", "d", "v");

    /** What orders and indexes are made of: few columns often, so that they meet. */
    private static final List<String> HOT = List.of("a", "a", "a", "c", "c", "b", "id", "t", "n", "f", "d", "v");

    private static final String TABLES = """
        CREATE TABLE r (id int PRIMARY KEY, a int, b bigint NOT NULL, c smallint, t text,
            n numeric(6,2), f double precision, d timestamptz, v interval);
        CREATE TABLE s (id int PRIMARY KEY, a int, b bigint NOT NULL, c smallint, t text,
            n numeric(6,2), f double precision, d timestamptz, v interval);
        """;

    @Test
    void queries_give_the_same_rows_with_indexes_and_without() {
        property().runs(60).explore(draw -> {
            List<String> rows = new ArrayList<>();
            rows.add(TABLES);
            rows.add(insert(draw, "r", draw.intBetween(1, 40)));
            rows.add(insert(draw, "s", draw.intBetween(1, 15)));
            List<String> indexes = draw.list(1, 5, IndexChoicePropertyTest::index);
            draw.note(indexes);
            try (SqlWorld plain = new SqlWorld(rows.toArray(String[]::new));
                    SqlWorld indexed = new SqlWorld(rows.toArray(String[]::new))) {
                for (int i = 0; i < indexes.size(); i++) {
                    indexed.run(String.format(indexes.get(i), i));
                }
                for (int i = 0; i < 12; i++) {
                    Query query = query(draw);
                    draw.note(query.sql());
                    List<String> expected = plain.rows(query.sql());
                    List<String> actual = indexed.rows(query.sql());
                    assertThat(query.ordered() ? actual : sorted(actual))
                            .as("%s%n%s", query.sql(), indexed.plan(query.sql()))
                            .isEqualTo(query.ordered() ? expected : sorted(expected));
                }
            }
        });
    }

    private record Query(String sql, boolean ordered) {}

    private static Query query(Draw draw) {
        String where = draw.oneIn(3) ? "" : " WHERE " + String.join(" AND ", draw.list(1, 3, d -> condition(d, "r")));
        return switch (draw.intBetween(0, 5)) {
            case 0 -> new Query("SELECT * FROM r" + where, false);
            case 1 -> {
                List<String> calls = draw.list(1, 3, d -> d.pick(List.of("min", "max")) + "(r." + d.pick(HOT) + ")");
                yield new Query("SELECT " + String.join(", ", calls) + " FROM r" + where, true);
            }
            case 2 -> {
                // Without the key at the end only the values that are ordered by are certain.
                List<String> order = draw.list(1, 3, IndexChoicePropertyTest::orderPart);
                String columns = order.stream().map(part -> part.split(" ")[0]).collect(Collectors.joining(", "));
                yield new Query("SELECT " + columns + " FROM r" + where + orderBy(order) + limit(draw), true);
            }
            case 3 -> new Query("SELECT * FROM r" + where + orderById(draw) + limit(draw), true);
            case 4 -> {
                String join =
                        draw.pick(List.of(" JOIN s", " LEFT JOIN s")) + " ON s.a = r." + draw.pick(List.of("a", "c"));
                yield new Query(
                        "SELECT r.*, s.id FROM r" + join + where + orderById(draw) + ", s.id" + limit(draw), true);
            }
            default -> {
                String inner =
                        "SELECT s.id FROM s WHERE s.a = r.a" + orderById(draw).replace("r.", "s.") + " LIMIT 1";
                String extreme = "SELECT max(s.b) FROM s WHERE s.a = r.a AND " + condition(draw, "s");
                yield new Query("SELECT r.id, (" + inner + "), (" + extreme + ") FROM r" + where, false);
            }
        };
    }

    private static String orderBy(List<String> parts) {
        return " ORDER BY " + String.join(", ", parts);
    }

    private static String orderById(Draw draw) {
        List<String> parts = draw.list(0, 2, IndexChoicePropertyTest::orderPart);
        parts = new ArrayList<>(parts);
        parts.add("r.id" + draw.pick(List.of("", " DESC")));
        return orderBy(parts);
    }

    private static String orderPart(Draw draw) {
        return "r." + draw.pick(HOT) + draw.pick(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST"));
    }

    private static String limit(Draw draw) {
        String offset = draw.oneIn(3) ? " OFFSET " + draw.intBetween(0, 5) : "";
        return (draw.bool() ? " LIMIT " + draw.intBetween(0, 10) : "") + offset;
    }

    private static String condition(Draw draw, String table) {
        int number = draw.pick(List.of(0, 1, 2, 3));
        String column = table + "." + draw.pick(COLUMNS);
        return switch (draw.intBetween(0, 4)) {
            case 0 -> column + " IS " + draw.pick(List.of("NULL", "NOT NULL"));
            case 1 -> table + ".a IN (" + number + ", " + (number + 2) + ")";
            case 2 -> table + ".c = " + number;
            case 3 -> column + " BETWEEN " + value(draw, column) + " AND " + value(draw, column);
            default -> column + draw.pick(List.of(" = ", " < ", " <= ", " > ", " >= ")) + value(draw, column);
        };
    }

    private static String index(Draw draw) {
        List<String> columns =
                draw.list(1, 3, d -> d.pick(HOT)).stream().distinct().toList();
        boolean hash = draw.oneIn(5);
        String unique = columns.contains("id") && draw.bool() ? "UNIQUE " : "";
        return "CREATE " + unique + "INDEX i%d ON " + draw.pick(List.of("r", "r", "s")) + (hash ? " USING hash" : "")
                + " (" + String.join(", ", columns) + ")";
    }

    private static String insert(Draw draw, String table, int count) {
        List<String> rows = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            List<String> values = new ArrayList<>(List.of(String.valueOf(id)));
            for (String column : COLUMNS.subList(1, COLUMNS.size())) {
                values.add(!column.equals("b") && draw.oneIn(5) ? "NULL" : value(draw, column));
            }
            rows.add("(" + String.join(", ", values) + ")");
        }
        return "INSERT INTO " + table + " VALUES " + String.join(", ", rows);
    }

    private static String value(Draw draw, String column) {
        int small = draw.intBetween(0, 3);
        return switch (column.substring(column.indexOf('.') + 1)) {
            case "t" -> "'" + draw.pick(List.of("", "a", "ab", "Z", "é", "\ud83d\ude00", "\uffee")) + "'";
            case "n" -> draw.pick(List.of("-1.5", "0", "0.10", "2", "12.25"));
            case "f" -> "'" + draw.pick(List.of("-1e300", "0.5", "3", "NaN", "Infinity")) + "'::double precision";
            case "d" ->
                "'" + draw.pick(List.of("1969-12-31 23:00+00", "2020-01-01 00:00+02", "2026-11-21 10:00+00")) + "'";
            case "v" -> "'" + draw.pick(List.of("-1 hour", "2 days", "1 month", "3 years")) + "'::interval";
            default -> String.valueOf(small);
        };
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }
}
