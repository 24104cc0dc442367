package dev.merapi.query.exec.window;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.SqlWorld;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Window functions over frames of any kind give what is counted by hand, row by row. */
class WindowPropertyTest {
    private record Item(
            int id, int part, int place, @Nullable Integer x) {}

    private enum Unit {
        ROWS,
        RANGE,
        GROUPS
    }

    /** From so many rows, values or groups before the current one to so many behind it. */
    private record Frame(Unit unit, int before, int behind) {
        String sql() {
            return unit + " BETWEEN " + before + " PRECEDING AND " + behind + " FOLLOWING";
        }

        boolean holds(List<Item> partition, int current, int other) {
            return switch (unit) {
                case ROWS -> other >= current - before && other <= current + behind;
                case RANGE -> {
                    int distance = partition.get(other).place()
                            - partition.get(current).place();
                    yield distance >= -before && distance <= behind;
                }
                case GROUPS -> {
                    int distance = group(partition, other) - group(partition, current);
                    yield distance >= -before && distance <= behind;
                }
            };
        }

        private static int group(List<Item> partition, int index) {
            return (int) partition.subList(0, index + 1).stream()
                    .map(Item::place)
                    .distinct()
                    .count();
        }
    }

    @Test
    void aggregates_over_frames_are_those_of_the_rows_in_them() {
        property().runs(40).explore(draw -> {
            List<Item> items = items(draw);
            try (SqlWorld world = world(items)) {
                Frame frame =
                        new Frame(draw.pick(List.of(Unit.values())), draw.intBetween(0, 3), draw.intBetween(0, 3));
                // Rows of one place come by id, so that frames of rows are certain.
                String order = frame.unit() == Unit.ROWS ? "place, id" : "place";
                String sql = "SELECT id, count(*) OVER w, sum(x) OVER w, min(x) OVER w, max(x) OVER w FROM t"
                        + " WINDOW w AS (PARTITION BY part ORDER BY " + order + " " + frame.sql() + ")";
                draw.note(sql);
                assertThat(world.rows(sql)).containsExactlyInAnyOrderElementsOf(expected(items, frame));
            }
        });
    }

    private static List<String> expected(List<Item> items, Frame frame) {
        List<String> rows = new ArrayList<>();
        for (List<Item> partition : partitions(items)) {
            for (int i = 0; i < partition.size(); i++) {
                int current = i;
                List<Item> inFrame = IntStream.range(0, partition.size())
                        .filter(other -> frame.holds(partition, current, other))
                        .mapToObj(partition::get)
                        .toList();
                List<Integer> values =
                        inFrame.stream().map(Item::x).filter(Objects::nonNull).toList();
                rows.add(partition.get(i).id() + "|" + inFrame.size() + "|"
                        + (values.isEmpty()
                                ? "NULL|NULL|NULL"
                                : values.stream().mapToInt(v -> v).sum() + "|"
                                        + values.stream().mapToInt(v -> v).min().getAsInt() + "|"
                                        + values.stream().mapToInt(v -> v).max().getAsInt()));
            }
        }
        return rows;
    }

    @Test
    void ranks_and_neighbours_are_those_of_the_sorted_partition() {
        property().runs(40).explore(draw -> {
            List<Item> items = items(draw);
            int distance = draw.intBetween(0, 3);
            List<String> expected = new ArrayList<>();
            for (List<Item> partition : partitions(items)) {
                for (int i = 0; i < partition.size(); i++) {
                    Item item = partition.get(i);
                    long below = partition.stream()
                            .filter(o -> o.place() < item.place())
                            .count();
                    String lag = i < distance
                            ? "-7"
                            : text(partition.get(i - distance).x());
                    String lead = i + distance < partition.size()
                            ? text(partition.get(i + distance).x())
                            : "NULL";
                    expected.add(item.id() + "|" + (i + 1) + "|" + (below + 1) + "|" + Frame.group(partition, i) + "|"
                            + lag + "|" + lead + "|" + text(partition.getFirst().x()));
                }
            }
            try (SqlWorld world = world(items)) {
                String sql = "SELECT id, row_number() OVER w, rank() OVER (PARTITION BY part ORDER BY place),"
                        + " dense_rank() OVER (PARTITION BY part ORDER BY place), lag(x, " + distance + ", -7) OVER w,"
                        + " lead(x, " + distance + ") OVER w, first_value(x) OVER w FROM t"
                        + " WINDOW w AS (PARTITION BY part ORDER BY place, id)";
                draw.note(sql);
                assertThat(world.rows(sql)).containsExactlyInAnyOrderElementsOf(expected);
            }
        });
    }

    private static String text(@Nullable Integer value) {
        return value == null ? "NULL" : value.toString();
    }

    private static List<List<Item>> partitions(List<Item> items) {
        List<Item> sorted = items.stream()
                .sorted(Comparator.comparingInt(Item::place).thenComparingInt(Item::id))
                .toList();
        return IntStream.range(0, 3)
                .mapToObj(part ->
                        sorted.stream().filter(item -> item.part() == part).toList())
                .toList();
    }

    private static List<Item> items(Draw draw) {
        List<Item> items = new ArrayList<>();
        int count = draw.intBetween(1, 25);
        for (int id = 0; id < count; id++) {
            items.add(new Item(
                    id, draw.intBetween(0, 2), draw.intBetween(0, 6), draw.oneIn(5) ? null : draw.intBetween(-5, 5)));
        }
        return items;
    }

    private static SqlWorld world(List<Item> items) {
        StringBuilder insert = new StringBuilder("INSERT INTO t VALUES ");
        for (Item item : items) {
            insert.append(item.id() == 0 ? "(" : ", (")
                    .append(item.id())
                    .append(", ")
                    .append(item.part());
            insert.append(", ")
                    .append(item.place())
                    .append(", ")
                    .append(text(item.x()))
                    .append(')');
        }
        return new SqlWorld("CREATE TABLE t (id int PRIMARY KEY, part int, place int, x int)", insert.toString());
    }
}
