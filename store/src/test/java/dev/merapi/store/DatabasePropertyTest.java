package dev.merapi.store;

import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.store.TableBuilder.aTable;
import static dev.merapi.store.TestDatabase.aDatabase;
import static dev.merapi.store.TestDatabase.begin;
import static dev.merapi.store.TestDatabase.rows;
import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ForeignKey.Action;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random transactions on a database and on a naive model of it must end alike, and their commits must say the same. */
class DatabasePropertyTest {
    private record Kept(Snapshot snapshot, NaiveFamily model) {}

    private static final ConstraintCompiler NOT_NEGATIVE = (table, check) -> {
        RowLayout layout = RowLayout.of(table.rowType());
        return row -> layout.getLong(row, table.indexOf("n")) < 0;
    };

    /** One run: a database and its model, driven side by side. */
    private static final class Run {
        final Draw draw;
        final Database database = aDatabase(NOT_NEGATIVE);
        final List<Commit> history = new ArrayList<>();
        final List<Kept> kept = new ArrayList<>();
        TableSchema parents;
        TableSchema children;
        NaiveFamily model;

        Run(Draw draw) {
            this.draw = draw;
            model = new NaiveFamily(draw.pick(List.of(Action.values())), draw.pick(List.of(Action.values())));
            draw.note("on delete " + model.onDelete + ", on update " + model.onUpdate);
            try (Transaction tx = begin(database)) {
                parents = tx.createTable(aTable("parents")
                        .column("id", I64)
                        .nullable("code", I64)
                        .primaryKey(draw.pick(List.of(Kind.values())), "id")
                        .index("parents_code", draw.pick(List.of(Kind.values())), true, "code")
                        .draft());
                children = tx.createTable(aTable("children")
                        .column("id", I64)
                        .nullable("parent", I64)
                        .column("n", I64)
                        .primaryKey("id")
                        .index("children_n", Kind.ORDERED, false, "n", "parent")
                        .check("n_check", "n >= 0")
                        .references("fk", List.of("parent"), parents, List.of("code"), model.onDelete, model.onUpdate)
                        .draft());
                history.add(tx.commit());
            }
        }

        void transaction() {
            NaiveFamily before = model.copy();
            try (Transaction tx = begin(database)) {
                for (int i = draw.intBetween(1, 4); i > 0; i--) {
                    statement(tx);
                    assertSame(tx, model);
                }
                if (draw.intBetween(0, 4) == 0) {
                    draw.note("rollback");
                    model = before;
                } else {
                    Commit commit = tx.commit();
                    assertDeltas(commit, before);
                    if (commit != null) {
                        history.add(commit);
                    }
                }
            }
            assertThat(database.offset()).isEqualTo(history.size());
            if (draw.intBetween(0, 2) == 0) {
                kept.add(new Kept(database.snapshot(), model.copy()));
            }
        }

        private void statement(Transaction tx) {
            NaiveFamily start = model.copy();
            Savepoint savepoint = tx.savepoint();
            ErrorCode expected = null;
            ErrorCode found = null;
            for (int i = draw.intBetween(1, 3); i >= 0 && expected == null; i--) {
                Step step = i == 0 ? Step.END : step();
                try {
                    step.onModel().accept(model);
                } catch (NaiveFamily.Refused refused) {
                    expected = refused.code;
                }
                try {
                    step.onStore().accept(tx);
                } catch (CodedException refused) {
                    found = refused.code();
                }
                assertThat(found).isEqualTo(expected);
            }
            if (expected != null) {
                draw.note("refused with " + expected);
                model = start;
                tx.rollbackTo(savepoint);
            }
        }

        private record Step(Consumer<NaiveFamily> onModel, Consumer<Transaction> onStore) {
            static final Step END = new Step(NaiveFamily::endStatement, Transaction::endStatement);
        }

