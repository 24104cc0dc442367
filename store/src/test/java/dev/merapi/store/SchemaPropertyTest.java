package dev.merapi.store;

import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.store.TableBuilder.aTable;
import static dev.merapi.store.TestDatabase.aDatabase;
import static dev.merapi.store.TestDatabase.begin;
import static dev.merapi.store.TestDatabase.ids;
import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Schema changes and writes in any order, taken back at any place, against a table kept as lists of values. */
class SchemaPropertyTest {
    private record Index(String name, List<String> columns, boolean unique) {}

    /** The one table of a run. Columns and rows are replaced, never altered, so copies are cheap and safe. */
    private static final class Model {
        List<Column> columns = List.of(new Column("c0", I64, false));
        List<Index> indexes = List.of();
        NavigableMap<Long, List<Object>> rows = new TreeMap<>();
        long nextRowId = 1;
        /**
         * The rows before the transaction, in the form the columns have now; without those that were filled in anew.
         */
        NavigableMap<Long, List<Object>> original = new TreeMap<>();
        /** Whether the transaction has written rows. */
        boolean written;

        void begin() {
            original = new TreeMap<>(rows);
            written = false;
        }

        Model copy() {
            Model copy = new Model();
            copy.columns = columns;
            copy.indexes = indexes;
            copy.rows = new TreeMap<>(rows);
            copy.nextRowId = nextRowId;
            copy.original = new TreeMap<>(original);
            copy.written = written;
            return copy;
        }

        int position(String column) {
            return columns.stream().map(Column::name).toList().indexOf(column);
        }

        List<Object> key(Index index, List<Object> row) {
            return index.columns().stream()
                    .map(column -> row.get(position(column)))
                    .toList();
        }

        List<Long> withKey(Index index, List<Object> key) {
            return rows.entrySet().stream()
                    .filter(entry ->
                            !key.contains(null) && key(index, entry.getValue()).equals(key))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        boolean violates(Index index) {
            return index.unique()
                    && rows.values().stream()
                            .anyMatch(row -> withKey(index, key(index, row)).size() > 1);
        }

        void rewrite(UnaryOperator<List<Object>> each) {
            rows.replaceAll((rowId, row) -> each.apply(row));
            original.replaceAll((rowId, row) -> each.apply(row));
        }

        /** The rows are taken out and put in again. */
        void refill() {
            original.clear();
            written |= !rows.isEmpty();
        }

        Map<Long, String> delta() {
            Map<Long, String> delta = new TreeMap<>();
            Set<Long> rowIds = new TreeSet<>(original.keySet());
            rowIds.addAll(rows.keySet());
            for (long rowId : rowIds) {
                if (!Objects.equals(original.get(rowId), rows.get(rowId))) {
                    delta.put(rowId, original.get(rowId) + " -> " + rows.get(rowId));
                }
            }
            return delta;
        }
    }

    private record Kept(Snapshot snapshot, Model model) {}

    private record Place(Savepoint savepoint, Model model) {}

    private static final class Run {
        final Draw draw;
        final Database database = aDatabase();
        final List<Commit> history = new ArrayList<>();
        final List<Kept> kept = new ArrayList<>();
        final int tableId;
        Model model = new Model();
        int names;

        Run(Draw draw) {
            this.draw = draw;
            try (Transaction tx = begin(database)) {
                tableId = tx.createTable(aTable("t").column("c0", I64).draft()).tableId();
                history.add(tx.commit());
            }
        }

