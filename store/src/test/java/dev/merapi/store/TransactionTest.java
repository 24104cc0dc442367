package dev.merapi.store;

import static dev.merapi.api.schema.ScalarType.I16;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.store.TableBuilder.aTable;
import static dev.merapi.store.TestDatabase.aDatabase;
import static dev.merapi.store.TestDatabase.begin;
import static dev.merapi.store.TestDatabase.commit;
import static dev.merapi.store.TestDatabase.createTable;
import static dev.merapi.store.TestDatabase.ids;
import static dev.merapi.store.TestDatabase.insert;
import static dev.merapi.store.TestDatabase.row;
import static dev.merapi.store.TestDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private final Database database = aDatabase();
    private TableSchema items;

    @BeforeEach
    void createItems() {
        items = createTable(
                database,
                aTable("items")
                        .counting("id", I64)
                        .column("name", TEXT)
                        .primaryKey("id")
                        .index("items_name", Kind.ORDERED, false, "name")
                        .index("items_name_hash", Kind.HASH, false, "name"));
    }

    private long add(Transaction tx, String name) {
        return insert(tx, items, tx.nextSequence(items.tableId(), 0), name);
    }

    private byte[] key(String name) {
        return RowLayout.of(items.rowType().project(1)).encode(name);
    }

    private List<Long> named(ReadView view, int index, String name) {
        int indexId = items.indexes().get(index).indexId();
        return ids(view.table(items.tableId()).lookup(indexId, key(name)));
    }

    @Test
    void a_rollback_restores_rows_indexes_sequences_and_row_ids() {
        commit(database, tx -> {
            add(tx, "a");
            add(tx, "b");
        });
        try (Transaction tx = begin(database)) {
            add(tx, "c");
            tx.update(items.tableId(), 1, row(items, 1L, "z"));
            tx.delete(items.tableId(), 2);
            add(tx, "b");
        }

        commit(database, tx -> assertThat(add(tx, "d")).isEqualTo(3));

        Snapshot snapshot = database.snapshot();
        assertThat(rows(snapshot, items)).containsExactly(List.of(1L, "a"), List.of(2L, "b"), List.of(3L, "d"));
        for (int index = 1; index <= 2; index++) {
            assertThat(named(snapshot, index, "a")).containsExactly(1L);
            assertThat(named(snapshot, index, "b")).containsExactly(2L);
            assertThat(named(snapshot, index, "c")).isEmpty();
            assertThat(named(snapshot, index, "z")).isEmpty();
        }
        assertThat(snapshot.sequence(items.tableId(), 0).lastValue()).isEqualTo(3);
        assertThat(snapshot.table(items.tableId()).rowBytes()).isEqualTo(3 * 13);
    }

    @Test
    void a_savepoint_takes_back_what_came_after_it_and_nothing_before() {
        Commit commit = commit(database, tx -> {
            add(tx, "kept");
            Savepoint savepoint = tx.savepoint();
            add(tx, "dropped");
            tx.update(items.tableId(), 1, row(items, 1L, "changed"));
            Savepoint inner = tx.savepoint();
            tx.delete(items.tableId(), 1);
            tx.rollbackTo(inner);
            assertThat(rows(tx, items)).containsExactly(List.of(1L, "changed"), List.of(2L, "dropped"));
            tx.rollbackTo(savepoint);
            assertThat(add(tx, "second")).isEqualTo(2);
            tx.rollbackTo(savepoint);
            add(tx, "third");
        });

        assertThat(rows(database.snapshot(), items)).containsExactly(List.of(1L, "kept"), List.of(2L, "third"));
        assertThat(commit.tables().get(0).size()).isEqualTo(2);
        assertThat(commit.sequences()).containsExactly(new SequenceChange(items.tableId(), 0, 2));
    }

    @Test
    void a_savepoint_that_was_gone_back_behind_or_belongs_elsewhere_is_refused() {
        Savepoint stale;
        try (Transaction tx = begin(database)) {
            Savepoint outer = tx.savepoint();
            add(tx, "a");
            stale = tx.savepoint();
            tx.rollbackTo(outer);
            assertThatThrownBy(() -> tx.rollbackTo(stale)).isInstanceOf(IllegalArgumentException.class);
        }
        try (Transaction tx = begin(database)) {
            assertThatThrownBy(() -> tx.rollbackTo(stale)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_name_means_the_youngest_savepoint_of_that_name() {
        commit(database, tx -> {
            NamedSavepoints places = tx.named();
            places.set("place");
            add(tx, "a");
            places.set("place");
            add(tx, "b");
            places.rollbackTo("place");
            places.rollbackTo("place");
            assertThat(rows(tx, items)).containsExactly(List.of(1L, "a"));
            places.release("place");
            places.rollbackTo("place");
            assertThat(rows(tx, items)).isEmpty();
        });
    }

    @Test
    void a_savepoint_is_unknown_once_it_is_released_or_gone_back_behind() {
        try (Transaction tx = begin(database)) {
            tx.named().set("outer");
            tx.named().set("inner");
            tx.named().rollbackTo("outer");
            refused(ErrorCode.UNKNOWN_SAVEPOINT, () -> tx.named().rollbackTo("inner"));
            tx.named().release("outer");
            refused(ErrorCode.UNKNOWN_SAVEPOINT, () -> tx.named().release("outer"));
        }
    }

    @Test
    void savepoints_have_a_limit() {
        try (Transaction tx = begin(database)) {
            refused(ErrorCode.STORE_LIMIT, () -> {
                for (int i = 0; i < 1_001; i++) {
                    tx.named().set("s" + i);
                }
            });
        }
    }

    @Test
    void a_finished_transaction_refuses_further_work() {
        Transaction tx = begin(database);
        tx.commit();

        assertThatThrownBy(() -> add(tx, "a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(tx::commit).isInstanceOf(IllegalStateException.class);
        tx.close();
        assertThat(database.offset()).isEqualTo(1);
    }

    @Test
    void updating_or_deleting_a_row_that_is_not_there_says_so() {
        try (Transaction tx = begin(database)) {
            long id = add(tx, "a");
            assertThat(tx.delete(items.tableId(), id)).isTrue();
            assertThat(tx.delete(items.tableId(), id)).isFalse();
            assertThat(tx.update(items.tableId(), id, row(items, 1L, "b"))).isFalse();
            assertThat(catchThrowableOfType(CodedException.class, () -> tx.delete(999, 1))
                            .code())
                    .isEqualTo(ErrorCode.UNKNOWN_TABLE);
        }
    }

    @Test
    void a_sequence_advances_only_upwards_and_ends_with_its_type() {
        TableSchema small = createTable(database, aTable("small").counting("id", I16));

        try (Transaction tx = begin(database)) {
            tx.advanceSequence(small.tableId(), 0, 32_765);
            tx.advanceSequence(small.tableId(), 0, 5);
            assertThat(tx.nextSequence(small.tableId(), 0)).isEqualTo(32_766);
            assertThat(tx.nextSequence(small.tableId(), 0)).isEqualTo(32_767);
            CodedException refusal =
                    catchThrowableOfType(CodedException.class, () -> tx.nextSequence(small.tableId(), 0));
            assertThat(refusal.code()).isEqualTo(ErrorCode.SEQUENCE_EXHAUSTED);
            assertThat(refusal.context()).containsEntry("column", "id").containsEntry("limit", "32767");
            Commit commit = tx.commit();
            assertThat(commit.tables()).isEmpty();
            assertThat(commit.sequences()).containsExactly(new SequenceChange(small.tableId(), 0, 32_767));
        }
    }

    @Test
    void row_ids_end_before_they_come_twice() {
        Database full = aDatabase();
        Database.Recovery target = full.recovery();
        target.restoreCatalog(database.catalog());
        target.restoreNextRowId(items.tableId(), (1L << 48) - 1);
        target.end();

        try (Transaction tx = begin(full)) {
            long last = add(tx, "last");
            assertThat(named(tx, 1, "last")).containsExactly(last);
            assertThat(named(tx, 2, "last")).containsExactly(last);
            CodedException refusal = catchThrowableOfType(CodedException.class, () -> add(tx, "one more"));
            assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_LIMIT);
        }
    }

    @Test
    void deltas_are_grouped_by_table_and_ascend_by_row_id() {
        TableSchema others = createTable(database, aTable("others").column("n", I64));
        commit(database, tx -> {
            for (long i = 0; i < 50; i++) {
                insert(tx, others, i);
                add(tx, "x");
            }
        });

        Commit commit = commit(database, tx -> {
            for (long i = 50; i > 0; i -= 7) {
                tx.delete(others.tableId(), i);
                tx.update(items.tableId(), i, row(items, i, "y"));
            }
        });

        assertThat(commit.tables())
                .extracting(delta -> delta.table().tableId())
                .containsExactly(items.tableId(), others.tableId());
        for (TableDelta delta : commit.tables()) {
            assertThat(delta.size()).isEqualTo(8);
            for (int i = 0; i < 8; i++) {
                assertThat(delta.rowId(i)).isEqualTo(1 + 7L * i);
            }
        }
    }

    @Test
    void a_commit_applied_to_another_database_gives_the_same_rows() {
        Database copy = aDatabase();
        Database.Recovery target = copy.recovery();
        Database source = aDatabase();
        TableSchema[] table = new TableSchema[1];
        target.apply(commit(source, tx -> {
            table[0] = tx.createTable(aTable("t")
                    .counting("id", I64)
                    .column("n", I64)
                    .primaryKey("id")
                    .draft());
            insert(tx, table[0], tx.nextSequence(table[0].tableId(), 0), 1L);
            insert(tx, table[0], tx.nextSequence(table[0].tableId(), 0), 2L);
        }));
        Commit swap = commit(source, tx -> {
            // swaps two unique keys by way of a third: the replay sees only the ends
            tx.update(table[0].tableId(), 1, row(table[0], 9L, 1L));
            tx.update(table[0].tableId(), 2, row(table[0], 1L, 2L));
            tx.update(table[0].tableId(), 1, row(table[0], 2L, 1L));
        });
        target.apply(swap);
        assertThatThrownBy(() -> target.apply(swap)).isInstanceOf(IllegalArgumentException.class);
        target.end();

        assertThat(copy.offset()).isEqualTo(2);
        assertThat(rows(copy.snapshot(), table[0])).containsExactly(List.of(2L, 1L), List.of(1L, 2L));
        int key = table[0].indexes().get(0).indexId();
        assertThat(copy.snapshot().table(table[0].tableId()).findId(key, 1L)).isEqualTo(2);
        assertThat(copy.snapshot().sequence(table[0].tableId(), 0))
                .isEqualTo(source.snapshot().sequence(table[0].tableId(), 0));
    }

    @Test
    void a_checkpoint_restores_rows_indexes_sequences_and_row_ids() {
        commit(database, tx -> {
            add(tx, "a");
            add(tx, "b");
            add(tx, "c");
            tx.delete(items.tableId(), 3);
        });
        Snapshot snapshot = database.snapshot();
        Database copy = aDatabase();
        Database.Recovery target = copy.recovery();

        target.restoreCatalog(snapshot.catalog());
        for (RowCursor row = snapshot.table(items.tableId()).scan(); row.next(); ) {
            target.restoreRow(items.tableId(), row.rowId(), row.row());
        }
        target.restoreNextRowId(items.tableId(), snapshot.nextRowId(items.tableId()));
        target.restoreSequence(snapshot.sequence(items.tableId(), 0));
        target.restoreOffset(snapshot.offset());
        target.end();

        assertThat(copy.offset()).isEqualTo(2);
        assertThat(named(copy.snapshot(), 1, "b")).containsExactly(2L);
        assertThat(named(copy.snapshot(), 2, "b")).containsExactly(2L);
        assertThat(copy.statistics()).containsExactly(new TableStatistics(items.tableId(), items.name(), 2, 26));
        try (Transaction next = begin(copy)) {
            assertThat(add(next, "d")).isEqualTo(4);
            assertThat(rows(next, items)).contains(List.of(4L, "d"));
        }
    }

    private static void refused(ErrorCode code, ThrowingCallable work) {
        CodedException refusal = catchThrowableOfType(CodedException.class, work);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
    }
}