        private Step step() {
            boolean onParent = draw.bool();
            TableSchema table = onParent ? parents : children;
            NavigableMap<Long, Object[]> rows = onParent ? model.parents : model.children;
            Long code = draw.intBetween(0, 4) == 0 ? null : draw.longBetween(0, 6);
            Object[] row = onParent
                    ? new Object[] {draw.longBetween(0, 20), code}
                    : new Object[] {draw.longBetween(0, 20), code, draw.longBetween(-1, 8)};
            long rowId = draw.longBetween(1, rows.isEmpty() ? 1 : rows.lastKey() + 1);
            byte[] bytes = TestDatabase.row(table, row);
            return switch (draw.intBetween(0, 2)) {
                case 0 -> {
                    draw.note("insert " + table.name() + " " + Arrays.toString(row));
                    yield new Step(
                            family -> {
                                if (onParent) {
                                    family.insertParent(row);
                                } else {
                                    family.insertChild(row);
                                }
                            },
                            tx -> tx.insert(table.tableId(), bytes));
                }
                case 1 -> {
                    draw.note("update " + table.name() + " " + rowId + " " + Arrays.toString(row));
                    boolean there = rows.containsKey(rowId);
                    yield new Step(
                            family -> {
                                if (onParent) {
                                    family.updateParent(rowId, row);
                                } else {
                                    family.updateChild(rowId, row);
                                }
                            },
                            tx -> assertThat(tx.update(table.tableId(), rowId, bytes))
                                    .isEqualTo(there));
                }
                default -> {
                    draw.note("delete " + table.name() + " " + rowId);
                    boolean there = rows.containsKey(rowId);
                    yield new Step(
                            family -> {
                                if (onParent) {
                                    family.deleteParent(rowId);
                                } else {
                                    family.deleteChild(rowId);
                                }
                            },
                            tx -> assertThat(tx.delete(table.tableId(), rowId)).isEqualTo(there));
                }
            };
        }

        void assertSame(ReadView view, NaiveFamily expected) {
            assertThat(rows(view, parents)).isEqualTo(NaiveFamily.values(expected.parents));
            assertThat(rows(view, children)).isEqualTo(NaiveFamily.values(expected.children));
            assertIndexes(view.table(parents.tableId()), expected.parents);
            assertIndexes(view.table(children.tableId()), expected.children);
        }

        /** Each index leads from each key to exactly the rows that have it, in every table. */
        private static void assertIndexes(TableReader table, NavigableMap<Long, Object[]> expected) {
            for (IndexDefinition index : table.schema().indexes()) {
                RowLayout key = RowLayout.of(table.schema().rowType().project(index.columnArray()));
                expected.forEach((rowId, row) -> {
                    Object[] values =
                            index.columns().stream().map(column -> row[column]).toArray();
                    List<Long> equal = expected.entrySet().stream()
                            .filter(entry -> !Arrays.asList(values).contains(null)
                                    && index.columns().stream()
                                            .allMatch(column -> row[column].equals(entry.getValue()[column])))
                            .map(Map.Entry::getKey)
                            .toList();
                    assertThat(TestDatabase.ids(table.lookup(index.indexId(), key.encode(values))))
                            .isEqualTo(equal);
                });
                if (index.kind() == Kind.ORDERED) {
                    assertThat(TestDatabase.ids(table.range(index.indexId(), IndexRange.all(), false)))
                            .containsExactlyInAnyOrderElementsOf(expected.keySet());
                }
            }
        }

        private void assertDeltas(Commit commit, NaiveFamily before) {
            assertDelta(commit, parents, before.parents, model.parents);
            assertDelta(commit, children, before.children, model.children);
        }

        private static void assertDelta(
                Commit commit,
                TableSchema table,
                NavigableMap<Long, Object[]> before,
                NavigableMap<Long, Object[]> after) {
            Map<Long, String> expected = new TreeMap<>();
            for (long rowId = 1; rowId < 200; rowId++) {
                String change = Arrays.toString(before.get(rowId)) + " -> " + Arrays.toString(after.get(rowId));
                if (!Arrays.equals(before.get(rowId), after.get(rowId))) {
                    expected.put(rowId, change);
                }
            }
            Map<Long, String> found = new TreeMap<>();
            RowLayout layout = RowLayout.of(table.rowType());
            for (TableDelta delta : commit == null ? List.<TableDelta>of() : commit.tables()) {
                for (int i = 0; delta.table().tableId() == table.tableId() && i < delta.size(); i++) {
                    found.put(delta.rowId(i), text(layout, delta.before(i)) + " -> " + text(layout, delta.after(i)));
                }
            }
            assertThat(found).isEqualTo(expected);
        }

        private static String text(RowLayout layout, byte[] row) {
            return row == null ? "null" : Arrays.toString(layout.decode(row));
        }

        void end() {
            kept.add(new Kept(database.snapshot(), model));
            kept.forEach(each -> assertSame(each.snapshot(), each.model()));
            Database copy = aDatabase();
            Database.Recovery recovery = copy.recovery();
            history.forEach(recovery::apply);
            recovery.end();
            assertSame(copy.snapshot(), model);
        }
    }

    private static void run(Draw draw) {
        Run run = new Run(draw);
        for (int i = draw.intBetween(1, 25); i > 0; i--) {
            run.transaction();
        }
        run.end();
    }

    @Test
    void transactions_end_as_in_a_naive_model_and_commits_say_what_changed() {
        property().runs(150).explore(DatabasePropertyTest::run);
    }

    @Test
    @Tag("slow")
    void many_more_transactions_end_as_in_a_naive_model() {
        property().runs(3_000).explore(DatabasePropertyTest::run);
    }
}
