package dev.merapi.store.log;

import static dev.merapi.store.log.CommitLogTest.assertCode;
import static dev.merapi.store.log.CommitLogTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Commit;
import dev.merapi.testing.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A disk that is full, and one that fails. */
class LogFailureTest {
    private final LogOptions options =
            LogOptions.defaults(new SplittableRandom(4)).withSegmentBytes(4096);

    @Test
    void a_group_that_does_not_fit_is_written_once_there_is_room() {
        SimulatedDisk measured = new SimulatedDisk();
        CommitLog log = CommitLog.open(measured, options, new Replayed());
        CommitLogTest.write(log, Commits.history(3));
        long before = measured.usedBytes();
        CommitLogTest.write(log, List.of(Commits.insert(4), Commits.insert(5)));
        long after = measured.usedBytes();

        for (long capacity = before; capacity < after; capacity++) {
            SimulatedDisk disk = new SimulatedDisk();
            CommitLog full = CommitLog.open(disk, options, new Replayed());
            CommitLogTest.write(full, Commits.history(3));
            disk.setCapacity(capacity);

            assertThatThrownBy(() -> CommitLogTest.write(full, List.of(Commits.insert(4), Commits.insert(5))))
                    .satisfies(e -> assertCode(e, ErrorCode.LOG_FULL));
            assertThat(full.state()).isEqualTo(LogState.FULL);
            assertThat(full.durableOffset()).isEqualTo(3);
            assertThat(disk.usedBytes()).as("what did not fit is cut away").isEqualTo(before);
            assertThat(read(full, 0)).isEqualTo(Commits.history(3));
            assertThatThrownBy(full::requireWritable).satisfies(e -> assertCode(e, ErrorCode.LOG_FULL));
            assertThat(full.retry()).isFalse();

            disk.setCapacity(Long.MAX_VALUE);
            assertThat(full.retry()).isTrue();
            assertThatCode(full::requireWritable).doesNotThrowAnyException();
            assertThat(full.durableOffset()).isEqualTo(5);
            CommitLogTest.write(full, List.of(Commits.insert(6)));
            full.close();
            assertThat(reopened(disk)).isEqualTo(Commits.history(6));
        }
    }

