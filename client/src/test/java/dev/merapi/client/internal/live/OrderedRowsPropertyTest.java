package dev.merapi.client.internal.live;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tree does what a sorted list does, and what was handed out stays as it was. */
class OrderedRowsPropertyTest {
    private static final Columns COLUMNS = Columns.of(RowType.of(Column.required("x", ScalarType.I32)));
    private static final Comparator<byte[]> ORDER =
            Comparator.comparingLong(bytes -> COLUMNS.layout().getLong(bytes, 0));

    @Test
    void it_is_a_sorted_list() {
        property().runs(120).explore(draw -> {
            OrderedRows rows = new OrderedRows(ORDER);
            List<Long> model = new ArrayList<>();
            Map<List<Row>, List<Long>> views = new HashMap<>();
            // Few different values make many equal rows.
            int values = draw.pick(List.of(3, 100, 1_000_000));
            for (int phase = 0; phase < 6; phase++) {
                int chanceToAdd = draw.pick(List.of(1, 5, 9));
                for (int i = draw.intBetween(0, 400); i > 0; i--) {
                    if (draw.intBetween(0, 9) < chanceToAdd) {
                        add(rows, model, draw.intBetween(0, values));
                    } else {
                        remove(draw, rows, model, values);
                    }
                }
                check(rows, model);
                if (draw.bool()) {
                    views.put(new IdentityView(rows.view(Integer.MAX_VALUE)), List.copyOf(model));
                }
            }
            views.forEach((view, then) -> assertThat(numbers(view)).isEqualTo(then));
        });
    }

    @Test
    void it_grows_at_its_end_and_shrinks_to_nothing() {
        OrderedRows rows = new OrderedRows(ORDER);
        for (int i = 0; i < 300_000; i++) {
            assertThat(rows.add(row(i))).isEqualTo(i);
        }
        for (int i = 0; i < 300_000; i++) {
            int at = i % 2 == 0 ? 0 : rows.size() / 2;
            rows.removeAt(at);
        }

        assertThat(rows.size()).isZero();
        assertThat(rows.indexOf(row(1).bytes())).isEqualTo(-1);
        assertThat(rows.add(row(7))).isZero();
    }

    /** A list as a key by identity: the model behind it is compared at the end only. */
    private static final class IdentityView extends java.util.AbstractList<Row> {
        private final List<Row> rows;

        IdentityView(List<Row> rows) {
            this.rows = rows;
        }

        @Override
        public Row get(int index) {
            return rows.get(index);
        }

        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private static void add(OrderedRows rows, List<Long> model, int value) {
        int index = rows.add(row(value));
        model.add(index, (long) value);
        assertThat(index == 0 || model.get(index - 1) <= value).isTrue();
        assertThat(index == model.size() - 1 || model.get(index + 1) >= value).isTrue();
    }

    private static void remove(Draw draw, OrderedRows rows, List<Long> model, int values) {
        long value = model.isEmpty() || draw.oneIn(5)
                ? draw.intBetween(0, values)
                : model.get(draw.intBetween(0, model.size() - 1));
        int index = rows.indexOf(row((int) value).bytes());
        assertThat(index >= 0).isEqualTo(model.contains(value));
        if (index >= 0) {
            assertThat(model.remove(index)).isEqualTo(value);
            rows.removeAt(index);
        }
    }

    private static void check(OrderedRows rows, List<Long> model) {
        assertThat(rows.size()).isEqualTo(model.size());
        assertThat(numbers(rows.view(Integer.MAX_VALUE))).isEqualTo(model);
        int some = model.size() / 2;
        assertThat(numbers(rows.view(some))).isEqualTo(model.subList(0, some));
        for (int i = 0; i < model.size(); i += 7) {
            assertThat(number(rows.get(i))).isEqualTo(model.get(i));
        }
    }

    private static Row row(int value) {
        return COLUMNS.row(COLUMNS.layout().encode(value));
    }

    private static long number(Row row) {
        return row.getInt(0);
    }

    private static List<Long> numbers(List<Row> rows) {
        List<Long> numbers = new ArrayList<>();
        for (Row row : rows) {
            numbers.add(number(row));
        }
        assertThat(Arrays.asList(rows.toArray())).hasSameSizeAs(numbers);
        return numbers;
    }
}
