package dev.merapi.store.log;

import static dev.merapi.store.log.CommitLogTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Caller;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableBuilder;
import dev.merapi.store.TestDatabase;
import dev.merapi.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final SimulatedDisk disk = new SimulatedDisk();
    private Instant now = TestDatabase.NOW;
    private Database database;
    private TableSchema items;

    @Test
    void without_two_checkpoints_nothing_is_dropped() {
        open(new Retention(0, Duration.ZERO));

        insert(200);
        assertThat(database.log().oldestOffset()).isZero();
        checkpoint();
        insert(200);
        assertThat(database.log().oldestOffset()).isZero();
    }

    @Test
    void what_the_older_checkpoint_needs_is_kept_and_the_rest_goes_by_size() {
        open(new Retention(0, FOREVER));
        insert(200);
        checkpoint();
        long needed = database.offset();
        insert(200);

        checkpoint();

        assertThat(database.log().oldestOffset()).isPositive().isLessThanOrEqualTo(needed);
        assertThat(database.log().read(needed).next()).isNotNull();
        assertThatThrownBy(() -> database.log().read(0)).satisfies(e -> assertCode(e, ErrorCode.HISTORY_TRUNCATED));
        assertReopens(401);
    }

    @Test
    void two_checkpoints_are_kept() {
        open(Retention.DEFAULT);
        for (int i = 0; i < 5; i++) {
            insert(3);
            checkpoint();
            checkpoint();
        }

        assertThat(disk.checkpoints())
                .containsExactly("00000000000000000013.checkpoint", "00000000000000000016.checkpoint");
    }

    @Test
    void old_history_goes_by_the_age_of_its_commits() {
        open(new Retention(Long.MAX_VALUE, Duration.ofHours(1)));
        insert(300);
        checkpoint();
        checkpointLater();
        assertThat(database.log().oldestOffset()).as("still young").isZero();

        now = now.plus(Duration.ofHours(2));
        insert(100);
        checkpoint();

        assertThat(database.log().oldestOffset()).isBetween(100L, 301L);
    }

    @Test
    void a_clock_that_jumps_back_drops_nothing() {
        open(new Retention(Long.MAX_VALUE, Duration.ofHours(1)));
        insert(300);
        checkpoint();
        now = now.minus(Duration.ofDays(1000));
        insert(100);
        checkpoint();

        assertThat(database.log().oldestOffset()).isZero();
    }

    @Test
    void held_history_stays_until_it_is_let_go() {
        open(new Retention(0, FOREVER));
        database.log().holdHistoryAfter(50);
        insert(200);
        checkpoint();
        insert(200);
        checkpoint();
        assertThat(database.log().oldestOffset()).isLessThanOrEqualTo(50);
        assertThat(database.log().read(50).next().offset()).isEqualTo(51);

        database.log().holdHistoryAfter(Long.MAX_VALUE);
        checkpointLater();

        assertThat(database.log().oldestOffset()).isGreaterThan(50);
    }

    @Test
    void dropping_history_makes_room_on_a_full_disk() {
        open(new Retention(0, FOREVER));
        database.log().holdHistoryAfter(0);
        insert(300);
        checkpoint();
        checkpointLater();
        disk.setCapacity(disk.usedBytes());
        assertThatThrownBy(() -> insert(10)).satisfies(e -> assertCode(e, ErrorCode.LOG_FULL));

        database.log().holdHistoryAfter(Long.MAX_VALUE);

        assertThat(database.log().retry()).isTrue();
        assertThat(database.log().state()).isEqualTo(LogState.OPEN);
        insert(10);
    }

    @Test
    void a_checkpoint_without_room_fails_alone() {
        open(Retention.DEFAULT);
        insert(50);
        disk.setCapacity(disk.usedBytes() + 100);

        assertThatThrownBy(this::checkpoint).satisfies(e -> assertCode(e, ErrorCode.STORAGE_FAILED));

        assertThat(database.log().state()).isEqualTo(LogState.OPEN);
        disk.setCapacity(Long.MAX_VALUE);
        insert(1);
        checkpoint();
        assertThat(disk.checkpoints()).hasSize(1);
    }

    private void open(Retention retention) {
        database = reopened(retention);
        items = TestDatabase.createTable(
                database,
                TableBuilder.aTable("items").column("id", ScalarType.I64).primaryKey("id"));
        write();
    }

    private Database reopened(Retention retention) {
        LogOptions log = LogOptions.defaults(new SplittableRandom(2))
                .withSegmentBytes(4096)
                .withRetention(retention);
        return Database.open(new DatabaseOptions("test", disk, log, StoreLimits.DEFAULT, ConstraintCompiler.NONE));
    }

    private void insert(int rows) {
        for (int i = 0; i < rows; i++) {
            try (Transaction transaction = database.begin(Caller.SYSTEM, "test", now)) {
                TestDatabase.insert(transaction, items, database.offset());
                transaction.commit();
            }
            write();
        }
    }

    private void write() {
        database.log().write(database.log().seal());
    }

    private void checkpoint() {
        database.log().checkpoint(database.snapshot());
    }

    private void checkpointLater() {
        insert(1);
        checkpoint();
    }

    private void assertReopens(long offset) {
        List<List<Object>> rows = TestDatabase.rows(database.snapshot(), items);
        database.close();
        Database again = reopened(Retention.DEFAULT);
        assertThat(again.offset()).isEqualTo(offset);
        assertThat(TestDatabase.rows(again.snapshot(), items)).isEqualTo(rows);
    }
}
