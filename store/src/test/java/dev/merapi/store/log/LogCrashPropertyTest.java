package dev.merapi.store.log;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Commit;
import dev.merapi.testing.property.Draw;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Any commits in any groups on a disk that fills up and fails, and any number of ends: by closing, by a kill, by a loss
 * of power that keeps any part of what was not forced. What comes back is a prefix of what was appended and includes
 * everything that was ever durable; positions that people may hold are judged rightly.
 */
class LogCrashPropertyTest {
    @Test
    void recovery_yields_a_prefix_that_includes_everything_confirmed() {
        property().runs(400).explore(draw -> {
            World world = new World(draw);
            int lives = draw.intBetween(1, 6);
            for (int life = 0; life < lives; life++) {
                world.live();
            }
            world.open();
        });
    }

    private static final class World {
        private final Draw draw;
        private final LogOptions options;
        private SimulatedDisk disk = new SimulatedDisk();
        private CommitLog log;
        /** What was appended in this life and those before, as far as recovery has brought it back. */
        private List<Commit> history = new ArrayList<>();

        private boolean isClean = true;
        private long confirmed;
        /** Every commit anybody may have seen, by the epoch in which it was seen. */
        private final Map<Long, List<Commit>> seen = new HashMap<>();

        private final Map<Long, Long> confirmedByEpoch = new HashMap<>();
        private final Deque<LogGroup> queue = new ArrayDeque<>();

        World(Draw draw) {
            this.draw = draw;
            options = LogOptions.defaults(new SplittableRandom(draw.intBetween(0, 1000)))
                    .withSegmentBytes(4096);
        }

        void live() {
            open();
            int batches = draw.intBetween(0, 12);
            for (int i = 0; i < batches && log.state() != LogState.FAILED; i++) {
                misfortune();
                batch();
            }
            end();
        }

        void open() {
            queue.clear();
            Replayed replayed = new Replayed();
            log = CommitLog.open(disk, options, replayed);
            draw.note("opened epoch " + log.epoch() + " with " + replayed.commits.size() + " commits, " + log.recovery()
                    + ", " + log.state());
            assertThat(replayed.commits.size()).isBetween((int) confirmed, history.size());
            assertThat(replayed.commits).isEqualTo(history.subList(0, replayed.commits.size()));
            if (isClean) {
                assertThat(replayed.commits).hasSameSizeAs(history);
            }
            history = new ArrayList<>(replayed.commits);
            confirmed = history.size();
            assertThat(log.lastOffset()).isEqualTo(confirmed);
            assertThat(log.durableOffset()).isEqualTo(confirmed);
            requirePositionsJudgedRightly();
            int after = draw.intBetween(0, history.size());
            assertThat(CommitLogTest.read(log, after)).isEqualTo(history.subList(after, history.size()));
        }

        private void requirePositionsJudgedRightly() {
            seen.forEach((epoch, commits) -> {
                for (Commit commit : commits) {
                    boolean isSame =
                            commit.offset() <= history.size() && commit.equals(history.get((int) commit.offset() - 1));
                    if (log.isResumable(epoch, commit.offset())) {
                        assertThat(isSame)
                                .as("resumable %s of %s", commit.offset(), epoch)
                                .isTrue();
                    } else {
                        assertThat(commit.offset())
                                .as("confirmed and seen in %s", epoch)
                                .isGreaterThan(confirmedIn(epoch));
                    }
                }
            });
        }

        private long confirmedIn(long epoch) {
            return confirmedByEpoch.getOrDefault(epoch, 0L);
        }

        private void batch() {
            int size = draw.intBetween(1, 6);
            TreeMap<Integer, TableSchema> tables = new TreeMap<>();
            history.forEach(commit -> commit.schemaChanges().forEach(change -> {
                TableSchema table = ((dev.merapi.store.SchemaChange.TableCreated) change).table();
                tables.put(table.tableId(), table);
            }));
            for (int i = 0; i < size; i++) {
                Commit commit = Commits.random(draw, history.size() + 1, tables);
                history.add(commit);
                log.append(commit);
                seen.computeIfAbsent(log.epoch(), e -> new ArrayList<>()).add(commit);
            }
            if (!draw.oneIn(5)) {
                write();
            }
            confirmed = log.durableOffset();
            confirmedByEpoch.put(log.epoch(), confirmed);
        }

        /** What the log's thread does. */
        private void write() {
            LogGroup sealed = log.seal();
            if (sealed != null) {
                queue.add(sealed);
            }
            try {
                if (log.state() == LogState.FULL && draw.bool()) {
                    disk.setCapacity(Long.MAX_VALUE);
                }
                while (log.state() != LogState.FAILED && log.retry() && !queue.isEmpty()) {
                    // Taken first: if there is no room, the log keeps it.
                    log.write(queue.removeFirst());
                }
            } catch (CodedException e) {
                draw.note(e.getMessage());
                assertThat(log.state()).isNotEqualTo(LogState.OPEN);
            }
        }

        private void misfortune() {
            switch (draw.intBetween(0, 12)) {
                case 1 -> disk.setCapacity(disk.usedBytes() + draw.intBetween(0, 400));
                case 2 -> disk.failForce(draw.intBetween(1, 4));
                case 3 -> disk.failWrite(draw.intBetween(1, 4));
                default -> {}
            }
        }

        private void end() {
            disk.setCapacity(Long.MAX_VALUE);
            isClean = false;
            switch (draw.intBetween(0, 2)) {
                case 0 -> {
                    draw.note("close");
                    close();
                }
                case 1 -> {
                    draw.note("kill");
                    disk = disk.afterKill();
                }
                default -> {
                    draw.note("power loss");
                    disk = disk.afterPowerLoss(draw);
                }
            }
        }

        private void close() {
            write();
            boolean isOpen = log.state() == LogState.OPEN;
            try {
                log.close();
                isClean = isOpen && queue.isEmpty();
            } catch (CodedException e) {
                draw.note(e.getMessage());
            }
            confirmed = log.durableOffset();
            disk = disk.afterKill();
        }
    }
}
