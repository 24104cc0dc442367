package dev.merapi.query.live.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The set holds what a map of the Java library holds, whatever comes and goes and however the hashes collide. */
class HashedSetPropertyTest {
    private record Numbered(int number) {}

    static Stream<Long> seeds() {
        Long replay = Long.getLong("property.seed");
        return replay != null ? Stream.of(replay) : LongStream.range(0, 8).boxed();
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void those_in_it_are_those_who_came_and_have_not_left(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int perHash = 1 + random.nextInt(10);
        HashedSet<Numbered> set = new HashedSet<>(each -> each.number() / perHash);
        Map<Integer, Numbered> expected = new HashMap<>();

        for (int step = 0; step < 20_000; step++) {
            int number = random.nextInt(step < 10_000 ? 3_000 : 40);
            Numbered present = expected.remove(number);
            if (present != null) {
                set.remove(present);
            } else {
                Numbered added = new Numbered(number);
                set.add(added);
                expected.put(number, added);
            }
            int other = random.nextInt(3_000);
            assertThat(set.find(other / perHash, each -> each.number() == other))
                    .isSameAs(expected.get(other));
            assertThat(set.size()).isEqualTo(expected.size());
            if (step % 100 == 0) {
                assertThat(set.toList()).hasSize(expected.size());
                assertThat(Set.copyOf(set.toList())).isEqualTo(Set.copyOf(expected.values()));
            }
        }
    }
}
