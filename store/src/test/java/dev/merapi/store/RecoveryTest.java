package dev.merapi.store;

import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.store.TableBuilder.aTable;
import static dev.merapi.store.TestDatabase.commit;
import static dev.merapi.store.TestDatabase.createTable;
import static dev.merapi.store.TestDatabase.insert;
import static dev.merapi.store.TestDatabase.row;
import static dev.merapi.store.TestDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.log.LogOptions;
import dev.merapi.store.log.MemoryLogStorage;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A database that is closed and opened again, or that just ends, on storage that stays. */
class RecoveryTest {
    private final MemoryLogStorage storage = new MemoryLogStorage(Long.MAX_VALUE);
    private final LogOptions log = LogOptions.defaults(new SplittableRandom(5)).withSegmentBytes(4096);

    private Database database = open();

    @Test
    void everything_committed_is_there_again() {
        TableSchema items = createItems();
        commit(database, tx -> {
            insert(tx, items, tx.nextSequence(items.tableId(), 0), "a");
            insert(tx, items, tx.nextSequence(items.tableId(), 0), "b");
            insert(tx, items, tx.nextSequence(items.tableId(), 0), "c");
        });
        commit(database, tx -> {
            tx.delete(items.tableId(), 2);
            tx.update(items.tableId(), 1, row(items, 1L, "A"));
        });

        reopen();

        assertThat(database.offset()).isEqualTo(3);
        assertThat(database.catalog().find(items.name())).isEqualTo(items);
        assertThat(rows(database.snapshot(), items)).containsExactly(List.of(1L, "A"), List.of(3L, "c"));
        TableReader reader = database.snapshot().table(items.tableId());
        assertThat(reader.findId(items.indexes().get(0).indexId(), 3L)).isEqualTo(3);
        assertThat(reader.findId(items.indexes().get(0).indexId(), 2L)).isEqualTo(-1);
        commit(database, tx -> {
            assertThat(tx.nextSequence(items.tableId(), 0)).isEqualTo(4);
            assertThat(insert(tx, items, 4L, "d")).isEqualTo(4);
        });
    }

    @Test
    void a_checkpoint_and_the_commits_behind_it_give_the_same_tables() {
        TableSchema items = createItems();
        for (long id = 1; id <= 100; id++) {
            long item = id;
            commit(database, tx -> insert(tx, items, item, "item " + item));
        }
        write();
        commit(database, tx -> tx.delete(items.tableId(), 100));
        write();
        database.log().checkpoint(database.snapshot());
        commit(database, tx -> tx.update(items.tableId(), 7, row(items, 7L, "seven")));
        List<List<Object>> before = rows(database.snapshot(), items);

        reopen();

        assertThat(database.log().recovery().checkpointOffset()).isEqualTo(102);
        assertThat(database.log().recovery().replayedCommits()).isEqualTo(1);
        assertThat(database.offset()).isEqualTo(103);
        assertThat(rows(database.snapshot(), items)).isEqualTo(before);
        commit(
                database,
                tx -> assertThat(insert(tx, items, 100L, "again"))
                        .as("row ids are not given twice")
                        .isEqualTo(101));
    }

    @Test
    void a_checkpoint_must_not_run_ahead_of_the_log() {
        createItems();

        assertThatThrownBy(() -> database.log().checkpoint(database.snapshot()))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_REFUSED));
    }

    @Test
    void schema_changes_behind_a_checkpoint_are_repeated_on_its_rows() {
        TableSchema items = createItems();
        commit(database, tx -> insert(tx, items, 1L, "a"));
        write();
        database.log().checkpoint(database.snapshot());
        commit(database, tx -> tx.renameColumn(items.tableId(), 1, "label", List.of()));
        commit(database, tx -> tx.createSchema("other"));

        reopen();

        TableSchema renamed = database.catalog().get(items.tableId());
        assertThat(renamed.indexOf("label")).isEqualTo(1);
        assertThat(database.catalog().hasSchema("other")).isTrue();
        assertThat(rows(database.snapshot(), renamed)).containsExactly(List.of(1L, "a"));
    }

    @Test
    void what_was_not_written_is_gone_after_an_unclean_end() {
        TableSchema items = createItems();
        commit(database, tx -> insert(tx, items, 1L, "a"));
        write();
        long epoch = database.epoch();
        commit(database, tx -> insert(tx, items, 2L, "b"));

        database = open();

        assertThat(rows(database.snapshot(), items)).containsExactly(List.of(1L, "a"));
        assertThat(database.epoch()).isNotEqualTo(epoch);
        assertThat(database.log().isResumable(epoch, 2)).isTrue();
        assertThat(database.log().isResumable(epoch, 3)).isFalse();
    }

    private TableSchema createItems() {
        return createTable(
                database,
                aTable("items").counting("id", I64).column("name", TEXT).primaryKey("id"));
    }

    private void write() {
        database.log().write(database.log().seal());
    }

    private void reopen() {
        database.close();
        database = open();
    }

    private Database open() {
        return Database.open(new DatabaseOptions("test", storage, log, StoreLimits.DEFAULT, ConstraintCompiler.NONE));
    }
}
