package dev.merapi.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.live.row.RowChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    @Test
    void a_missing_image_tells_insert_from_delete() {
        byte[] row = {1};

        List<dev.merapi.wire.RowChange> changes =
                Changes.toWire(List.of(new RowChange(null, row), new RowChange(row, null), new RowChange(row, row)));

        assertThat(changes)
                .containsExactly(
                        new dev.merapi.wire.RowChange.Insert(row),
                        new dev.merapi.wire.RowChange.Delete(row),
                        new dev.merapi.wire.RowChange.Update(row, row));
    }

    @Test
    void no_changes_are_one_empty_part() {
        assertThat(Changes.split(List.of(), 100)).containsExactly(List.of());
    }

    @Test
    void parts_are_as_long_as_allowed_and_lose_nothing() {
        List<dev.merapi.wire.RowChange> changes = inserts(10, 50);

        List<List<dev.merapi.wire.RowChange>> parts = Changes.split(changes, 200);

        assertThat(parts).hasSize(4);
        assertThat(parts).allMatch(part -> Changes.messageBytes(part) <= 240);
        assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(changes);
    }

    @Test
    void a_row_longer_than_a_part_is_a_part_of_its_own() {
        assertThat(Changes.split(inserts(3, 1000), 200)).hasSize(3);
    }

    private static List<dev.merapi.wire.RowChange> inserts(int count, int bytes) {
        List<dev.merapi.wire.RowChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(new dev.merapi.wire.RowChange.Insert(new byte[bytes]));
        }
        return changes;
    }
}