    @Test
    void groups_behind_one_that_waits_keep_their_order() {
        SimulatedDisk disk = new SimulatedDisk();
        CommitLog log = CommitLog.open(disk, options, new Replayed());
        log.append(Commits.createNotes());
        LogGroup first = log.seal();
        log.append(Commits.insert(2));
        LogGroup second = log.seal();
        disk.setCapacity(disk.usedBytes());

        assertThatThrownBy(() -> log.write(first)).satisfies(e -> assertCode(e, ErrorCode.LOG_FULL));
        assertThatThrownBy(() -> log.write(second)).satisfies(e -> assertCode(e, ErrorCode.LOG_FULL));
        disk.setCapacity(Long.MAX_VALUE);
        assertThat(log.retry()).isTrue();
        assertThat(log.durableOffset()).isEqualTo(1);
        log.write(second);

        assertThat(read(log, 0)).isEqualTo(Commits.history(2));
        assertThatThrownBy(() -> log.write(first)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_segment_that_cannot_be_begun_is_begun_later() {
        SimulatedDisk disk = new SimulatedDisk();
        CommitLog log = CommitLog.open(disk, options, new Replayed());
        CommitLogTest.write(log, List.of(Commits.createNotes(), Commits.insert(2, "x".repeat(4000))));
        long before = disk.usedBytes();
        for (long extra = 0; extra < 200; extra += 7) {
            disk.setCapacity(before + extra);
            if (extra == 0) {
                assertThatThrownBy(() -> CommitLogTest.write(log, List.of(Commits.insert(3))))
                        .satisfies(e -> assertCode(e, ErrorCode.LOG_FULL));
            }
            assertThat(log.retry()).isFalse();
            assertThat(disk.segments()).hasSize(1);
        }
        disk.setCapacity(Long.MAX_VALUE);

        assertThat(log.retry()).isTrue();

        assertThat(disk.segments()).hasSize(2);
        assertThat(log.durableOffset()).isEqualTo(3);
        assertThat(reopened(disk)).hasSize(3);
    }

    @Test
    void a_database_on_a_full_disk_opens_to_be_read_and_goes_on_when_there_is_room() {
        SimulatedDisk disk = new SimulatedDisk();
        CommitLog killed = CommitLog.open(disk, options, new Replayed());
        CommitLogTest.write(killed, Commits.history(3));
        SimulatedDisk next = disk.afterKill();
        next.setCapacity(next.usedBytes());

        Replayed replayed = new Replayed();
        CommitLog log = CommitLog.open(next, options, replayed);

        assertThat(replayed.commits).isEqualTo(Commits.history(3));
        assertThat(read(log, 0)).isEqualTo(Commits.history(3));
        assertThat(log.state()).isEqualTo(LogState.FULL);
        assertThat(log.isResumable(killed.epoch(), 3)).isTrue();
        next.setCapacity(Long.MAX_VALUE);
        assertThat(log.retry()).isTrue();
        CommitLogTest.write(log, List.of(Commits.insert(4)));
        log.close();
        assertThat(reopened(next)).isEqualTo(Commits.history(4));
    }

    @Test
    void a_failed_force_ends_the_log_and_confirms_nothing() {
        SimulatedDisk disk = new SimulatedDisk();
        CommitLog log = CommitLog.open(disk, options, new Replayed());
        CommitLogTest.write(log, Commits.history(3));
        disk.failForce(1);

        assertThatThrownBy(() -> CommitLogTest.write(log, List.of(Commits.insert(4))))
                .satisfies(e -> assertCode(e, ErrorCode.LOG_FAILED));

        assertThat(log.state()).isEqualTo(LogState.FAILED);
        assertThat(log.durableOffset()).isEqualTo(3);
        assertThatThrownBy(log::requireWritable).satisfies(e -> assertCode(e, ErrorCode.LOG_FAILED));
        assertThatThrownBy(log::retry).satisfies(e -> assertCode(e, ErrorCode.LOG_FAILED));
        long used = disk.usedBytes();
        log.append(Commits.insert(5));
        LogGroup later = log.seal();
        assertThatThrownBy(() -> log.write(later)).satisfies(e -> assertCode(e, ErrorCode.LOG_FAILED));
        assertThat(disk.usedBytes()).as("nothing is written any more").isEqualTo(used);
        log.close();
        assertThat(disk.isClosed()).isTrue();
        assertThat(reopened(disk).size()).isBetween(3, 4);
    }

    @Test
    void what_was_recovered_after_a_failed_force_is_really_on_the_disk() {
        SimulatedDisk disk = new SimulatedDisk();
        CommitLog log = CommitLog.open(disk, options, new Replayed());
        CommitLogTest.write(log, Commits.history(3));
        disk.failForce(1);
        assertThatThrownBy(() -> CommitLogTest.write(log, List.of(Commits.insert(4))))
                .isNotNull();

        // The page cache still shows the group, although the disk never got it and believes the pages are clean.
        SimulatedDisk next = disk.afterKill();
        List<Commit> seen = reopened(next);
        assertThat(seen).isEqualTo(Commits.history(4));

        Property.property()
                .runs(20)
                .explore(draw -> assertThat(reopened(next.afterPowerLoss(draw))).isEqualTo(seen));
    }

    @Test
    void a_failed_write_ends_the_log() {
        SimulatedDisk disk = new SimulatedDisk();
        CommitLog log = CommitLog.open(disk, options, new Replayed());
        CommitLogTest.write(log, Commits.history(3));
        disk.failWrite(1);

        assertThatThrownBy(() -> CommitLogTest.write(log, List.of(Commits.insert(4))))
                .satisfies(e -> assertCode(e, ErrorCode.LOG_FAILED));

        assertThat(log.state()).isEqualTo(LogState.FAILED);
        assertThat(reopened(disk)).isEqualTo(Commits.history(3));
    }

    @Test
    void history_that_recovery_needs_makes_no_room_on_a_full_disk() {
        SimulatedDisk disk = new SimulatedDisk();
        LogOptions small = options.withRetention(new Retention(0, Retention.DEFAULT.maxAge()));
        CommitLog log = CommitLog.open(disk, small, new Replayed());
        List<Commit> history = new ArrayList<>(Commits.history(300));
        for (Commit commit : history) {
            CommitLogTest.write(log, List.of(commit));
        }
        assertThat(log.oldestOffset()).as("no checkpoint, so all is needed").isZero();
        disk.setCapacity(disk.usedBytes());
        assertThatThrownBy(() -> CommitLogTest.write(log, List.of(Commits.insert(301))))
                .satisfies(e -> assertCode(e, ErrorCode.LOG_FULL));
        assertThat(log.retry()).isFalse();
        assertThat(log.oldestOffset()).isZero();
    }

    private List<Commit> reopened(SimulatedDisk disk) {
        Replayed replayed = new Replayed();
        CommitLog.open(disk, options, replayed);
        return replayed.commits;
    }
}
