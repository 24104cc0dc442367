package dev.merapi.store;

import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.store.TableBuilder.aTable;
import static dev.merapi.store.TestDatabase.aDatabase;
import static dev.merapi.store.TestDatabase.begin;
import static dev.merapi.store.TestDatabase.commit;
import static dev.merapi.store.TestDatabase.createTable;
import static dev.merapi.store.TestDatabase.insert;
import static dev.merapi.store.TestDatabase.row;
import static dev.merapi.store.TestDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.schema.TableSchema;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private final Database database = aDatabase();
    private TableSchema accounts;

    @BeforeEach
    void createAccounts() {
        accounts = createTable(
                database,
                aTable("accounts").column("id", I64).column("owner", TEXT).primaryKey("id"));
    }

    private int primaryKey() {
        return accounts.indexes().get(0).indexId();
    }

    @Test
    void a_commit_carries_what_changed_and_a_dense_offset() {
        Commit inserted = commit(database, tx -> insert(tx, accounts, 1L, "ann"));
        Commit updated = commit(database, tx -> tx.update(accounts.tableId(), 1, row(accounts, 1L, "bob")));

        assertThat(inserted.offset()).isEqualTo(2);
        assertThat(updated.offset()).isEqualTo(3);
        assertThat(updated.timestampMicros()).isEqualTo(1795169730123456L);
        TableDelta delta = updated.tables().get(0);
        assertThat(delta.size()).isEqualTo(1);
        assertThat(delta.rowId(0)).isEqualTo(1);
        assertThat(delta.before(0)).isEqualTo(row(accounts, 1L, "ann"));
        assertThat(delta.after(0)).isEqualTo(row(accounts, 1L, "bob"));
    }

    @Test
    void a_transaction_that_changes_nothing_makes_no_commit() {
        commit(database, tx -> insert(tx, accounts, 1L, "ann"));

        Commit commit = commit(database, tx -> {
            long id = insert(tx, accounts, 2L, "bob");
            tx.delete(accounts.tableId(), id);
            tx.update(accounts.tableId(), 1, row(accounts, 1L, "eve"));
            tx.update(accounts.tableId(), 1, row(accounts, 1L, "ann"));
        });

        assertThat(commit).isNull();
        assertThat(database.offset()).isEqualTo(2);
    }

    @Test
    void repeated_writes_of_a_row_are_one_net_change() {
        Commit commit = commit(database, tx -> {
            long id = insert(tx, accounts, 1L, "ann");
            tx.update(accounts.tableId(), id, row(accounts, 1L, "bob"));
            tx.update(accounts.tableId(), id, row(accounts, 7L, "eve"));
        });

        TableDelta delta = commit.tables().get(0);
        assertThat(delta.size()).isEqualTo(1);
        assertThat(delta.before(0)).isNull();
        assertThat(delta.after(0)).isEqualTo(row(accounts, 7L, "eve"));
    }

    @Test
    void a_snapshot_keeps_the_rows_of_its_offset() {
        commit(database, tx -> insert(tx, accounts, 1L, "ann"));
        Snapshot before = database.snapshot();

        commit(database, tx -> {
            tx.update(accounts.tableId(), 1, row(accounts, 1L, "bob"));
            insert(tx, accounts, 2L, "eve");
        });

        assertThat(rows(before, accounts)).containsExactly(List.of(1L, "ann"));
        assertThat(before.table(accounts.tableId()).findId(primaryKey(), 2L)).isEqualTo(-1);
        assertThat(rows(database.snapshot(), accounts)).containsExactly(List.of(1L, "bob"), List.of(2L, "eve"));
        assertThat(before.offset()).isEqualTo(2);
    }

    @Test
    void a_snapshot_is_the_same_object_until_something_is_committed() {
        Snapshot first = database.snapshot();
        try (Transaction tx = begin(database)) {
            insert(tx, accounts, 1L, "ann");
        }
        Snapshot afterRollback = database.snapshot();
        commit(database, tx -> insert(tx, accounts, 1L, "ann"));

        assertThat(afterRollback).isSameAs(first);
        assertThat(database.snapshot()).isNotSameAs(first);
        assertThat(rows(first, accounts)).isEmpty();
    }

    @Test
    void uncommitted_rows_are_visible_to_their_transaction_and_gone_after_rollback() {
        try (Transaction tx = begin(database)) {
            insert(tx, accounts, 1L, "ann");
            assertThat(tx.table(accounts.tableId()).findId(primaryKey(), 1L)).isEqualTo(1);
        }

        assertThat(rows(database.snapshot(), accounts)).isEmpty();
        assertThat(database.offset()).isEqualTo(1);
    }

    @Test
    void only_one_transaction_is_open_at_a_time() {
        try (Transaction tx = begin(database)) {
            assertThat(tx.offset()).isEqualTo(1);
            assertThatThrownBy(() -> begin(database)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(database::snapshot).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_cursor_of_the_transaction_refuses_to_go_on_after_a_write_to_its_table() {
        commit(database, tx -> insert(tx, accounts, 1L, "ann"));

        try (Transaction tx = begin(database)) {
            RowCursor cursor = tx.table(accounts.tableId()).scan();
            assertThat(cursor.next()).isTrue();
            insert(tx, accounts, 2L, "bob");

            assertThatThrownBy(cursor::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("view()");
        }
    }

    @Test
    void a_view_of_a_transaction_shows_its_writes_so_far_and_no_later_ones() {
        try (Transaction tx = begin(database)) {
            insert(tx, accounts, 1L, "ann");
            ReadView view = tx.view();
            insert(tx, accounts, 2L, "bob");
            tx.delete(accounts.tableId(), 1);

            assertThat(rows(view, accounts)).containsExactly(List.of(1L, "ann"));
            assertThat(rows(tx, accounts)).containsExactly(List.of(2L, "bob"));
        }
    }
}