        void transaction() {
            Model before = model.copy();
            model.begin();
            List<Place> places = new ArrayList<>();
            try (Transaction tx = begin(database)) {
                for (int i = draw.intBetween(1, 8); i > 0; i--) {
                    if (draw.intBetween(0, 5) == 0) {
                        places.add(new Place(tx.savepoint(), model.copy()));
                        draw.note("savepoint " + places.size());
                    } else if (!places.isEmpty() && draw.intBetween(0, 7) == 0) {
                        draw.note("rollback to " + places.size());
                        Place place = places.removeLast();
                        tx.rollbackTo(place.savepoint());
                        model = place.model();
                    } else {
                        step(tx);
                    }
                    check(tx, model);
                }
                if (draw.intBetween(0, 3) == 0) {
                    draw.note("rollback");
                    model = before;
                } else {
                    draw.note("commit");
                    Commit commit = tx.commit();
                    assertThat(delta(commit)).isEqualTo(model.delta());
                    if (commit != null) {
                        history.add(commit);
                    }
                }
            }
            kept.add(new Kept(database.snapshot(), model.copy()));
        }

        private static Map<Long, String> delta(Commit commit) {
            Map<Long, String> found = new TreeMap<>();
            for (TableDelta delta : commit == null ? List.<TableDelta>of() : commit.tables()) {
                RowLayout layout = RowLayout.of(delta.table().rowType());
                for (int i = 0; i < delta.size(); i++) {
                    found.put(delta.rowId(i), text(layout, delta.before(i)) + " -> " + text(layout, delta.after(i)));
                }
            }
            return found;
        }

        private static String text(RowLayout layout, byte[] row) {
            return row == null ? "null" : Arrays.toString(layout.decode(row));
        }

        /** Does one thing to both; a refusal must be the expected one, and then nothing has changed. */
        private void step(Transaction tx) {
            Model start = model.copy();
            try {
                switch (draw.intBetween(0, 14)) {
                    case 0 -> addColumn(tx);
                    case 1 -> dropColumn(tx);
                    case 2 -> createIndex(tx);
                    case 3 -> dropIndex(tx);
                    case 4 -> setNullable(tx);
                    case 5 -> changeType(tx);
                    case 6 -> truncate(tx);
                    case 7, 8 -> delete(tx);
                    case 9, 10 -> update(tx);
                    default -> insert(tx);
                }
            } catch (Refused refused) {
                draw.note("refused with " + refused.found);
                assertThat(refused.found).isEqualTo(refused.expected);
                model = start;
            }
        }

        /** The store refused, or should have. */
        private static final class Refused extends RuntimeException {
            private static final long serialVersionUID = 1L;
            final ErrorCode expected;
            final ErrorCode found;

            Refused(ErrorCode expected, ErrorCode found) {
                this.expected = expected;
                this.found = found;
            }
        }

        private static void expect(ErrorCode expected, Runnable work) {
            ErrorCode found = null;
            try {
                work.run();
            } catch (CodedException refused) {
                found = refused.code();
            }
            if (found != null || expected != null) {
                throw new Refused(expected, found);
            }
        }

        private void insert(Transaction tx) {
            List<Object> row = row();
            draw.note("insert " + row);
            model.rows.put(model.nextRowId, row);
            model.written = true;
            ErrorCode expected = uniqueness();
            if (expected == null) {
                model.nextRowId++;
            }
            expect(expected, () -> tx.insert(tableId, layout(tx).encode(row.toArray())));
        }

        private void update(Transaction tx) {
            if (model.rows.isEmpty()) {
                return;
            }
            long rowId = draw.pick(List.copyOf(model.rows.keySet()));
            List<Object> row = row();
            draw.note("update " + rowId + " " + row);
            model.rows.put(rowId, row);
            model.written = true;
            expect(uniqueness(), () -> tx.update(tableId, rowId, layout(tx).encode(row.toArray())));
        }

        private void delete(Transaction tx) {
            long rowId = draw.longBetween(1, model.nextRowId);
            draw.note("delete " + rowId);
            boolean there = model.rows.remove(rowId) != null;
            model.written |= there;
            expect(null, () -> assertThat(tx.delete(tableId, rowId)).isEqualTo(there));
        }

