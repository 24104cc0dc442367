package dev.merapi.store;

import static dev.merapi.api.schema.ForeignKey.Action.CASCADE;
import static dev.merapi.api.schema.ForeignKey.Action.NO_ACTION;
import static dev.merapi.api.schema.ForeignKey.Action.RESTRICT;
import static dev.merapi.api.schema.ForeignKey.Action.SET_NULL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.api.schema.ScalarType.U64;
import static dev.merapi.store.TableBuilder.aTable;
import static dev.merapi.store.TestDatabase.aDatabase;
import static dev.merapi.store.TestDatabase.begin;
import static dev.merapi.store.TestDatabase.commit;
import static dev.merapi.store.TestDatabase.createTable;
import static dev.merapi.store.TestDatabase.insert;
import static dev.merapi.store.TestDatabase.row;
import static dev.merapi.store.TestDatabase.rows;
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.ForeignKey.Action;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.RowLayout;
import java.math.BigInteger;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConstraintTest {
    private final Database database = aDatabase();

    private static CodedException refused(ErrorCode code, ThrowingCallable work) {
        CodedException refusal = catchThrowableOfType(CodedException.class, work);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }

    // ---- unique

    @Test
    void a_key_that_exists_is_refused_and_the_message_names_constraint_table_and_key() {
        TableSchema users = createTable(
                database,
                aTable("users")
                        .column("id", I64)
                        .column("mail", TEXT)
                        .primaryKey("id")
                        .unique("users_mail_key", "mail"));

        try (Transaction tx = begin(database)) {
            insert(tx, users, 1L, "a@b.c");
            CodedException refusal = refused(ErrorCode.UNIQUE_VIOLATION, () -> insert(tx, users, 2L, "a@b.c"));
            assertThat(refusal.context())
                    .containsEntry("constraint", "users_mail_key")
                    .containsEntry("table", "users")
                    .containsEntry("key", "(mail)=(a@b.c)");
            refused(ErrorCode.UNIQUE_VIOLATION, () -> insert(tx, users, 1L, "other"));
            insert(tx, users, 2L, "d@e.f");
            refused(ErrorCode.UNIQUE_VIOLATION, () -> tx.update(users.tableId(), 2, row(users, 1L, "d@e.f")));
            tx.commit();
        }

        assertThat(rows(database.snapshot(), users)).containsExactly(List.of(1L, "a@b.c"), List.of(2L, "d@e.f"));
    }

    @Test
    void nulls_are_distinct_in_every_kind_of_unique_index() {
        for (Kind kind : Kind.values()) {
            TableSchema table = createTable(
                    database,
                    aTable("t" + kind)
                            .nullable("a", I64)
                            .nullable("b", TEXT)
                            .index("t_key" + kind, kind, true, "a", "b"));

            try (Transaction tx = begin(database)) {
                insert(tx, table, null, "x");
                insert(tx, table, null, "x");
                insert(tx, table, 1L, null);
                insert(tx, table, 1L, null);
                insert(tx, table, 1L, "x");
                refused(ErrorCode.UNIQUE_VIOLATION, () -> insert(tx, table, 1L, "x"));
            }
        }
    }

    @Test
    void a_key_is_free_again_once_its_row_is_gone_or_has_another() {
        TableSchema table = createTable(database, aTable("t").column("id", I64).primaryKey(Kind.ORDERED, "id"));

        Commit commit = commit(database, tx -> {
            insert(tx, table, 1L);
            tx.delete(table.tableId(), 1);
            insert(tx, table, 1L);
            tx.update(table.tableId(), 2, row(table, 2L));
            insert(tx, table, 1L);
        });

        assertThat(commit.tables().get(0).size()).isEqualTo(2);
        assertThat(rows(database.snapshot(), table)).containsExactly(List.of(2L), List.of(1L));
    }

    @Test
    void a_row_may_keep_its_key() {
        TableSchema table = createTable(
                database, aTable("t").column("id", I64).column("n", I64).primaryKey("id"));

        commit(database, tx -> insert(tx, table, 1L, 1L));
        Commit commit = commit(database, tx -> tx.update(table.tableId(), 1, row(table, 1L, 2L)));

        assertThat(commit.tables().get(0).after(0)).isEqualTo(row(table, 1L, 2L));
    }

    // ---- check

    /** Understands checks of the form "column > number". */
    private static RowCheck greaterThan(TableSchema table, CheckDefinition check) {
        String[] words = check.sql().split(" ");
        int column = table.indexOf(words[0]);
        long limit = Long.parseLong(words[2]);
        RowLayout layout = RowLayout.of(table.rowType());
        return row -> !layout.isNull(row, column) && layout.getLong(row, column) <= limit;
    }

    @Test
    void a_row_that_violates_a_check_is_refused_and_null_is_no_violation() {
        Database checked = aDatabase(ConstraintTest::greaterThan);
        TableSchema table =
                createTable(checked, aTable("t").nullable("amount", I64).check("t_amount_check", "amount > 0"));

        try (Transaction tx = begin(checked)) {
            insert(tx, table, new Object[] {null});
            insert(tx, table, 5L);
            CodedException refusal = refused(ErrorCode.CHECK_VIOLATION, () -> insert(tx, table, 0L));
            assertThat(refusal.context())
                    .containsEntry("constraint", "t_amount_check")
                    .containsEntry("table", "t");
            refused(ErrorCode.CHECK_VIOLATION, () -> tx.update(table.tableId(), 2, row(table, -1L)));
            tx.commit();
        }

        assertThat(rows(checked.snapshot(), table)).containsExactly(asList(new Object[] {null}), List.of(5L));
    }

    @Test
    void a_database_without_compiler_refuses_to_write_to_tables_with_checks() {
        TableSchema table = createTable(database, aTable("t").column("n", I64).check("c", "n > 0"));

        try (Transaction tx = begin(database)) {
            refused(ErrorCode.UNSUPPORTED_SQL, () -> insert(tx, table, 1L));
        }
    }

    // ---- form

    @Test
    void rows_of_any_origin_are_validated() {
        TableSchema table = createTable(database, aTable("t").column("id", I64).column("name", new VarcharType(3)));

        try (Transaction tx = begin(database)) {
            refused(ErrorCode.MALFORMED_BSATN, () -> tx.insert(table.tableId(), new byte[] {1, 2, 3}));
            insert(tx, table, 1L, "abc");
            TableSchema loose = tx.createTable(
                    aTable("l").column("id", I64).column("name", TEXT).draft());
            refused(ErrorCode.STRING_TOO_LONG, () -> tx.update(table.tableId(), 1, row(loose, 1L, "abcd")));
        }
    }

    @Test
    void a_row_longer_than_the_limit_is_refused() {
        StoreLimits limits = new StoreLimits(10, 10, 10, 100, 3, 10_000);
        Database small = aDatabase(ConstraintCompiler.NONE, limits);
        TableSchema table = createTable(small, aTable("t").column("s", TEXT));

        try (Transaction tx = begin(small)) {
            CodedException refusal = refused(ErrorCode.STORE_LIMIT, () -> insert(tx, table, "x".repeat(97)));
            assertThat(refusal.context()).containsEntry("value", "101").containsEntry("limit", "100");
            insert(tx, table, "x".repeat(96));
            insert(tx, table, "2");
            insert(tx, table, "3");
            refused(ErrorCode.STORE_LIMIT, () -> insert(tx, table, "4"));
            assertThat(tx.commit().tables().get(0).size()).isEqualTo(3);
        }
    }

    @Test
    void a_transaction_of_too_many_bytes_is_refused_at_the_write_that_is_too_much() {
        StoreLimits limits = new StoreLimits(10, 10, 10, 100, 1000, 50);
        Database small = aDatabase(ConstraintCompiler.NONE, limits);
        TableSchema table = createTable(small, aTable("t").column("s", TEXT));

        try (Transaction tx = begin(small)) {
            Savepoint start = tx.savepoint();
            insert(tx, table, "x".repeat(36));
            CodedException refusal = refused(ErrorCode.STORE_LIMIT, () -> insert(tx, table, "x".repeat(10)));
            assertThat(refusal.context()).containsEntry("value", "54").containsEntry("limit", "50");
            tx.rollbackTo(start);
            insert(tx, table, "x".repeat(40));
            assertThat(tx.commit()).isNotNull();
        }
    }

    // ---- foreign keys

    private TableSchema parents;
    private TableSchema children;

    private void createFamily(Action onDelete, Action onUpdate) {
        parents = createTable(
                database,
                aTable("parents").column("id", I64).column("name", TEXT).primaryKey("id"));
        children = createTable(
                database,
                aTable("children")
                        .column("id", I64)
                        .nullable("parent", I64)
                        .primaryKey("id")
                        .references(
                                "children_parent_fkey", List.of("parent"), parents, List.of("id"), onDelete, onUpdate));
        commit(database, tx -> {
            insert(tx, parents, 1L, "ann");
            insert(tx, parents, 2L, "bob");
            insert(tx, children, 10L, 1L);
            insert(tx, children, 11L, 1L);
            insert(tx, children, 12L, 2L);
            insert(tx, children, 13L, null);
        });
    }

    @Test
    void a_reference_to_nothing_is_refused_at_the_end_of_the_statement() {
        createFamily(NO_ACTION, NO_ACTION);

        try (Transaction tx = begin(database)) {
            insert(tx, children, 14L, 3L);
            CodedException refusal = refused(ErrorCode.FOREIGN_KEY_VIOLATION, tx::endStatement);
            assertThat(refusal.context())
                    .containsEntry("constraint", "children_parent_fkey")
                    .containsEntry("table", "children")
                    .containsEntry("key", "(parent)=(3)")
                    .containsEntry("referencedTable", "parents");
            refused(ErrorCode.FOREIGN_KEY_VIOLATION, tx::commit);
        }

        assertThat(rows(database.snapshot(), children)).hasSize(4);
    }

    @Test
    void a_row_may_come_before_the_row_it_refers_to_within_a_statement() {
        createFamily(NO_ACTION, NO_ACTION);

        Commit commit = commit(database, tx -> {
            insert(tx, children, 14L, 3L);
            insert(tx, parents, 3L, "eve");
            tx.endStatement();
        });

        assertThat(commit.tables()).hasSize(2);
    }

    @Test
    void a_referenced_row_cannot_go_unless_another_takes_its_key_in_the_same_statement() {
        createFamily(NO_ACTION, NO_ACTION);

        try (Transaction tx = begin(database)) {
            Savepoint start = tx.savepoint();
            tx.delete(parents.tableId(), 1);
            CodedException refusal = refused(ErrorCode.FOREIGN_KEY_VIOLATION, tx::endStatement);
            assertThat(refusal.context())
                    .containsEntry("constraint", "children_parent_fkey")
                    .containsEntry("table", "parents")
                    .containsEntry("key", "(id)=(1)")
                    .containsEntry("referencingTable", "children");
            tx.rollbackTo(start);

            tx.delete(parents.tableId(), 1);
            insert(tx, parents, 1L, "ann again");
            tx.endStatement();
            assertThat(tx.commit()).isNotNull();
        }
    }

    @Test
    void referring_rows_may_go_after_the_row_they_refer_to_within_a_statement() {
        createFamily(NO_ACTION, NO_ACTION);

        Commit commit = commit(database, tx -> {
            tx.delete(parents.tableId(), 2);
            tx.delete(children.tableId(), 3);
            tx.endStatement();
        });

        assertThat(commit.tables()).hasSize(2);
    }

    @Test
    void restrict_refuses_at_once() {
        createFamily(RESTRICT, RESTRICT);

        try (Transaction tx = begin(database)) {
            refused(ErrorCode.RESTRICT_VIOLATION, () -> tx.delete(parents.tableId(), 1));
            refused(ErrorCode.RESTRICT_VIOLATION, () -> tx.update(parents.tableId(), 1, row(parents, 9L, "ann")));
            assertThat(tx.update(parents.tableId(), 1, row(parents, 1L, "ANN"))).isTrue();
            assertThat(rows(tx, parents)).containsExactly(List.of(1L, "ANN"), List.of(2L, "bob"));
        }
    }

    @Test
    void cascade_takes_the_referring_rows_along() {
        createFamily(CASCADE, CASCADE);

        commit(database, tx -> {
            tx.update(parents.tableId(), 2, row(parents, 20L, "bob"));
            tx.delete(parents.tableId(), 1);
        });

        assertThat(rows(database.snapshot(), parents)).containsExactly(List.of(20L, "bob"));
        assertThat(rows(database.snapshot(), children)).containsExactly(List.of(12L, 20L), asList(13L, null));
    }

    @Test
    void set_null_lets_the_referring_rows_stay() {
        createFamily(SET_NULL, SET_NULL);

        commit(database, tx -> {
            tx.update(parents.tableId(), 2, row(parents, 20L, "bob"));
            tx.delete(parents.tableId(), 1);
        });

        assertThat(rows(database.snapshot(), children))
                .containsExactly(asList(10L, null), asList(11L, null), asList(12L, null), asList(13L, null));
    }

    @Test
    void set_null_in_a_column_without_null_is_refused_and_changes_nothing() {
        parents = createTable(database, aTable("parents").column("id", I64).primaryKey("id"));
        children = createTable(
                database,
                aTable("children")
                        .column("parent", I64)
                        .references("fk", List.of("parent"), parents, List.of("id"), SET_NULL, NO_ACTION));

        try (Transaction tx = begin(database)) {
            insert(tx, parents, 1L);
            insert(tx, children, 1L);
            CodedException refusal = refused(ErrorCode.NOT_NULL_VIOLATION, () -> tx.delete(parents.tableId(), 1));
            assertThat(refusal.context()).containsEntry("column", "parent").containsEntry("constraint", "fk");
            assertThat(rows(tx, parents)).hasSize(1);
            assertThat(tx.table(parents.tableId())
                            .findId(parents.indexes().get(0).indexId(), 1L))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_cascade_that_is_refused_half_way_leaves_nothing_behind() {
        createFamily(CASCADE, NO_ACTION);
        TableSchema toys = createTable(
                database,
                aTable("toys")
                        .column("child", I64)
                        .references("toys_child_fkey", List.of("child"), children, List.of("id"), RESTRICT, NO_ACTION));

        try (Transaction tx = begin(database)) {
            insert(tx, toys, 11L);
            refused(ErrorCode.RESTRICT_VIOLATION, () -> tx.delete(parents.tableId(), 1));
            assertThat(rows(tx, parents)).hasSize(2);
            assertThat(rows(tx, children)).hasSize(4);
            assertThat(tx.commit().tables())
                    .singleElement()
                    .satisfies(delta -> assertThat(delta.table().name().table()).isEqualTo("toys"));
        }
    }

    @Test
    void a_chain_of_references_as_long_as_a_table_is_followed_to_its_end() {
        TableSchema nodes = createTable(
                database,
                aTable("nodes")
                        .column("id", I64)
                        .nullable("next", I64)
                        .primaryKey("id")
                        .references("nodes_next_fkey", List.of("next"), null, List.of("id"), CASCADE, CASCADE));
        commit(database, tx -> {
            insert(tx, nodes, 0L, null);
            for (long i = 1; i < 20_000; i++) {
                insert(tx, nodes, i, i - 1);
            }
        });

        Commit commit = commit(database, tx -> tx.delete(nodes.tableId(), 1));

        assertThat(commit.tables().get(0).size()).isEqualTo(20_000);
        assertThat(rows(database.snapshot(), nodes)).isEmpty();
    }

    @Test
    void a_row_may_refer_to_itself() {
        TableSchema nodes = createTable(
                database,
                aTable("nodes")
                        .column("id", I64)
                        .column("boss", I64)
                        .primaryKey("id")
                        .references("nodes_boss_fkey", List.of("boss"), null, List.of("id"), NO_ACTION, NO_ACTION));

        commit(database, tx -> insert(tx, nodes, 1L, 1L));
        Commit gone = commit(database, tx -> tx.delete(nodes.tableId(), 1));

        assertThat(gone.tables().get(0).size()).isEqualTo(1);
    }

    @Test
    void a_reference_with_a_null_in_it_refers_to_nothing() {
        TableSchema pairs = createTable(
                database, aTable("pairs").column("a", I64).column("b", TEXT).primaryKey(Kind.ORDERED, "b", "a"));
        TableSchema users = createTable(
                database,
                aTable("users")
                        .nullable("x", I64)
                        .nullable("y", TEXT)
                        .references("fk", List.of("x", "y"), pairs, List.of("a", "b"), CASCADE, CASCADE));

        commit(database, tx -> {
            insert(tx, pairs, 1L, "one");
            insert(tx, users, 1L, "one");
            insert(tx, users, 1L, null);
            insert(tx, users, null, "none");
            tx.endStatement();
        });
        try (Transaction tx = begin(database)) {
            insert(tx, users, 1L, "none");
            refused(ErrorCode.FOREIGN_KEY_VIOLATION, tx::endStatement);
        }
        commit(database, tx -> tx.update(pairs.tableId(), 1, row(pairs, 2L, "two")));

        assertThat(rows(database.snapshot(), users))
                .containsExactly(List.of(2L, "two"), asList(1L, null), asList(null, "none"));
    }

    @Test
    void integers_of_different_width_refer_to_each_other_by_value() {
        TableSchema wide =
                createTable(database, aTable("wide").column("id", U64).primaryKey("id"));
        TableSchema narrow = createTable(
                database,
                aTable("narrow")
                        .nullable("ref", I32)
                        .references("fk", List.of("ref"), wide, List.of("id"), NO_ACTION, CASCADE));

        commit(database, tx -> {
            insert(tx, wide, BigInteger.valueOf(7));
            insert(tx, narrow, 7);
            tx.endStatement();
            tx.update(wide.tableId(), 1, row(wide, BigInteger.valueOf(8)));
        });
        assertThat(rows(database.snapshot(), narrow)).containsExactly(List.of(8));
        try (Transaction tx = begin(database)) {
            refused(
                    ErrorCode.VALUE_OUT_OF_RANGE,
                    () -> tx.update(wide.tableId(), 1, row(wide, BigInteger.ONE.shiftLeft(40))));
            insert(tx, narrow, -1);
            refused(ErrorCode.FOREIGN_KEY_VIOLATION, tx::endStatement);
        }
    }

    @Test
    void the_referring_side_gets_an_index_unless_one_serves() {
        createFamily(NO_ACTION, NO_ACTION);
        TableSchema served = createTable(
                database,
                aTable("served")
                        .column("parent", I64)
                        .column("n", I64)
                        .index("served_idx", Kind.ORDERED, false, "parent", "n")
                        .references("fk", List.of("parent"), parents, List.of("id"), RESTRICT, NO_ACTION));

        assertThat(children.indexes()).hasSize(2);
        assertThat(children.indexes().get(1).columns()).containsExactly(1);
        assertThat(served.indexes()).hasSize(1);
        try (Transaction tx = begin(database)) {
            insert(tx, served, 2L, 5L);
            refused(ErrorCode.RESTRICT_VIOLATION, () -> tx.delete(parents.tableId(), 2));
        }
    }
}
