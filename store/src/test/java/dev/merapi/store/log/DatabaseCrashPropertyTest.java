package dev.merapi.store.log;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableBuilder;
import dev.merapi.store.TableReader;
import dev.merapi.store.TestDatabase;
import dev.merapi.store.log.format.LogNames;
import dev.merapi.testing.property.Draw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A database through many lives: transactions, checkpoints, retention, full and failing disks, ends of every kind, a
 * damaged newest checkpoint now and then. What comes back is exactly the tables as of one offset, and no durable offset
 * is ever missing.
 */
class DatabaseCrashPropertyTest {
    private static final TableName TABLE = TableName.of("t");

    @Test
    void what_comes_back_is_the_database_as_of_one_offset_not_before_the_durable_one() {
        property().runs(150).explore(draw -> {
            World world = new World(draw);
            for (int lives = draw.intBetween(1, 6); lives > 0; lives--) {
                world.live();
            }
            world.open();
        });
    }

    private static final class World {
        private final Draw draw;
        private final LogOptions options;
        private SimulatedDisk disk = new SimulatedDisk();
        private Database database;
        private TableSchema table;
        /** The rows as of each offset: key to value. */
        private final TreeMap<Long, Map<Long, String>> states = new TreeMap<>(Map.of(0L, Map.of()));

        private long durable;

        World(Draw draw) {
            this.draw = draw;
            options = LogOptions.defaults(new SplittableRandom(draw.intBetween(0, 1000)))
                    .withSegmentBytes(4096)
                    .withRetention(new Retention(draw.intBetween(0, 20_000), Duration.ofDays(1)));
        }

        void live() {
            open();
            for (int i = draw.intBetween(0, 25); i > 0 && database.log().state() != LogState.FAILED; i--) {
                step();
            }
            end();
        }

        void open() {
            database = Database.open(
                    new DatabaseOptions("test", disk, options, StoreLimits.DEFAULT, ConstraintCompiler.NONE));
            draw.note("opened with " + database.log().recovery() + ", "
                    + database.log().state());
            long offset = database.offset();
            assertThat(offset).isGreaterThanOrEqualTo(durable);
            assertThat(states).containsKey(offset);
            states.tailMap(offset, false).clear();
            durable = database.log().durableOffset();
            assertThat(durable).isEqualTo(offset);
            table = database.catalog().find(TABLE);
            requireState(states.get(offset));
        }

        private void requireState(Map<Long, String> expected) {
            if (table == null) {
                assertThat(expected).isEmpty();
                return;
            }
            Map<Long, String> found = new TreeMap<>();
            for (List<Object> row : TestDatabase.rows(database.snapshot(), table)) {
                found.put((Long) row.get(0), (String) row.get(1));
            }
            assertThat(found).isEqualTo(expected);
            TableReader reader = database.snapshot().table(table.tableId());
            int key = table.indexes().get(0).indexId();
            int byValue = table.indexes().get(1).indexId();
            expected.forEach((id, value) -> {
                assertThat(reader.findId(key, id)).isPositive();
                byte[] probe =
                        new dev.merapi.api.value.BsatnWriter().putString(value).toByteArray();
                long equal = expected.values().stream().filter(value::equals).count();
                assertThat(TestDatabase.ids(reader.lookup(byValue, probe))).hasSize((int) equal);
            });
        }

        private void step() {
            try {
                switch (draw.intBetween(0, 11)) {
                    case 9 -> checkpoint();
                    case 10 -> misfortune();
                    case 11 -> write();
                    default -> {
                        for (int i = draw.intBetween(1, 4); i > 0; i--) {
                            transaction();
                        }
                        write();
                    }
                }
            } catch (CodedException e) {
                draw.note(e.code() + " " + e.getMessage());
                assertThat(e.code())
                        .isIn(
                                ErrorCode.LOG_FULL,
                                ErrorCode.LOG_FAILED,
                                ErrorCode.CHECKPOINT_REFUSED,
                                ErrorCode.STORAGE_FAILED);
                disk.setCapacity(Long.MAX_VALUE);
                if (database.log().state() == LogState.FULL) {
                    retry();
                }
            }
            durable = database.log().durableOffset();
        }

        private void retry() {
            try {
                database.log().retry();
            } catch (CodedException e) {
                draw.note(e.getMessage());
            }
        }

        private void transaction() {
            if (table == null) {
                table = TestDatabase.createTable(
                        database,
                        TableBuilder.aTable("t")
                                .column("id", ScalarType.I64)
                                .column("value", ScalarType.TEXT)
                                .primaryKey("id")
                                .index("by_value", Kind.ORDERED, false, "value"));
                states.put(database.offset(), Map.of());
                return;
            }
            Map<Long, String> state = new TreeMap<>(states.lastEntry().getValue());
            int key = table.indexes().get(0).indexId();
            TestDatabase.commit(database, tx -> {
                for (int i = draw.intBetween(1, 6); i > 0; i--) {
                    long id = draw.intBetween(0, 40);
                    long rowId = tx.table(table.tableId()).findId(key, id);
                    String value = "v".repeat(draw.intBetween(0, 30));
                    if (rowId < 0) {
                        TestDatabase.insert(tx, table, id, value);
                        state.put(id, value);
                    } else if (draw.bool()) {
                        tx.delete(table.tableId(), rowId);
                        state.remove(id);
                    } else {
                        tx.update(table.tableId(), rowId, TestDatabase.row(table, id, value));
                        state.put(id, value);
                    }
                }
            });
            states.put(database.offset(), state);
        }

        private final List<LogGroup> waiting = new ArrayList<>();

        /** What the log's thread does. */
        private void write() {
            LogGroup group = database.log().seal();
            if (group != null) {
                waiting.add(group);
            }
            while (!waiting.isEmpty() && database.log().retry()) {
                database.log().write(waiting.removeFirst());
            }
        }

        private void checkpoint() {
            database.log().checkpoint(database.snapshot());
            draw.note("checkpoint " + database.offset());
        }

        private void misfortune() {
            switch (draw.intBetween(0, 2)) {
                case 0 -> disk.setCapacity(disk.usedBytes() + draw.intBetween(0, 2000));
                case 1 -> disk.failForce(draw.intBetween(1, 4));
                default -> disk.failWrite(draw.intBetween(1, 4));
            }
        }

        private void end() {
            disk.setCapacity(Long.MAX_VALUE);
            switch (draw.intBetween(0, 2)) {
                case 0 -> close();
                case 1 -> disk = disk.afterKill();
                default -> disk = disk.afterPowerLoss(draw);
            }
            waiting.clear();
            damageNewestCheckpoint();
        }

        private void close() {
            try {
                database.close();
            } catch (CodedException e) {
                draw.note(e.getMessage());
            }
            durable = database.log().durableOffset();
            disk = disk.afterKill();
        }

        private void damageNewestCheckpoint() {
            long[] offsets = LogNames.checkpointOffsets(disk.checkpoints());
            // After damage one may be alone, and the log before it gone: that one must not be damaged, too.
            boolean isOneToSpare = offsets.length > 1
                    || (offsets.length == 1 && disk.segments().contains(LogNames.segment(1)));
            if (isOneToSpare && draw.oneIn(4)) {
                String name = LogNames.checkpoint(offsets[offsets.length - 1]);
                byte[] bytes = disk.checkpointBytes(name);
                bytes[draw.intBetween(0, bytes.length - 1)] ^= 4;
                disk.setCheckpointBytes(name, bytes);
                draw.note("damaged " + name);
            }
        }
    }
}