        private void truncate(Transaction tx) {
            draw.note("truncate");
            model.written |= !model.rows.isEmpty();
            model.rows.clear();
            expect(null, () -> tx.truncate(tableId));
        }

        private ErrorCode uniqueness() {
            return model.indexes.stream().anyMatch(model::violates) ? ErrorCode.UNIQUE_VIOLATION : null;
        }

        private void addColumn(Transaction tx) {
            Column column = new Column("c" + ++names, draw.pick(List.of(I64, TEXT)), draw.bool());
            Object value = draw.bool() && column.nullable() ? null : value(column);
            draw.note("add " + column + " with " + value);
            List<Column> columns = new ArrayList<>(model.columns);
            columns.add(column);
            model.columns = columns;
            model.rewrite(row -> {
                List<Object> longer = new ArrayList<>(row);
                longer.add(value);
                return longer;
            });
            BsatnWriter encoded = new BsatnWriter();
            RowLayout.of(new RowType(List.of(column))).encodeColumn(encoded, 0, value);
            expect(null, () -> tx.addColumn(tableId, ColumnDefinition.of(column), encoded.toByteArray()));
        }

        private void dropColumn(Transaction tx) {
            int at = draw.intBetween(0, model.columns.size() - 1);
            String name = model.columns.get(at).name();
            draw.note("drop " + name);
            ErrorCode expected = model.columns.size() == 1 ? ErrorCode.INVALID_SCHEMA : null;
            model.rewrite(row -> without(row, at));
            model.columns = without(model.columns, at);
            model.indexes = model.indexes.stream()
                    .filter(index -> !index.columns().contains(name))
                    .toList();
            expect(expected, () -> tx.dropColumn(tableId, at, List.of(), false));
        }

        private static <T> List<T> without(List<T> list, int at) {
            List<T> shorter = new ArrayList<>(list);
            shorter.remove(at);
            return shorter;
        }

        private void createIndex(Transaction tx) {
            List<Integer> positions = IntStream.range(0, model.columns.size())
                    .filter(i -> draw.bool())
                    .boxed()
                    .toList();
            if (positions.isEmpty()) {
                return;
            }
            List<String> columns =
                    positions.stream().map(at -> model.columns.get(at).name()).toList();
            Index index = new Index("i" + ++names, columns, draw.bool());
            Kind kind = draw.pick(List.of(Kind.values()));
            draw.note("create " + kind + " " + index);
            List<Index> indexes = new ArrayList<>(model.indexes);
            indexes.add(index);
            model.indexes = indexes;
            IndexDefinition draft = new IndexDefinition(0, index.name(), positions, index.unique(), kind);
            expect(uniqueness(), () -> tx.createIndex(tableId, draft));
        }

        private void dropIndex(Transaction tx) {
            if (model.indexes.isEmpty()) {
                return;
            }
            int at = draw.intBetween(0, model.indexes.size() - 1);
            String name = model.indexes.get(at).name();
            draw.note("drop index " + name);
            model.indexes = without(model.indexes, at);
            int indexId = schema(tx).index(name).orElseThrow().indexId();
            expect(null, () -> tx.dropIndex(tableId, indexId, false));
        }

        private void setNullable(Transaction tx) {
            int at = draw.intBetween(0, model.columns.size() - 1);
            Column old = model.columns.get(at);
            boolean nullable = draw.bool();
            draw.note("nullable " + old.name() + " " + nullable);
            boolean holdsNull = model.rows.values().stream().anyMatch(row -> row.get(at) == null);
            replaceColumn(at, new Column(old.name(), old.type(), nullable));
            if (old.nullable() && !nullable && model.written) {
                model.refill();
            }
            expect(
                    !nullable && holdsNull ? ErrorCode.NOT_NULL_VIOLATION : null,
                    () -> tx.setNullable(tableId, at, nullable));
        }

