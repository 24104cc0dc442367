package dev.merapi.store;

import static dev.merapi.api.schema.ForeignKey.Action.CASCADE;
import static dev.merapi.api.schema.ForeignKey.Action.NO_ACTION;
import static dev.merapi.api.schema.ScalarType.I32;
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
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaChangeTest {
    private static final ConstraintCompiler NEVER_NEGATIVE = (table, check) -> {
        RowLayout layout = RowLayout.of(table.rowType());
        int column = table.indexOf(check.sql().split(" ")[0]);
        return row -> layout.getLong(row, column) < 0;
    };

    private final List<Commit> history = new ArrayList<>();
    private final Database database = aDatabase(NEVER_NEGATIVE);
    private TableSchema people;
    private TableSchema pets;

    private Commit change(Consumer<Transaction> work) {
        Commit commit = commit(database, work);
        history.add(commit);
        return commit;
    }

    private static CodedException refused(ErrorCode code, ThrowingCallable work) {
        CodedException refusal = catchThrowableOfType(CodedException.class, work);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }

    @BeforeEach
    void createTables() {
        change(tx -> people = tx.createTable(aTable("people")
                .counting("id", I64)
                .nullable("nick", TEXT)
                .column("name", TEXT)
                .column("age", I64)
                .primaryKey("id")
                .unique("people_name_key", "name")
                .index("people_age", Kind.ORDERED, false, "age")
                .check("people_age_check", "age >= 0")
                .draft()));
        change(tx -> pets = tx.createTable(aTable("pets")
                .column("id", I64)
                .column("owner", I64)
                .primaryKey("id")
                .references("pets_owner_fkey", List.of("owner"), people, List.of("id"), CASCADE, NO_ACTION)
                .draft()));
        change(tx -> {
            insert(tx, people, 1L, null, "ann", 30L);
            insert(tx, people, 2L, "bobby", "bob", 40L);
            insert(tx, pets, 7L, 2L);
        });
    }

    private TableSchema current(TableSchema table) {
        return database.catalog().get(table.tableId());
    }

    /** Replays the history elsewhere and compares everything that can be seen. */
    private void assertReplayGivesTheSame() {
        Database copy = aDatabase();
        Database.Recovery target = copy.recovery();
        history.forEach(target::apply);
        target.end();
        assertThat(copy.catalog().tables()).isEqualTo(database.catalog().tables());
        assertThat(copy.catalog().schemas()).isEqualTo(database.catalog().schemas());
        assertThat(copy.catalog().version()).isEqualTo(database.catalog().version());
        assertThat(copy.catalog().nextObjectId()).isEqualTo(database.catalog().nextObjectId());
        for (TableSchema table : database.catalog().tables()) {
            assertThat(rows(copy.snapshot(), table)).isEqualTo(rows(database.snapshot(), table));
            assertThat(ids(copy.snapshot().table(table.tableId()).scan()))
                    .isEqualTo(ids(database.snapshot().table(table.tableId()).scan()));
            for (IndexDefinition index : table.indexes()) {
                if (index.kind() == Kind.ORDERED) {
                    assertThat(ids(copy.snapshot()
                                    .table(table.tableId())
                                    .range(index.indexId(), IndexRange.all(), false)))
                            .isEqualTo(ids(database.snapshot()
                                    .table(table.tableId())
                                    .range(index.indexId(), IndexRange.all(), false)));
                }
            }
        }
    }

    @Test
    void ids_of_a_draft_are_replaced_by_ids_never_used_before() {
        change(tx -> tx.dropTable(pets.tableId(), false));
        TableSchema next =
                createTable(database, aTable("next").column("id", I64).primaryKey("id"));

        assertThat(next.tableId()).isGreaterThan(pets.indexes().get(1).indexId());
        assertThat(next.primaryKey().indexId()).isEqualTo(next.indexes().get(0).indexId());
        assertThat(next.version()).isEqualTo(1);
    }

    @Test
    void an_added_column_is_in_every_row_and_old_snapshots_keep_the_old_rows() {
        Snapshot before = database.snapshot();
        ColumnDefinition added = ColumnDefinition.of(new Column("city", TEXT, true));

        Commit commit = change(tx -> tx.addColumn(people.tableId(), added, new byte[] {1}));

        assertThat(rows(database.snapshot(), current(people)))
                .containsExactly(asList(1L, null, "ann", 30L, null), asList(2L, "bobby", "bob", 40L, null));
        assertThat(rows(before, people)).containsExactly(asList(1L, null, "ann", 30L), asList(2L, "bobby", "bob", 40L));
        assertThat(before.table(people.tableId()).schema().columns()).hasSize(4);
        assertThat(commit.tables()).isEmpty();
        assertThat(current(people).version()).isEqualTo(2);
        assertReplayGivesTheSame();
    }

    @Test
    void a_dropped_column_takes_its_indexes_along_and_moves_the_later_columns_up() {
        change(tx -> {
            tx.dropColumn(people.tableId(), 1, people.checks(), false);
            tx.dropColumn(people.tableId(), 1, people.checks(), false);
        });

        TableSchema after = current(people);
        assertThat(rows(database.snapshot(), after)).containsExactly(List.of(1L, 30L), List.of(2L, 40L));
        assertThat(after.indexes()).extracting(IndexDefinition::name).containsExactly("people_pkey", "people_age");
        assertThat(after.indexes().get(1).columns()).containsExactly(1);
        change(tx -> {
            insert(tx, after, tx.nextSequence(after.tableId(), 0) + 2, 35L);
            refused(ErrorCode.CHECK_VIOLATION, () -> insert(tx, after, 9L, -1L));
        });
        assertReplayGivesTheSame();
    }

    @Test
    void dropping_a_referenced_column_needs_cascade() {
        refused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> change(tx -> tx.dropColumn(people.tableId(), 0, people.checks(), false)));

        change(tx -> tx.dropColumn(people.tableId(), 0, people.checks(), true));

        assertThat(current(people).primaryKey()).isNull();
        assertThat(current(pets).foreignKeys()).isEmpty();
        assertReplayGivesTheSame();
    }

    @Test
    void references_follow_a_referenced_column_that_moves_up() {
        TableSchema codes = createTable(
                database, aTable("codes").column("a", I64).column("b", I64).unique("codes_b", "b"));
        TableSchema uses = createTable(
                database,
                aTable("uses").column("b", I64).references("fk", List.of("b"), codes, List.of("b"), CASCADE, CASCADE));
        commit(database, tx -> {
            insert(tx, codes, 1L, 5L);
            insert(tx, uses, 5L);
        });

        commit(database, tx -> tx.dropColumn(codes.tableId(), 0, List.of(), false));
        commit(database, tx -> tx.update(codes.tableId(), 1, row(current(codes), 6L)));

        assertThat(rows(database.snapshot(), uses)).containsExactly(List.of(6L));
    }

    @Test
    void rows_written_before_a_rewrite_are_given_in_the_new_form() {
        ColumnDefinition added = ColumnDefinition.of(new Column("city", TEXT, true));

        Commit commit = change(tx -> {
            tx.update(people.tableId(), 1, row(people, 1L, "annie", "ann", 31L));
            tx.delete(people.tableId(), 2);
            insert(tx, people, 3L, null, "eve", 20L);
            tx.addColumn(people.tableId(), added, new byte[] {1});
            TableSchema wide = tx.catalog().get(people.tableId());
            tx.update(people.tableId(), 3, row(wide, 3L, null, "eve", 20L, "Rome"));
        });

        TableSchema wide = current(people);
        TableDelta delta = commit.tables().stream()
                .filter(each -> each.table().tableId() == people.tableId())
                .findFirst()
                .orElseThrow();
        assertThat(delta.before(0)).isEqualTo(row(wide, 1L, null, "ann", 30L, null));
        assertThat(delta.after(0)).isEqualTo(row(wide, 1L, "annie", "ann", 31L, null));
        assertThat(delta.before(1)).isEqualTo(row(wide, 2L, "bobby", "bob", 40L, null));
        assertThat(delta.after(1)).isNull();
        assertThat(delta.before(2)).isNull();
        assertThat(delta.after(2)).isEqualTo(row(wide, 3L, null, "eve", 20L, "Rome"));
        assertReplayGivesTheSame();
    }

    @Test
    void a_rollback_takes_back_schema_and_rows_together() {
        Catalog before = database.catalog();
        ColumnDefinition added = ColumnDefinition.of(new Column("city", TEXT, true));

        try (Transaction tx = begin(database)) {
            insert(tx, people, 3L, null, "eve", 20L);
            tx.addColumn(people.tableId(), added, new byte[] {1});
            Savepoint savepoint = tx.savepoint();
            tx.update(people.tableId(), 1, row(tx.catalog().get(people.tableId()), 1L, null, "ann", 99L, "Rome"));
            tx.dropTable(people.tableId(), true);
            tx.createTable(aTable("people").column("x", I64).draft());
            tx.rollbackTo(savepoint);
            assertThat(rows(tx, people)).hasSize(3).contains(asList(1L, null, "ann", 30L, null));
            tx.dropIndex(people.tableId(), people.indexes().get(2).indexId(), false);
            tx.renameTable(people.tableId(), new TableName("public", "folk"));
            insert(tx, tx.catalog().get(people.tableId()), 4L, null, "dan", 5L, "Oslo");
        }

        assertThat(database.catalog()).isSameAs(before);
        assertThat(rows(database.snapshot(), people))
                .containsExactly(asList(1L, null, "ann", 30L), asList(2L, "bobby", "bob", 40L));
        assertThat(ids(database.snapshot()
                        .table(people.tableId())
                        .range(people.indexes().get(2).indexId(), IndexRange.all(), true)))
                .containsExactly(2L, 1L);
        change(tx -> insert(tx, people, 5L, null, "fay", 35L));
        assertThat(ids(database.snapshot()
                        .table(people.tableId())
                        .range(people.indexes().get(2).indexId(), IndexRange.all(), true)))
                .containsExactly(2L, 3L, 1L);
        assertReplayGivesTheSame();
    }

    @Test
    void a_table_created_and_filled_in_one_transaction_is_one_commit() {
        Commit commit = change(tx -> {
            tx.createSchema("app");
            TableSchema logs =
                    tx.createTable(aTable("app", "logs").column("n", I64).draft());
            insert(tx, logs, 1L);
            insert(tx, logs, 2L);
        });

        assertThat(commit.schemaChanges()).hasSize(2);
        assertThat(commit.tables().get(0).size()).isEqualTo(2);
        assertReplayGivesTheSame();
    }

    @Test
    void rows_of_a_table_dropped_in_the_same_transaction_are_not_in_the_commit() {
        Commit commit = change(tx -> {
            insert(tx, pets, 8L, 1L);
            tx.dropTable(pets.tableId(), false);
        });

        assertThat(commit.tables()).isEmpty();
        assertThat(commit.schemaChanges()).containsExactly(new SchemaChange.TableDropped(pets.tableId()));
        assertReplayGivesTheSame();
    }

    @Test
    void a_referenced_table_is_dropped_only_with_cascade() {
        CodedException refusal =
                refused(ErrorCode.DEPENDENT_OBJECTS, () -> change(tx -> tx.dropTable(people.tableId(), false)));
        assertThat(refusal.context())
                .containsEntry("constraint", "pets_owner_fkey")
                .containsEntry("table", "pets");

        change(tx -> tx.dropTable(people.tableId(), true));

        assertThat(database.catalog().find(people.name())).isNull();
        assertThat(current(pets).foreignKeys()).isEmpty();
        change(tx -> insert(tx, pets, 9L, 999L));
        assertReplayGivesTheSame();
    }

    @Test
    void a_schema_is_dropped_with_its_tables_only_with_cascade() {
        change(tx -> {
            tx.createSchema("app");
            tx.createTable(aTable("app", "logs").column("n", I64).draft());
        });
        refused(ErrorCode.DEPENDENT_OBJECTS, () -> change(tx -> tx.dropSchema("app", false)));
        refused(ErrorCode.DUPLICATE_SCHEMA, () -> change(tx -> tx.createSchema("app")));
        refused(ErrorCode.UNKNOWN_SCHEMA, () -> change(tx -> tx.dropSchema("nope", false)));

        change(tx -> tx.dropSchema("app", true));

        assertThat(database.catalog().schemas()).containsExactly("public");
        refused(
                ErrorCode.UNKNOWN_SCHEMA,
                () -> change(tx ->
                        tx.createTable(aTable("app", "logs").column("n", I64).draft())));
        assertReplayGivesTheSame();
    }

    @Test
    void an_index_is_built_over_the_rows_that_are_there() {
        IndexDefinition[] index = new IndexDefinition[2];
        change(tx -> {
            index[0] = tx.createIndex(
                    people.tableId(), new IndexDefinition(0, "by_nick", List.of(1, 3), false, Kind.ORDERED));
            index[1] = tx.createIndex(people.tableId(), new IndexDefinition(0, "by_age", List.of(3), false, Kind.HASH));
        });

        TableReader reader = database.snapshot().table(people.tableId());
        assertThat(ids(reader.range(index[0].indexId(), IndexRange.all(), false)))
                .containsExactly(2L, 1L);
        assertThat(reader.findId(index[1].indexId(), 40L)).isEqualTo(2);
        change(tx -> tx.dropIndex(people.tableId(), index[1].indexId(), false));
        assertThat(reader.findId(index[1].indexId(), 40L))
                .as("an old snapshot keeps the index")
                .isEqualTo(2);
        refused(
                ErrorCode.UNKNOWN_OBJECT,
                () -> database.snapshot().table(people.tableId()).findId(index[1].indexId(), 40L));
        assertReplayGivesTheSame();
    }

    @Test
    void a_unique_index_over_equal_keys_is_refused_and_leaves_the_table_as_it_was() {
        change(tx -> insert(tx, people, 3L, null, "eve", 30L));

        try (Transaction tx = begin(database)) {
            CodedException refusal = refused(
                    ErrorCode.UNIQUE_VIOLATION,
                    () -> tx.createIndex(
                            people.tableId(), new IndexDefinition(0, "one_per_age", List.of(3), true, Kind.HASH)));
            assertThat(refusal.context()).containsEntry("key", "(age)=(30)");
            assertThat(tx.catalog().get(people.tableId())).isEqualTo(people);
            assertThat(tx.commit()).isNull();
        }
    }

    @Test
    void the_index_of_a_foreign_key_is_replaced_when_dropped_and_a_referenced_one_stays() {
        int owned = pets.indexes().get(1).indexId();
        change(tx -> tx.dropIndex(pets.tableId(), owned, false));
        assertThat(current(pets).indexes()).hasSize(2);
        refused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> change(tx ->
                        tx.dropIndex(people.tableId(), people.indexes().get(0).indexId(), false)));
        refused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> change(tx -> tx.dropConstraint(people.tableId(), "people_pkey", false)));

        change(tx -> tx.dropConstraint(people.tableId(), "people_pkey", true));

        assertThat(current(people).primaryKey()).isNull();
        assertThat(current(pets).foreignKeys()).isEmpty();
        change(tx -> insert(tx, current(people), 1L, null, "same id", 1L));
        assertReplayGivesTheSame();
    }

    @Test
    void constraints_are_added_only_if_all_rows_satisfy_them() {
        change(tx -> insert(tx, pets, 8L, 1L));

        refused(
                ErrorCode.FOREIGN_KEY_VIOLATION,
                () -> change(tx -> {
                    TableSchema empty = tx.createTable(
                            aTable("empty").column("id", I64).primaryKey("id").draft());
                    tx.addForeignKey(
                            pets.tableId(),
                            new ForeignKey("fk2", List.of(1), empty.tableId(), List.of(0), NO_ACTION, NO_ACTION));
                }));
        change(tx -> insert(tx, pets, -5L, 1L));
        refused(
                ErrorCode.CHECK_VIOLATION,
                () -> change(tx -> tx.addCheck(pets.tableId(), new CheckDefinition("c", "id >= 0"))));
        change(tx -> tx.delete(pets.tableId(), 3));
        change(tx -> tx.addCheck(pets.tableId(), new CheckDefinition("c", "id >= 0")));
        refused(ErrorCode.CHECK_VIOLATION, () -> change(tx -> insert(tx, current(pets), -1L, 1L)));
        change(tx -> tx.dropConstraint(pets.tableId(), "c", false));
        change(tx -> insert(tx, current(pets), -1L, 1L));
        refused(ErrorCode.UNKNOWN_OBJECT, () -> change(tx -> tx.dropConstraint(pets.tableId(), "c", false)));
        assertReplayGivesTheSame();
    }

    @Test
    void a_primary_key_can_be_added_later() {
        change(tx -> tx.dropConstraint(people.tableId(), "people_pkey", true));
        change(tx -> tx.addPrimaryKey(
                people.tableId(), "people_pk2", new IndexDefinition(0, "people_pk2", List.of(2), true, Kind.HASH)));

        assertThat(current(people).primaryKeyColumns()).containsExactly(2);
        refused(
                ErrorCode.INVALID_TABLE_DEFINITION,
                () -> change(tx -> tx.addPrimaryKey(
                        people.tableId(), "third", new IndexDefinition(0, "third", List.of(0), true, Kind.HASH))));
        assertReplayGivesTheSame();
    }

    @Test
    void null_is_forbidden_only_where_there_is_none_and_indexes_follow() {
        change(tx -> tx.createIndex(
                people.tableId(), new IndexDefinition(0, "by_nick", List.of(1, 2), false, Kind.ORDERED)));
        CodedException refusal =
                refused(ErrorCode.NOT_NULL_VIOLATION, () -> change(tx -> tx.setNullable(people.tableId(), 1, false)));
        assertThat(refusal.context()).containsEntry("column", "nick").containsEntry("rowId", "1");

        change(tx -> {
            tx.update(people.tableId(), 1, row(people, 1L, "annie", "ann", 30L));
            tx.setNullable(people.tableId(), 1, false);
            tx.setNullable(people.tableId(), 3, true);
        });

        TableSchema after = current(people);
        assertThat(rows(database.snapshot(), after))
                .containsExactly(List.of(1L, "annie", "ann", 30L), List.of(2L, "bobby", "bob", 40L));
        change(tx -> {
            insert(tx, after, 3L, "aaron", "ron", 5L);
            refused(ErrorCode.NULL_NOT_ALLOWED, () -> insert(tx, after, 4L, null, "x", 5L));
            refused(ErrorCode.INVALID_SCHEMA, () -> tx.setNullable(people.tableId(), 0, true));
        });
        TableReader reader = database.snapshot().table(people.tableId());
        int byNick = after.index("by_nick").orElseThrow().indexId();
        assertThat(ids(reader.range(byNick, IndexRange.all(), false))).containsExactly(3L, 1L, 2L);
        assertReplayGivesTheSame();
    }

    @Test
    void a_column_changes_its_type_with_every_row() {
        RowLayout before = RowLayout.of(people.rowType());

        Commit commit = change(tx -> {
            tx.delete(people.tableId(), 2);
            tx.alterColumnType(people.tableId(), 3, new Column("age", TEXT, true), List.of(), row -> {
                Object[] values = before.decode(row);
                return RowLayout.of(tx.catalog().get(people.tableId()).rowType())
                        .encode(values[0], values[1], values[2], values[3] + " years");
            });
        });

        assertThat(rows(database.snapshot(), current(people))).containsExactly(asList(1L, null, "ann", "30 years"));
        TableDelta delta = commit.tables().stream()
                .filter(each -> each.table().tableId() == people.tableId())
                .findFirst()
                .orElseThrow();
        assertThat(delta.size()).isEqualTo(1);
        assertThat(delta.before(0)).isNull();
        assertReplayGivesTheSame();
    }

    @Test
    void a_type_that_a_row_or_a_reference_does_not_fit_is_refused_and_nothing_changes() {
        byte[] same = row(people, 1L, null, "ann", 30L);
        Snapshot before = database.snapshot();
        try (Transaction tx = begin(database)) {
            refused(
                    ErrorCode.INVALID_FOREIGN_KEY,
                    () -> tx.alterColumnType(
                            people.tableId(), 0, new Column("id", TEXT, false), people.checks(), row -> row));
            refused(
                    ErrorCode.UNIQUE_VIOLATION,
                    () -> tx.alterColumnType(
                            people.tableId(), 3, new Column("age", I64, false), people.checks(), row -> same));
            assertThat(rows(tx, people)).isEqualTo(rows(before, people));
            assertThat(tx.commit()).isNull();
        }
    }

    @Test
    void rows_in_a_new_form_must_still_refer_and_be_referred_to() {
        TableSchema before = current(pets);
        RowLayout pet = RowLayout.of(pets.rowType());
        RowLayout person = RowLayout.of(people.rowType());
        try (Transaction tx = begin(database)) {
            CodedException child = refused(
                    ErrorCode.FOREIGN_KEY_VIOLATION,
                    () -> tx.alterColumnType(
                            pets.tableId(),
                            1,
                            new Column("owner", I32, true),
                            List.of(),
                            row -> RowLayout.of(tx.catalog().get(pets.tableId()).rowType())
                                    .encode(pet.get(row, 0), 999)));
            assertThat(child.context()).containsEntry("key", "(owner)=(999)");
            refused(
                    ErrorCode.FOREIGN_KEY_VIOLATION,
                    () -> tx.alterColumnType(
                            people.tableId(), 0, new Column("id", I64, false), people.checks(), row -> {
                                Object[] values = person.decode(row);
                                values[0] = (long) values[0] + 100;
                                return person.encode(values);
                            }));
            assertThat(tx.catalog().get(pets.tableId())).isEqualTo(before);
            tx.endStatement();
            assertThat(tx.commit()).isNull();
        }
        assertThat(rows(database.snapshot(), pets)).containsExactly(List.of(7L, 2L));

        change(tx -> tx.alterColumnType(
                pets.tableId(),
                1,
                new Column("owner", I32, true),
                List.of(),
                row -> RowLayout.of(tx.catalog().get(pets.tableId()).rowType()).encode(pet.get(row, 0), 2)));

        assertThat(rows(database.snapshot(), current(pets))).containsExactly(List.of(7L, 2));
        change(tx -> tx.delete(people.tableId(), 2));
        assertThat(rows(database.snapshot(), current(pets))).isEmpty();
        assertReplayGivesTheSame();
    }

    @Test
    void truncating_empties_the_table_but_keeps_counting() {
        refused(ErrorCode.DEPENDENT_OBJECTS, () -> change(tx -> tx.truncate(people.tableId())));
        try (Transaction tx = begin(database)) {
            tx.truncate(pets.tableId());
            tx.truncate(people.tableId());
            assertThat(rows(tx, people)).isEmpty();
        }
        assertThat(rows(database.snapshot(), people)).hasSize(2);

        Commit commit = change(tx -> {
            tx.advanceSequence(people.tableId(), 0, 7);
            tx.truncate(pets.tableId());
            tx.truncate(people.tableId());
            insert(tx, people, 1L, null, "ann", 30L);
        });

        assertThat(commit.tables()).extracting(TableDelta::size).containsExactly(3, 1);
        assertThat(ids(database.snapshot().table(people.tableId()).scan())).containsExactly(3L);
        assertThat(database.snapshot().sequence(people.tableId(), 0).lastValue())
                .isEqualTo(7);
        change(tx -> {
            tx.restartSequence(people.tableId(), 0);
            assertThat(tx.nextSequence(people.tableId(), 0)).isEqualTo(1);
        });
        assertReplayGivesTheSame();
    }

    @Test
    void constraints_are_renamed_with_their_indexes() {
        change(tx -> {
            tx.renameConstraint(people.tableId(), "people_pkey", "people_pk");
            tx.renameConstraint(people.tableId(), "people_name_key", "one_name");
            tx.renameConstraint(people.tableId(), "people_age_check", "age_check");
            tx.renameConstraint(pets.tableId(), "pets_owner_fkey", "owner");
            refused(
                    ErrorCode.UNKNOWN_OBJECT,
                    () -> tx.renameConstraint(people.tableId(), "people_age", "not a constraint"));
        });

        TableSchema after = current(people);
        assertThat(after.primaryKey().constraintName()).isEqualTo("people_pk");
        assertThat(after.indexes())
                .extracting(IndexDefinition::name)
                .containsExactly("people_pk", "one_name", "people_age");
        assertThat(after.checks().get(0).name()).isEqualTo("age_check");
        assertThat(current(pets).foreignKeys().get(0).name()).isEqualTo("owner");
        assertReplayGivesTheSame();
    }

    @Test
    void renaming_keeps_rows_and_rules() {
        change(tx -> {
            tx.renameColumn(
                    people.tableId(), 3, "years", List.of(new CheckDefinition("people_age_check", "years >= 0")));
            tx.renameTable(people.tableId(), TableName.of("folk"));
            tx.setDefault(people.tableId(), 3, "18");
        });

        assertThat(database.catalog().find(TableName.of("people"))).isNull();
        assertThat(database.catalog().find(TableName.of("folk"))).isEqualTo(current(people));
        assertThat(current(people).columns().get(3).defaultSql()).isEqualTo("18");
        refused(ErrorCode.CHECK_VIOLATION, () -> change(tx -> insert(tx, current(people), 3L, null, "eve", -1L)));
        refused(ErrorCode.DUPLICATE_TABLE, () -> change(tx -> tx.renameTable(pets.tableId(), TableName.of("folk"))));
        refused(ErrorCode.DUPLICATE_COLUMN, () -> change(tx -> tx.renameColumn(pets.tableId(), 0, "owner", List.of())));
        assertReplayGivesTheSame();
    }

    @Test
    void descriptions_that_cannot_be_are_refused() {
        try (Transaction tx = begin(database)) {
            refused(ErrorCode.INVALID_SCHEMA, () -> tx.createTable(aTable("t").draft()));
            refused(
                    ErrorCode.DUPLICATE_TABLE,
                    () -> tx.createTable(aTable("people").column("a", I64).draft()));
            refused(
                    ErrorCode.DUPLICATE_COLUMN,
                    () -> tx.createTable(
                            aTable("t").column("a", I64).column("a", TEXT).draft()));
            refused(
                    ErrorCode.INVALID_SCHEMA,
                    () -> tx.createTable(aTable("t").counting("a", TEXT).draft()));
            refused(
                    ErrorCode.INVALID_SCHEMA,
                    () -> tx.createTable(
                            aTable("t").nullable("a", I64).primaryKey("a").draft()));
            refused(
                    ErrorCode.DUPLICATE_OBJECT,
                    () -> tx.createTable(aTable("t")
                            .column("a", I64)
                            .unique("people_age", "a")
                            .draft()));
            refused(
                    ErrorCode.INVALID_FOREIGN_KEY,
                    () -> tx.createTable(aTable("t")
                            .column("a", I64)
                            .references("fk", List.of("a"), people, List.of("age"), CASCADE, CASCADE)
                            .draft()));
            refused(
                    ErrorCode.INVALID_FOREIGN_KEY,
                    () -> tx.createTable(aTable("t")
                            .column("a", TEXT)
                            .references("fk", List.of("a"), people, List.of("id"), CASCADE, CASCADE)
                            .draft()));
            assertThat(tx.commit()).isNull();
        }
    }

    @Test
    void the_number_of_tables_columns_and_indexes_is_limited() {
        Database small = aDatabase(ConstraintCompiler.NONE, new StoreLimits(1, 2, 1, 100, 100, 10_000));

        try (Transaction tx = begin(small)) {
            refused(
                    ErrorCode.STORE_LIMIT,
                    () -> tx.createTable(aTable("t")
                            .column("a", I64)
                            .column("b", I64)
                            .column("c", I64)
                            .draft()));
            refused(
                    ErrorCode.STORE_LIMIT,
                    () -> tx.createTable(aTable("t")
                            .column("a", I64)
                            .unique("x", "a")
                            .unique("y", "a")
                            .draft()));
            TableSchema only =
                    tx.createTable(aTable("t").column("a", I64).unique("x", "a").draft());
            refused(
                    ErrorCode.STORE_LIMIT,
                    () -> tx.createTable(aTable("u").column("a", I64).draft()));
            refused(
                    ErrorCode.STORE_LIMIT,
                    () -> tx.createIndex(only.tableId(), new IndexDefinition(0, "y", List.of(0), false, Kind.HASH)));
        }
    }
}
