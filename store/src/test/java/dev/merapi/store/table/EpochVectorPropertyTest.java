package dev.merapi.store.table;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EpochVectorPropertyTest {
    /** A head kept for readers, and what it must go on showing. */
    private record Kept(EpochVector<String> vector, NavigableMap<Long, String> expected) {}

    @Test
    void it_is_a_sorted_map_and_each_fork_stays_as_it_was() {
        property().runs(150).explore(draw -> {
            EpochVector<String> vector = new EpochVector<>();
            NavigableMap<Long, String> model = new TreeMap<>();
            List<Kept> kept = new ArrayList<>();
            WriteEpoch epoch = WriteEpoch.first();
            int bits = draw.pick(List.of(3, 6, 7, 12, 13, 20, 48, 54));

            for (int i = draw.intBetween(0, 300); i > 0; i--) {
                long index = draw.longBetween(0, (1L << bits) - 1);
                switch (draw.intBetween(0, 5)) {
                    case 0, 1, 2 ->
                        assertThat(vector.set(epoch, index, "v" + i)).isEqualTo(model.put(index, "v" + i));
                    case 3 -> assertThat(vector.remove(epoch, index)).isEqualTo(model.remove(index));
                    case 4 -> removeNear(vector, model, epoch, index);
                    default -> {
                        kept.add(new Kept(vector.fork(), new TreeMap<>(model)));
                        epoch = epoch.next();
                    }
                }
                assertThat(vector.get(index)).isEqualTo(model.get(index));
            }

            kept.add(new Kept(vector, model));
            kept.forEach(EpochVectorPropertyTest::check);
        });
    }

    private static void removeNear(
            EpochVector<String> vector, NavigableMap<Long, String> model, WriteEpoch epoch, long index) {
        Map.Entry<Long, String> near = model.ceilingEntry(index);
        if (near != null) {
            model.remove(near.getKey());
            assertThat(vector.remove(epoch, near.getKey())).isEqualTo(near.getValue());
        }
    }

    private static void check(Kept kept) {
        assertThat(kept.vector().size()).isEqualTo(kept.expected().size());
        assertThat(entries(kept.vector().ascending())).containsExactlyElementsOf(list(kept.expected()));
        assertThat(entries(kept.vector().descending()))
                .containsExactlyElementsOf(list(kept.expected().descendingMap()));
        kept.expected()
                .forEach((index, value) -> assertThat(kept.vector().get(index)).isEqualTo(value));
    }

    private static List<Map.Entry<Long, String>> list(Map<Long, String> map) {
        return map.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Map.Entry<Long, String>> entries(VectorCursor<String> cursor) {
        List<Map.Entry<Long, String>> entries = new ArrayList<>();
        while (cursor.next()) {
            entries.add(Map.entry(cursor.index(), cursor.value()));
        }
        assertThat(cursor.next()).as("a finished cursor stays finished").isFalse();
        return entries;
    }

    @Test
    void a_queue_leaves_nothing_behind() {
        EpochVector<String> vector = new EpochVector<>();
        WriteEpoch epoch = WriteEpoch.first();

        for (long i = 1; i <= 100_000; i++) {
            vector.set(epoch, i, "job");
            if (i > 100) {
                vector.remove(epoch, i - 100);
            }
            if (i % 1000 == 0) {
                epoch = epoch.next();
            }
        }

        assertThat(vector.size()).isEqualTo(100);
        assertThat(nodes(vector.root(), vector.shift())).isLessThanOrEqualTo(8);
    }

    private static int nodes(Object[] node, int shift) {
        int count = 1;
        for (int i = 0; shift > 0 && i < EpochVector.FANOUT; i++) {
            count += node[i] == null ? 0 : nodes((Object[]) node[i], shift - EpochVector.BITS);
        }
        return count;
    }

    @Test
    void indexes_outside_its_range_are_refused_on_write_and_empty_on_read() {
        EpochVector<String> vector = new EpochVector<>();
        WriteEpoch epoch = WriteEpoch.first();
        vector.set(epoch, 7, "x");

        assertThat(vector.get(-1)).isNull();
        assertThat(vector.get(Long.MAX_VALUE)).isNull();
        assertThat(vector.remove(epoch, -1)).isNull();
        assertThatThrownBy(() -> vector.set(epoch, -1, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vector.set(epoch, 1L << 54, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_write_copies_only_the_path_to_its_slot() {
        EpochVector<String> vector = new EpochVector<>();
        WriteEpoch first = WriteEpoch.first();
        for (long i = 0; i < 64 * 64; i++) {
            vector.set(first, i, "x");
        }
        EpochVector<String> kept = vector.fork();

        vector.set(first.next(), 70, "y");

        assertThat(vector.root()).isNotSameAs(kept.root());
        assertThat(vector.root()[1]).isNotSameAs(kept.root()[1]);
        assertThat(vector.root()[2]).isSameAs(kept.root()[2]);
    }
}
