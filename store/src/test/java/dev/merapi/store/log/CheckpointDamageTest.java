package dev.merapi.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableBuilder;
import dev.merapi.store.TestDatabase;
import dev.merapi.store.log.format.LogNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every byte of a checkpoint changed, every length of it cut: the database stays the same, from the older one. */
class CheckpointDamageTest {
    private SimulatedDisk disk = new SimulatedDisk();
    private List<List<Object>> items;
    private List<List<Object>> notes;
    private TableSchema itemTable;
    private TableSchema noteTable;
    private long older;
    private long newer;

    @BeforeEach
    void two_checkpoints_and_some_commits_behind_them() {
        Database database = open(new Retention(0, Duration.ofDays(1)));
        itemTable = TestDatabase.createTable(
                database,
                TableBuilder.aTable("items")
                        .counting("id", ScalarType.I64)
                        .column("n", ScalarType.I64)
                        .primaryKey("id"));
        noteTable = TestDatabase.createTable(
                database,
                TableBuilder.aTable("notes").column("id", ScalarType.I32).column("body", ScalarType.TEXT));
        insert(database, 1, 40);
        older = checkpoint(database);
        insert(database, 41, 60);
        newer = checkpoint(database);
        insert(database, 61, 65);
        items = TestDatabase.rows(database.snapshot(), itemTable);
        notes = TestDatabase.rows(database.snapshot(), noteTable);
        assertThat(database.log().oldestOffset())
                .as("the log from the older checkpoint on is kept")
                .isPositive();
    }

    @Test
    void a_damaged_newest_checkpoint_falls_back_to_the_older_one() {
        byte[] intact = disk.checkpointBytes(LogNames.checkpoint(newer));
        for (int at = 0; at < intact.length; at++) {
            byte[] damaged = intact.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            requireAll(bytes -> damaged, older, "byte " + at);
        }
    }

    @Test
    void a_checkpoint_that_was_cut_falls_back_to_the_older_one() {
        byte[] intact = disk.checkpointBytes(LogNames.checkpoint(newer));
        for (int length = 0; length < intact.length; length++) {
            int cut = length;
            requireAll(bytes -> Arrays.copyOf(bytes, cut), older, "cut to " + cut);
        }
        requireAll(bytes -> Arrays.copyOf(bytes, bytes.length + 1), older, "one byte more");
    }

    @Test
    void an_intact_one_is_used() {
        requireAll(bytes -> bytes, newer, "intact");
    }

    @Test
    void a_damaged_checkpoint_is_removed_so_that_it_is_not_relied_upon() {
        Database database = openDamaged(bytes -> new byte[0]);
        assertThat(database.log().recovery().damage())
                .hasSize(1)
                .first()
                .asString()
                .contains("checkpoint");
        insert(database, 66, 67);
        long third = checkpoint(database);
        assertThat(database.log().recovery().checkpointOffset()).isEqualTo(older);
        assertThat(third).isGreaterThan(newer);
        assertThat(database.log().oldestOffset()).isLessThanOrEqualTo(older);
    }

    @Test
    void without_any_intact_checkpoint_and_without_the_log_before_it_is_refused() {
        disk.setCheckpointBytes(LogNames.checkpoint(older), new byte[10]);
        disk.setCheckpointBytes(LogNames.checkpoint(newer), new byte[10]);

        CodedException refusal = null;
        try {
            open(Retention.DEFAULT);
        } catch (CodedException e) {
            refusal = e;
        }

        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.LOG_CORRUPT);
        assertThat(refusal.getMessage()).contains("before the oldest segment");
        assertThat(disk.checkpoints()).as("nothing is thrown away").hasSize(2);
    }

    @Test
    void without_a_log_behind_it_a_checkpoint_is_refused() {
        disk.segments().forEach(disk::removeSegment);

        assertThat(codeOf(Retention.DEFAULT)).isEqualTo(ErrorCode.LOG_CORRUPT);
    }

    @Test
    void a_checkpoint_of_another_database_is_not_taken() {
        SimulatedDisk mine = disk;
        disk = new SimulatedDisk();
        two_checkpoints_and_some_commits_behind_them();
        byte[] foreign = disk.checkpointBytes(LogNames.checkpoint(newer));
        disk = mine;

        requireAll(bytes -> foreign, older, "foreign");
    }

    private ErrorCode codeOf(Retention retention) {
        try {
            open(retention);
            return null;
        } catch (CodedException e) {
            return e.code();
        }
    }

    private Database openDamaged(UnaryOperator<byte[]> damage) {
        SimulatedDisk intact = disk;
        disk = disk.afterKill();
        String name = LogNames.checkpoint(newer);
        disk.setCheckpointBytes(name, damage.apply(disk.checkpointBytes(name)));
        Database database = open(Retention.DEFAULT);
        disk = intact;
        return database;
    }

    private void requireAll(UnaryOperator<byte[]> damage, long restored, String what) {
        Database database = openDamaged(damage);
        assertThat(database.log().recovery().checkpointOffset()).as(what).isEqualTo(restored);
        assertThat(TestDatabase.rows(database.snapshot(), itemTable)).as(what).isEqualTo(items);
        assertThat(TestDatabase.rows(database.snapshot(), noteTable)).as(what).isEqualTo(notes);
        assertThat(database.snapshot().sequence(itemTable.tableId(), 0).lastValue())
                .isEqualTo(65);
        long key = items.size();
        int index = itemTable.indexes().get(0).indexId();
        assertThat(database.snapshot().table(itemTable.tableId()).findId(index, key))
                .isEqualTo(key);
    }

    private void insert(Database database, int from, int to) {
        for (int i = from; i <= to; i++) {
            int id = i;
            TestDatabase.commit(database, tx -> {
                TestDatabase.insert(tx, itemTable, tx.nextSequence(itemTable.tableId(), 0), 7L * id);
                TestDatabase.insert(tx, noteTable, id, "x".repeat(id % 9));
            });
            if (i % 3 == 0) {
                TestDatabase.commit(database, tx -> tx.delete(noteTable.tableId(), id - 1));
            }
            database.log().write(database.log().seal());
        }
    }

    private static long checkpoint(Database database) {
        database.log().checkpoint(database.snapshot());
        return database.offset();
    }

    private long seed;

    private Database open(Retention retention) {
        LogOptions log = LogOptions.defaults(new SplittableRandom(seed++))
                .withSegmentBytes(4096)
                .withRetention(retention);
        return Database.open(new DatabaseOptions("test", disk, log, StoreLimits.DEFAULT, ConstraintCompiler.NONE));
    }
}
