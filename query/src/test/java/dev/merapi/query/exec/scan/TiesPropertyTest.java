package dev.merapi.query.exec.scan;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.SqlWorld;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which rows LIMIT and OFFSET choose among those that ORDER BY does not tell apart follows from their values, not from
 * the way they are reached or the order in which they were inserted.
 */
class TiesPropertyTest {
    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, a int, b numeric, c text NOT NULL);";

    /** A query without ORDER BY, and the number of its columns. */
    private record Select(int columns, String sql) {}

    private static final List<Select> SELECTS = List.of(
            new Select(4, "SELECT * FROM t"),
            new Select(2, "SELECT c, a FROM t"),
            new Select(1, "SELECT b FROM t WHERE a = 1"),
            new Select(2, "SELECT c, id % 3 FROM t WHERE a >= 1"),
            new Select(1, "SELECT u.c FROM t JOIN t u ON u.id = t.b"),
            new Select(2, "SELECT u.c, t.c FROM t LEFT JOIN t u ON u.a = t.a"),
            new Select(1, "SELECT x.c FROM (SELECT c, a, b FROM t) x JOIN t ON t.a = x.a"));

    @Test
    void rows_are_chosen_by_their_values() {
        property().runs(120).explore(draw -> {
            List<String> rows = rows(draw);
            try (SqlWorld plain = new SqlWorld(TABLE + String.join("", rows))) {
                Collections.reverse(rows);
                try (SqlWorld indexed = new SqlWorld(
                        TABLE + "CREATE INDEX t_a ON t (a); CREATE INDEX t_c ON t (c, a);" + String.join("", rows))) {
                    for (int i = 0; i < 5; i++) {
                        compare(draw, plain, indexed);
                    }
                }
            }
        });
    }

    private static void compare(Draw draw, SqlWorld plain, SqlWorld indexed) {
        Select select = draw.pick(SELECTS);
        String order = select.sql() + " ORDER BY " + draw.pick(orders(select));
        String limit = (draw.bool() ? " LIMIT " + draw.intBetween(0, 9) : "") + " OFFSET " + draw.intBetween(0, 4);
        List<String> all = new ArrayList<>();
        for (int column = 1; column <= select.columns(); column++) {
            all.add(Integer.toString(column));
        }
        List<String> expected = plain.rows(order + ", " + String.join(", ", all) + limit);
        draw.note(order + limit);

        assertThat(plain.rows(order + limit)).isEqualTo(expected);
        assertThat(indexed.rows(order + limit)).as(indexed.plan(order + limit)).isEqualTo(expected);
        String around = "SELECT * FROM (" + order + ") q" + limit;
        assertThat(indexed.rows(around)).as(around).isEqualTo(expected);
    }

    private static List<String> orders(Select select) {
        boolean joined = select.sql().contains("JOIN");
        return joined
                ? List.of("t.a", "t.c DESC", "t.c, t.a", "t.a DESC, 1")
                : List.of("a", "a DESC", "c, a", "c DESC, a DESC", "b", "b DESC NULLS LAST", "a NULLS FIRST");
    }

    /** Numbers are whole where they are joined, and have one form each: 1 and 1.0 would be the same to the oracle. */
    private static List<String> rows(Draw draw) {
        List<String> rows = new ArrayList<>();
        for (int id = draw.intBetween(0, 25); id > 0; id--) {
            String a = draw.oneIn(6) ? "NULL" : Integer.toString(draw.intBetween(0, 2));
            String b = draw.oneIn(6) ? "NULL" : Integer.toString(draw.intBetween(0, 3));
            rows.add("INSERT INTO t VALUES (" + id + ", " + a + ", " + b + ", '" + draw.pick(List.of("x", "y", "é"))
                    + "');");
        }
        return rows;
    }
}
