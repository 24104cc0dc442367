package dev.merapi.query.exec.join;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.SqlWorld;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every kind of join, by hash, index or pair, gives the rows of two loops. */
class JoinPropertyTest {
    private record Side(
            int id, @Nullable Integer k, @Nullable Integer x) {}

    /** A condition in SQL and in Java; comparisons with NULL are not true. */
    private record Condition(String sql, BiPredicate<Side, Side> holds) {}

    private static final List<Condition> CONDITIONS = List.of(
            new Condition("l.k = r.k", (l, r) -> equal(l.k(), r.k())),
            new Condition("r.k = l.k AND l.x < r.x", (l, r) -> equal(l.k(), r.k()) && less(l.x(), r.x())),
            new Condition("l.k = r.k AND l.x = r.x", (l, r) -> equal(l.k(), r.k()) && equal(l.x(), r.x())),
            new Condition("l.k = r.k AND r.x = 1", (l, r) -> equal(l.k(), r.k()) && equal(r.x(), 1)),
            new Condition("l.k = r.k AND l.x = 1", (l, r) -> equal(l.k(), r.k()) && equal(l.x(), 1)),
            new Condition("l.k + 1 = r.x", (l, r) -> l.k() != null && equal(l.k() + 1, r.x())),
            new Condition("l.id = r.id", (l, r) -> l.id() == r.id()),
            new Condition("l.x < r.x", (l, r) -> less(l.x(), r.x())),
            new Condition(
                    "l.k IS NOT DISTINCT FROM r.k",
                    (l, r) -> String.valueOf(l.k()).equals(String.valueOf(r.k()))),
            new Condition("l.k = r.k OR l.x = r.x", (l, r) -> equal(l.k(), r.k()) || equal(l.x(), r.x())),
            new Condition("true", (l, r) -> true));

    private static final List<String> INDEXES = List.of(
            "CREATE INDEX i1 ON r (k)",
            "CREATE INDEX i2 ON r USING hash (k)",
            "CREATE INDEX i3 ON r (k, x)",
            "CREATE INDEX i4 ON l (k)",
            "CREATE INDEX i5 ON l (x, k)");

    private static boolean equal(@Nullable Integer a, @Nullable Integer b) {
        return a != null && a.equals(b);
    }

    private static boolean less(@Nullable Integer a, @Nullable Integer b) {
        return a != null && b != null && a < b;
    }

    @Test
    void joins_give_the_rows_of_two_loops() {
        property().runs(60).explore(draw -> {
            List<Side> left = draw.list(0, draw.oneIn(4) ? 90 : 12, JoinPropertyTest::side);
            List<Side> right = draw.list(0, draw.oneIn(4) ? 90 : 12, JoinPropertyTest::side);
            try (SqlWorld world = new SqlWorld(
                    "CREATE TABLE l (id int PRIMARY KEY, k int, x int); CREATE TABLE r (id int PRIMARY KEY, k int, x"
                            + " int)",
                    insert("l", left),
                    insert("r", right))) {
                for (String index : Set.copyOf(draw.list(0, 2, d -> d.pick(INDEXES)))) {
                    draw.note(index);
                    world.run(index);
                }
                for (int i = 0; i < 6; i++) {
                    Condition condition = draw.pick(CONDITIONS);
                    outer(world, draw, condition, numbered(left), numbered(right));
                    semi(world, draw, condition, numbered(left), numbered(right));
                }
            }
        });
    }

    private static void outer(SqlWorld world, Draw draw, Condition condition, List<Side> left, List<Side> right) {
        String kind = draw.pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        List<String> expected = new ArrayList<>();
        Set<Integer> matched = new HashSet<>();
        for (Side l : left) {
            boolean found = false;
            for (Side r : right) {
                if (condition.holds().test(l, r)) {
                    found = true;
                    matched.add(r.id());
                    expected.add(l.id() + "|" + r.id());
                }
            }
            if (!found && (kind.startsWith("LEFT") || kind.startsWith("FULL"))) {
                expected.add(l.id() + "|NULL");
            }
        }
        if (kind.startsWith("RIGHT") || kind.startsWith("FULL")) {
            right.stream().filter(r -> !matched.contains(r.id())).forEach(r -> expected.add("NULL|" + r.id()));
        }
        check(world, draw, "SELECT l.id, r.id FROM l " + kind + " r ON " + condition.sql(), expected);
    }

    private static void semi(SqlWorld world, Draw draw, Condition condition, List<Side> left, List<Side> right) {
        boolean negated = draw.bool();
        List<String> expected = left.stream()
                .filter(l -> right.stream().anyMatch(r -> condition.holds().test(l, r)) != negated)
                .map(l -> String.valueOf(l.id()))
                .toList();
        String sql = "SELECT id FROM l WHERE " + (negated ? "NOT " : "") + "EXISTS (SELECT 1 FROM r WHERE "
                + condition.sql() + ")";
        check(world, draw, sql, expected);
    }

    private static void check(SqlWorld world, Draw draw, String sql, List<String> expected) {
        draw.note(sql);
        assertThat(world.rows(sql)).as(world.plan(sql)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Side side(Draw draw) {
        return new Side(0, draw.oneIn(6) ? null : draw.intBetween(0, 4), draw.oneIn(6) ? null : draw.intBetween(0, 4));
    }

    private static List<Side> numbered(List<Side> sides) {
        List<Side> numbered = new ArrayList<>();
        for (Side side : sides) {
            numbered.add(new Side(numbered.size(), side.k(), side.x()));
        }
        return numbered;
    }

    private static String insert(String table, List<Side> sides) {
        StringBuilder sql = new StringBuilder();
        for (Side side : numbered(sides)) {
            sql.append(sql.isEmpty() ? "INSERT INTO " + table + " VALUES " : ", ")
                    .append("(" + side.id() + ", " + side.k() + ", " + side.x() + ")");
        }
        return sql.toString();
    }
}
