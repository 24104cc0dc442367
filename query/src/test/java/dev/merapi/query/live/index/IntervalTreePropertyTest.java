package dev.merapi.query.live.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees of several levels: the invariant holds at every size, and a value finds the members around it. */
class IntervalTreePropertyTest {
    static Stream<Long> seeds() {
        Long replay = Long.getLong("property.seed");
        return replay != null ? Stream.of(replay) : LongStream.range(0, 8).boxed();
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_large_tree_stays_sound_and_finds_who_is_around_a_value(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ColumnType type = random.nextBoolean() ? ScalarType.I32 : ScalarType.TEXT;
        // Few distinct bounds make many equal ones, which only the ids tell apart.
        int distinct = random.nextBoolean() ? 30 : 100_000;
        List<Object> values = IntStream.range(0, 2_000)
                .<Object>mapToObj(i -> value(type, random.nextInt(distinct)))
                .toList();
        RowLayout table = RowLayout.of(new RowType(List.of(new Column("value", type, false))));
        RangeColumn column = new RangeColumn(table, 0);
        IntervalTree<Ranged> tree = new IntervalTree<>(column, 0);
        List<Ranged> present = new ArrayList<>();

        for (int step = 0; step < 30_000; step++) {
            boolean grow = random.nextInt(100) < (step < 18_000 ? 80 : 10);
            Ranged member = grow ? Ranged.random(step, random, type, values, null, column) : null;
            if (member != null) {
                tree.add(member);
                present.add(member);
            } else if (!present.isEmpty()) {
                int at = random.nextInt(present.size());
                tree.remove(present.get(at));
                present.set(at, present.getLast());
                present.removeLast();
            }
            if (step % 1_000 == 0) {
                check(tree, present, table, values.get(random.nextInt(values.size())));
            }
        }
        present.forEach(tree::remove);
        check(tree, List.of(), table, values.getFirst());
    }

    private static void check(IntervalTree<Ranged> tree, List<Ranged> present, RowLayout table, Object value) {
        List<Ranged> found = new ArrayList<>();

        tree.find(table.encode(value), found);

        assertThat(tree.isSound()).isTrue();
        assertThat(tree.size()).isEqualTo(present.size());
        assertThat(found.stream().map(Ranged::id).sorted())
                .as("value %s", value)
                .containsExactlyElementsOf(present.stream()
                        .filter(member -> member.wants(null, value))
                        .map(Ranged::id)
                        .sorted()
                        .toList());
    }

    private static Object value(ColumnType type, int number) {
        return type == ScalarType.I32 ? (Object) number : "https://example.org/" + number;
    }
}
