package dev.merapi.store.table;

import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.store.TableBuilder.aTable;
import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import dev.merapi.store.SchemaChange.RowRewrite;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows with all kinds of indexes against a sorted map of rows that is searched from end to end. */
class TableStatePropertyTest {
    private static final TableShape SHAPE = new TableShape(aTable("t")
            .column("n", I64)
            .nullable("m", I32)
            .column("f", F64)
            .nullable("s", TEXT)
            .index("hash_n", Kind.HASH, false, "n")
            .index("hash_ms", Kind.HASH, false, "m", "s")
            .index("hash_m", Kind.HASH, false, "m")
            .index("ordered_n", Kind.ORDERED, false, "n")
            .index("ordered_m", Kind.ORDERED, false, "m")
            .index("ordered_sf", Kind.ORDERED, false, "s", "f")
            .index("ordered_mns", Kind.ORDERED, false, "m", "n", "s")
            .draft());
    private static final RowLayout LAYOUT = SHAPE.layout();

    /** A state kept for readers, and the rows it must go on showing. */
    private record Kept(TableState state, NavigableMap<Long, byte[]> rows) {}

    /** How different the drawn values are: few make heavy hashes and long runs of equal keys. */
    private record Spread(int numbers, int texts) {}

    @Test
    void every_index_finds_what_a_search_through_all_rows_finds_now_and_in_every_snapshot() {
        property().runs(30).explore(TableStatePropertyTest::run);
    }

    @Test
    @Tag("slow")
    void every_index_finds_what_a_search_finds_many_more_times() {
        property().runs(300).explore(TableStatePropertyTest::run);
    }

    private static void run(Draw draw) {
        Spread spread = draw.pick(List.of(new Spread(3, 2), new Spread(40, 10), new Spread(1_000_000, 100_000)));
        int steps = draw.pick(List.of(20, 200, 1500));
        WriteEpoch epoch = WriteEpoch.first();
        TableState state = TableState.create(epoch, SHAPE, true);
        NavigableMap<Long, byte[]> model = new TreeMap<>();
        List<Kept> kept = new ArrayList<>();

        for (int i = 0; i < steps; i++) {
            int action = draw.intBetween(0, 99);
            if (action < 50 || model.isEmpty()) {
                byte[] row = row(draw, spread);
                model.put(state.insert(row), row);
            } else if (action < 70) {
                long rowId = someRow(draw, model);
                byte[] row = draw.bool() ? row(draw, spread) : sameNumbers(draw, model.get(rowId), spread);
                byte[] old = model.put(rowId, row);
                state.replace(rowId, old, row, state.movedIndexes(old, row));
            } else if (action == 97) {
                state.buildIndexes();
            } else if (action < 97) {
                long rowId = someRow(draw, model);
                state.remove(rowId, model.remove(rowId));
            } else {
                kept.add(new Kept(state, new TreeMap<>(model)));
                epoch = epoch.next();
                state = state.fork(epoch);
            }
        }

        kept.add(new Kept(state, model));
        for (Kept each : kept.subList(Math.max(0, kept.size() - 6), kept.size())) {
            check(draw, each, spread);
        }
    }

    private static void check(Draw draw, Kept kept, Spread spread) {
        TableState state = kept.state();
        assertThat(state.rowCount()).isEqualTo(kept.rows().size());
        assertThat(state.rowBytes())
                .isEqualTo(kept.rows().values().stream()
                        .mapToLong(row -> row.length)
                        .sum());
        assertThat(ids(state.scan())).containsExactlyElementsOf(kept.rows().keySet());
        for (int i = 0; i < SHAPE.indexCount(); i++) {
            for (int probes = 0; probes < 12; probes++) {
                byte[] probe = probes % 2 == 0 && !kept.rows().isEmpty()
                        ? kept.rows().get(someRow(draw, kept.rows()))
                        : row(draw, spread);
                checkEquality(SHAPE.index(i), kept, probe);
                if (SHAPE.index(i).definition().kind() == Kind.ORDERED) {
                    checkRange(draw, SHAPE.index(i), kept, probe, row(draw, spread));
                }
            }
        }
    }

    private static void checkEquality(IndexShape index, Kept kept, byte[] probe) {
        byte[] key = index.key().extract(probe);
        List<Long> expected = index.key().hasNull(probe)
                ? List.of()
                : kept.rows().entrySet().stream()
                        .filter(entry -> index.sameKey(entry.getValue(), probe))
                        .map(entry -> entry.getKey())
                        .toList();
        assertThat(ids(kept.state().lookup(index.indexId(), key))).containsExactlyElementsOf(expected);
        checkFound(kept.state().findId(index.indexId(), key), expected);
        if (index.isSingleLong() && !index.key().hasNull(probe)) {
            long number = LAYOUT.getLong(probe, index.definition().columns().get(0));
            checkFound(kept.state().findId(index.indexId(), number), expected);
        }
    }

