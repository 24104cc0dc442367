package dev.merapi.query.live.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table holds what a table of the Java library holds, whatever comes and goes. */
class KeyTablePropertyTest {
    static Stream<Long> seeds() {
        Long replay = Long.getLong("property.seed");
        return replay != null ? Stream.of(replay) : LongStream.range(0, 8).boxed();
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void keys_lead_to_what_was_put_there(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean number = random.nextBoolean();
        RowLayout table = RowLayout.of(
                new RowType(List.of(new Column("k", number ? ScalarType.I64 : ScalarType.TEXT, random.nextBoolean()))));
        KeyColumns columns = new KeyColumns(table, 0);
        KeyTable keys = new KeyTable(columns);
        Map<Integer, Object> expected = new HashMap<>();

        for (int step = 0; step < 20_000; step++) {
            int key = random.nextInt(step < 10_000 ? 2_000 : 50);
            byte[] row = table.encode(number ? (Object) (long) key : "key " + key);
            if (random.nextBoolean()) {
                Object entry = "entry " + step;
                keys.put(row, entry);
                expected.put(key, entry);
            } else {
                keys.remove(row);
                expected.remove(key);
            }
            int other = random.nextInt(2_000);
            byte[] otherRow = table.encode(number ? (Object) (long) other : "key " + other);
            assertThat(keys.find(otherRow)).isEqualTo(expected.get(other));
            assertThat(keys.findByRow(otherRow)).isEqualTo(expected.get(other));
            assertThat(keys.size()).isEqualTo(expected.size());
        }
        if (table.isNullable(0)) {
            assertThat(keys.findByRow(table.encode((Object) null))).isNull();
        }
    }
}
