package dev.merapi.query.exec;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.SqlWorld;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A query that looks at a row around it gives what the same query gives with that row's values written in it, whether
 * it runs for each row, over held rows, with an index, from memory, or as a semi- or anti-join.
 */
class CorrelatedQueryPropertyTest {
    private static final List<String> INDEXES = List.of(
            "CREATE INDEX i1 ON u (k)",
            "CREATE INDEX i2 ON u USING hash (k)",
            "CREATE INDEX i3 ON u (k, x)",
            "CREATE INDEX i4 ON u (x)");

    private static final List<String> VALUES = List.of(
            "(SELECT sum(x) FROM u WHERE %s)",
            "(SELECT count(*) FROM u WHERE %s)",
            "(SELECT count(x) + 1 FROM u WHERE %s)",
            "(SELECT max(x) FROM u WHERE %s)",
            "(SELECT array_agg(x ORDER BY x) FROM u WHERE %s)",
            "ARRAY(SELECT x FROM u WHERE %s ORDER BY x)",
            "(SELECT x FROM u WHERE %s ORDER BY x DESC LIMIT 1)",
            "(SELECT sum(n) FROM (SELECT x, count(*) AS n FROM u WHERE %s GROUP BY x HAVING count(*) > 1) g)",
            "(SELECT count(*) FROM u v WHERE v.x IN (SELECT x FROM u WHERE %s))",
            "(SELECT sum((SELECT count(*) FROM u v WHERE v.k = u.k AND v.x >= [b])) FROM u WHERE %s)",
            "EXISTS (SELECT 1 FROM u WHERE %s)",
            "(NOT EXISTS (SELECT 1 FROM u WHERE %s))",
            "([a] IN (SELECT x FROM u WHERE %s))",
            "([a] NOT IN (SELECT x FROM u WHERE %s))",
            "([a] NOT IN (SELECT id FROM u WHERE %s))",
            "([b] < ALL (SELECT x FROM u WHERE %s))",
            "([a] = ANY (SELECT k FROM u WHERE %s))");

    private static final List<String> CONDITIONS = List.of(
            "u.k = [a]",
            "u.k = [a]",
            "u.k = [a] AND u.x > [b]",
            "u.k = [a] + 1",
            "u.k IS NOT DISTINCT FROM [a]",
            "u.x < [b]",
            "u.k = [a] OR u.x = [b]",
            "u.k = [b] AND u.x = [a]",
            "u.w = [a]");

    @Test
    void a_correlated_query_means_what_it_means_with_the_outer_values_written_in_it() {
        property().runs(30).explore(draw -> {
            try (SqlWorld world = new SqlWorld(
                    "CREATE TABLE t (id int PRIMARY KEY, a int, b int);"
                            + "CREATE TABLE u (id int PRIMARY KEY, k int, x int, w bigint)",
                    rows(draw, "t", draw.intBetween(1, 20), 2),
                    rows(draw, "u", draw.intBetween(1, 15), 3))) {
                for (String index : draw.list(0, 2, d -> d.pick(INDEXES)).stream()
                        .distinct()
                        .toList()) {
                    draw.note(index);
                    world.run(index);
                }
                for (int i = 0; i < 6; i++) {
                    check(world, draw, draw.pick(VALUES).formatted(draw.pick(CONDITIONS)));
                }
            }
        });
    }

    private static void check(SqlWorld world, Draw draw, String template) {
        draw.note(template);
        List<String> values = new ArrayList<>();
        List<String> chosen = new ArrayList<>();
        for (String row : world.rows("SELECT id, a, b FROM t")) {
            String[] cells = row.split("\\|");
            String literal = template.replace("[a]", cells[1] + "::int").replace("[b]", cells[2] + "::int");
            String value = world.rows("SELECT " + literal).getFirst();
            values.add(cells[0] + "|" + value);
            if (value.equals("t")) {
                chosen.add(cells[0]);
            }
        }
        String correlated = template.replace("[a]", "t.a").replace("[b]", "t.b");
        assertThat(world.rows("SELECT id, " + correlated + " FROM t"))
                .as(correlated)
                .hasSameElementsAs(values);
        boolean isCondition = !template.startsWith("(SELECT") && !template.startsWith("ARRAY");
        if (isCondition) {
            assertThat(world.rows("SELECT id FROM t WHERE " + correlated))
                    .as(world.plan("SELECT id FROM t WHERE " + correlated))
                    .containsExactlyInAnyOrderElementsOf(chosen);
        }
    }

    private static String rows(Draw draw, String table, int count, int columns) {
        List<String> rows = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            StringBuilder row = new StringBuilder("(").append(id);
            for (int column = 0; column < columns; column++) {
                row.append(", ").append(draw.oneIn(5) ? "NULL" : String.valueOf(draw.intBetween(0, 3)));
            }
            rows.add(row.append(')').toString());
        }
        return "INSERT INTO " + table + " VALUES " + String.join(", ", rows);
    }

    @Test
    void values_stay_right_when_remembering_them_turns_out_not_to_pay() {
        try (SqlWorld world = new SqlWorld("CREATE TABLE t (id int PRIMARY KEY, a int)")) {
            world.run("INSERT INTO t SELECT i, nullif(i % 2000, 7) FROM generate_series(1, 4000) i");

            assertThat(world.rows("SELECT count(*) FROM t WHERE (SELECT count(*) FROM t o WHERE o.a = t.a) = 2"))
                    .containsExactly("3998");
            assertThat(world.rows("SELECT count(*) FROM t WHERE (SELECT count(*) FROM t o WHERE o.a = t.a) = 0"))
                    .containsExactly("2");
        }
    }

    @Test
    void what_depends_on_chance_is_asked_for_each_row() {
        try (SqlWorld world = new SqlWorld("CREATE TABLE t (id int PRIMARY KEY, a int)")) {
            world.run("INSERT INTO t SELECT i, 1 FROM generate_series(1, 50) i");

            assertThat(world.rows("SELECT DISTINCT (SELECT random() + t.a) FROM t"))
                    .hasSizeGreaterThan(40);
        }
    }

    @Test
    void the_plan_shows_queries_inside_expressions_and_how_often_they_run() {
        try (SqlWorld world = new SqlWorld("CREATE TABLE t (id int PRIMARY KEY, a int)")) {
            assertThat(world.plan("SELECT (SELECT a FROM t o WHERE o.id = t.a), (SELECT count(*) FROM t) FROM t"))
                    .isEqualTo("""
                        Project: (subquery), (subquery)
                          ->  Seq Scan on t
                        Subquery for each outer row:
                          ->  Project: a
                            ->  Index Lookup on t using t_pkey: (id = outer.a) filter: (id = outer.a)
                        Subquery once:
                          ->  Aggregate
                            ->  Project: no columns
                              ->  Seq Scan on t\
                        """);
        }
    }
}