    private static void checkFound(long found, List<Long> expected) {
        if (expected.isEmpty()) {
            assertThat(found).isEqualTo(-1);
        } else {
            assertThat(expected).contains(found);
        }
    }

    private static void checkRange(Draw draw, IndexShape index, Kept kept, byte[] from, byte[] to) {
        RowKey key = index.key();
        int lowerColumns = draw.intBetween(0, key.columnCount());
        int upperColumns = draw.intBetween(0, key.columnCount());
        boolean lowerInclusive = draw.bool();
        boolean upperInclusive = draw.bool();
        IndexRange range = new IndexRange(
                lowerColumns == 0 ? null : key.firstColumns(lowerColumns).extract(from),
                lowerColumns,
                lowerInclusive,
                upperColumns == 0 ? null : key.firstColumns(upperColumns).extract(to),
                upperColumns,
                upperInclusive);
        Comparator<Long> order = Comparator.<Long, byte[]>comparing(
                        rowId -> kept.rows().get(rowId), (a, b) -> key.compare(a, key, b))
                .thenComparing(Comparator.naturalOrder());
        List<Long> expected = new ArrayList<>(kept.rows().keySet().stream()
                .filter(rowId -> {
                    byte[] row = kept.rows().get(rowId);
                    int low = key.comparePrefix(row, key, from, lowerColumns);
                    int high = key.comparePrefix(row, key, to, upperColumns);
                    return (lowerColumns == 0 || low > 0 || (low == 0 && lowerInclusive))
                            && (upperColumns == 0 || high < 0 || (high == 0 && upperInclusive));
                })
                .sorted(order)
                .toList());

        assertThat(ids(kept.state().range(index.indexId(), range, false))).containsExactlyElementsOf(expected);
        Collections.reverse(expected);
        assertThat(ids(kept.state().range(index.indexId(), range, true))).containsExactlyElementsOf(expected);
    }

    private static byte[] row(Draw draw, Spread spread) {
        return LAYOUT.encode(
                (long) draw.intBetween(0, spread.numbers()),
                draw.intBetween(0, 5) == 0 ? null : draw.intBetween(0, spread.numbers()),
                draw.pick(List.of(0.0, -0.0, Double.NaN, 1.5, -3.25)),
                draw.intBetween(0, 5) == 0 ? null : "shared beginning " + draw.intBetween(0, spread.texts()));
    }

    private static byte[] sameNumbers(Draw draw, byte[] row, Spread spread) {
        Object[] values = LAYOUT.decode(row);
        values[3] = "other " + draw.intBetween(0, spread.texts());
        return LAYOUT.encode(values);
    }

    private static long someRow(Draw draw, NavigableMap<Long, byte[]> model) {
        Long rowId = model.ceilingKey(draw.longBetween(model.firstKey(), model.lastKey()));
        return rowId == null ? model.lastKey() : rowId;
    }

    private static List<Long> ids(RowCursor cursor) {
        List<Long> ids = new ArrayList<>();
        while (cursor.next()) {
            ids.add(cursor.rowId());
        }
        assertThat(cursor.next()).as("a finished cursor stays finished").isFalse();
        return ids;
    }

    @Test
    void altering_a_table_rewrites_rows_and_keeps_builds_and_drops_indexes_leaving_the_old_state_alone() {
        TableShape before = new TableShape(aTable("t")
                .column("a", I64)
                .nullable("b", TEXT)
                .column("c", I64)
                .index("by_a", Kind.HASH, true, "a")
                .index("by_c", Kind.ORDERED, false, "c")
                .draft());
        TableState state = TableState.create(WriteEpoch.first(), before, true);
        for (long i = 0; i < 500; i++) {
            state.insert(before.layout().encode(i, i % 2 == 0 ? null : "text " + i, i / 10));
        }
        var draft = aTable("t").column("a", I64).column("c", I64).draft();
        var byC = new IndexDefinition(1, "by_c", List.of(1), false, Kind.ORDERED);
        var byBoth = new IndexDefinition(2, "byBoth", List.of(1, 0), false, Kind.ORDERED);
        TableShape after = new TableShape(
                new TableSchema(0, draft.name(), draft.columns(), null, List.of(byBoth, byC), List.of(), List.of(), 2));

        TableState altered = state.alter(WriteEpoch.first().next(), after, new RowRewrite.CutColumn(1));

        assertThat(altered.layout().decode(altered.row(42))).containsExactly(41L, 4L);
        byte[] seven = RowLayout.of(after.layout().type().project(1)).encode(7L);
        assertThat(ids(altered.range(1, IndexRange.equal(seven, 1), false)))
                .hasSize(10)
                .startsWith(71L);
        assertThat(ids(altered.range(2, IndexRange.equal(seven, 1), true)))
                .hasSize(10)
                .startsWith(80L);
        assertThat(altered.rowBytes()).isEqualTo(500 * 16);
        assertThat(Arrays.asList(state.layout().decode(state.row(42)))).containsExactly(41L, "text 41", 4L);
        assertThat(state.findId(0, 41L)).isEqualTo(42);
    }
}