        private void changeType(Transaction tx) {
            int at = draw.intBetween(0, model.columns.size() - 1);
            Column old = model.columns.get(at);
            if (old.type() == TEXT) {
                return;
            }
            draw.note("text " + old.name());
            RowLayout before = layout(tx);
            Column text = new Column(old.name(), TEXT, old.nullable());
            replaceColumn(at, text);
            model.refill();
            model.rewrite(row -> {
                List<Object> changed = new ArrayList<>(row);
                changed.set(at, row.get(at) == null ? null : "was " + row.get(at));
                return changed;
            });
            expect(
                    null,
                    () -> tx.alterColumnType(tableId, at, text, List.of(), row -> {
                        Object[] values = before.decode(row);
                        values[at] = values[at] == null ? null : "was " + values[at];
                        return layout(tx).encode(values);
                    }));
        }

        private void replaceColumn(int at, Column column) {
            List<Column> columns = new ArrayList<>(model.columns);
            columns.set(at, column);
            model.columns = columns;
        }

        private List<Object> row() {
            return new ArrayList<>(model.columns.stream()
                    .map(column -> column.nullable() && draw.intBetween(0, 3) == 0 ? null : value(column))
                    .toList());
        }

        private Object value(Column column) {
            long number = draw.longBetween(0, 6);
            return column.type() == I64 ? (Object) number : "text " + number;
        }

        private TableSchema schema(ReadView view) {
            return view.catalog().get(tableId);
        }

        private RowLayout layout(ReadView view) {
            return RowLayout.of(schema(view).rowType());
        }

        void check(ReadView view, Model expected) {
            TableReader table = view.table(tableId);
            TableSchema schema = schema(view);
            assertThat(table.schema()).isEqualTo(schema);
            assertThat(schema.rowType().columns()).isEqualTo(expected.columns);
            NavigableMap<Long, List<Object>> found = new TreeMap<>();
            for (RowCursor row = table.scan(); row.next(); ) {
                found.put(row.rowId(), Arrays.asList(table.layout().decode(row.row())));
            }
            assertThat(found).isEqualTo(expected.rows);
            assertThat(schema.indexes()).hasSameSizeAs(expected.indexes);
            for (Index index : expected.indexes) {
                checkIndex(table, schema.index(index.name()).orElseThrow(), expected, index);
            }
        }

        private static void checkIndex(TableReader table, IndexDefinition found, Model expected, Index index) {
            assertThat(found.columns())
                    .isEqualTo(index.columns().stream().map(expected::position).toList());
            RowLayout key = RowLayout.of(table.schema().rowType().project(found.columnArray()));
            expected.rows.forEach((rowId, row) -> {
                List<Object> values = expected.key(index, row);
                assertThat(ids(table.lookup(found.indexId(), key.encode(values.toArray()))))
                        .isEqualTo(expected.withKey(index, values));
            });
            if (found.kind() == Kind.ORDERED) {
                assertThat(new TreeSet<>(ids(table.range(found.indexId(), IndexRange.all(), false))))
                        .isEqualTo(expected.rows.keySet());
            }
        }

        void end() {
            kept.forEach(each -> check(each.snapshot(), each.model()));
            Database copy = aDatabase();
            Database.Recovery recovery = copy.recovery();
            history.forEach(recovery::apply);
            recovery.end();
            check(copy.snapshot(), model);
            assertThat(copy.catalog().tables()).isEqualTo(database.catalog().tables());
        }
    }

    private static void run(Draw draw) {
        Run run = new Run(draw);
        for (int i = draw.intBetween(1, 12); i > 0; i--) {
            run.transaction();
        }
        run.end();
    }

    @Test
    void any_order_of_schema_changes_writes_and_rollbacks_gives_the_expected_table_and_replays_to_it() {
        property().runs(200).explore(SchemaPropertyTest::run);
    }

    @Test
    @Tag("slow")
    void many_more_orders_of_schema_changes_give_the_expected_table() {
        property().runs(5_000).explore(SchemaPropertyTest::run);
    }
}
