package dev.merapi.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Commit;
import dev.merapi.store.log.LogOptions.OnDamage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every byte of a small log changed, every length of it cut: recovery brings back everything confirmed or refuses. */
class LogDamageTest {
    private static final String FIRST = "00000000000000000001.log";

    private final LogOptions options =
            LogOptions.defaults(new SplittableRandom(3)).withSegmentBytes(4096);

    /** What the mark said when the damage came to light. */
    private enum MarkIs {
        UP_TO_DATE,
        ONE_GROUP_BEHIND,
        LOST
    }

    @Test
    void a_flipped_bit_in_a_log_of_one_segment_is_never_silently_believed() {
        for (MarkIs mark : MarkIs.values()) {
            SimulatedDisk disk = oneSegment(mark);
            byte[] intact = disk.segmentBytes(FIRST);
            for (int at = 0; at < intact.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    byte[] damaged = intact.clone();
                    damaged[at] ^= (byte) (1 << bit);
                    disk.setSegmentBytes(FIRST, damaged);
                    requireAllOrRefusal(disk.afterKill(), mark, "bit " + bit + " of byte " + at);
                }
            }
        }
    }

    @Test
    void a_log_of_one_segment_cut_at_any_length_is_never_silently_believed() {
        for (MarkIs mark : MarkIs.values()) {
            SimulatedDisk disk = oneSegment(mark);
            byte[] intact = disk.segmentBytes(FIRST);
            int lastFrame = lastFrameOf(mark);
            for (int length = 0; length < intact.length; length++) {
                disk.setSegmentBytes(FIRST, Arrays.copyOf(intact, length));
                if (mark == MarkIs.UP_TO_DATE || length >= lastFrame) {
                    requireAllOrRefusal(disk.afterKill(), mark, "cut to " + length);
                } else {
                    // Nothing outside of the segment tells how long it was: what is left must still be a prefix.
                    requirePrefix(disk.afterKill(), "cut to " + length);
                }
            }
        }
    }

    @Test
    void a_changed_byte_anywhere_in_several_segments_is_never_silently_believed() {
        SimulatedDisk disk = severalSegments();
        for (String name : disk.segments()) {
            byte[] intact = disk.segmentBytes(name);
            for (int at = 0; at < intact.length; at++) {
                byte[] damaged = intact.clone();
                damaged[at] ^= (byte) 0xff;
                SimulatedDisk copy = disk.afterKill();
                copy.setSegmentBytes(name, damaged);
                assertThat(open(copy, options).code)
                        .as("byte %s of %s", at, name)
                        .isEqualTo(ErrorCode.LOG_CORRUPT);
            }
        }
    }

    @Test
    void a_segment_cut_anywhere_is_never_silently_believed() {
        SimulatedDisk disk = severalSegments();
        for (String name : disk.segments()) {
            byte[] intact = disk.segmentBytes(name);
            for (int length = 0; length < intact.length; length++) {
                SimulatedDisk copy = disk.afterKill();
                copy.setSegmentBytes(name, Arrays.copyOf(intact, length));
                assertThat(open(copy, options).code)
                        .as("%s cut to %s", name, length)
                        .isEqualTo(ErrorCode.LOG_CORRUPT);
            }
        }
    }

    @Test
    void a_missing_segment_is_noticed_wherever_it_was() {
        for (String name : severalSegments().segments()) {
            SimulatedDisk disk = severalSegments();
            disk.removeSegment(name);

            assertThat(open(disk, options).code).as(name).isEqualTo(ErrorCode.LOG_CORRUPT);
        }
        SimulatedDisk empty = severalSegments();
        empty.segments().forEach(empty::removeSegment);
        assertThat(open(empty, options).code).isEqualTo(ErrorCode.LOG_CORRUPT);
    }

    @Test
    void a_changed_mark_is_only_a_witness_less() {
        for (int slot = 0; slot < LogStorage.MARK_SLOTS; slot++) {
            for (int at = 0; at < LogStorage.MAX_MARK_BYTES; at++) {
                SimulatedDisk disk = oneSegment(MarkIs.UP_TO_DATE);
                byte[] mark = disk.markBytes(slot);
                mark[at] ^= 0x10;
                disk.setMarkBytes(slot, mark);

                assertThat(open(disk, options).commits)
                        .as("byte %s of mark %s", at, slot)
                        .isEqualTo(Commits.history(8));
            }
        }
    }

    @Test
    void the_refusal_names_file_position_offset_and_way_out() {
        SimulatedDisk disk = oneSegment(MarkIs.UP_TO_DATE);
        byte[] bytes = disk.segmentBytes(FIRST);
        bytes[bytes.length - 1] ^= 1;
        disk.setSegmentBytes(FIRST, bytes);

        CodedException refusal = open(disk, options).refusal;

        assertThat(refusal.context())
                .containsEntry("file", FIRST)
                .containsEntry("position", String.valueOf(lastFrameOf(MarkIs.UP_TO_DATE)))
                .containsEntry("offset", "7")
                .containsEntry("witness", "commits up to 8 were confirmed");
        assertThat(refusal.hint()).contains("salvage");
        assertThat(disk.isClosed()).isTrue();
    }

    @Test
    void salvage_goes_on_with_the_intact_prefix_and_keeps_the_rest_aside() {
        SimulatedDisk intact = severalSegments();
        int all = open(intact.afterKill(), options).commits.size();
        for (String name : intact.segments()) {
            for (int at = name.equals(FIRST) ? 1500 : 0; at < intact.segmentBytes(name).length; at += 97) {
                SimulatedDisk disk = intact.afterKill();
                byte[] damaged = disk.segmentBytes(name);
                damaged[at] ^= 1;
                disk.setSegmentBytes(name, damaged);

                Opened salvaged = open(disk, options.withOnDamage(OnDamage.SALVAGE));

                int kept = salvaged.commits.size();
                assertThat(kept).as("byte %s of %s", at, name).isBetween(1, all - 1);
                assertThat(salvaged.commits).isEqualTo(Commits.history(all).subList(0, kept));
                assertThat(salvaged.log.recovery().damage()).isNotEmpty();
                assertThat(salvaged.log.isResumable(intactEpoch(intact), kept)).isTrue();
                assertThat(salvaged.log.isResumable(intactEpoch(intact), kept + 1))
                        .isFalse();
                assertThat(disk.segments()).anyMatch(segment -> segment.contains("damaged"));
                CommitLogTest.write(salvaged.log, List.of(Commits.insert(kept + 1, "after")));
                salvaged.log.close();
                assertThat(open(disk, options).commits).hasSize(kept + 1).endsWith(Commits.insert(kept + 1, "after"));
            }
        }
    }

    @Test
    void nothing_is_salvaged_where_nothing_is_intact() {
        SimulatedDisk disk = oneSegment(MarkIs.UP_TO_DATE);
        byte[] bytes = disk.segmentBytes(FIRST);
        bytes[3] ^= 1;
        disk.setSegmentBytes(FIRST, bytes);

        assertThat(open(disk, options.withOnDamage(OnDamage.SALVAGE)).code).isEqualTo(ErrorCode.LOG_CORRUPT);
        assertThat(disk.segments()).containsExactly(FIRST);
    }

    @Test
    void segments_of_another_database_are_not_taken() {
        SimulatedDisk disk = severalSegments();
        SimulatedDisk other = write(new SplittableRandom(77), 240);
        disk.setSegmentBytes(
                disk.segments().getLast(), other.segmentBytes(other.segments().getLast()));

        assertThat(open(disk, options).code).isEqualTo(ErrorCode.LOG_CORRUPT);
    }

    /** Four groups of two commits each. */
    private SimulatedDisk oneSegment(MarkIs mark) {
        SimulatedDisk disk = new SimulatedDisk();
        CommitLog log = CommitLog.open(disk, options, new Replayed());
        List<Commit> history = Commits.history(8);
        List<byte[][]> marks = new ArrayList<>();
        for (int i = 0; i < 8; i += 2) {
            CommitLogTest.write(log, history.subList(i, i + 2));
            marks.add(new byte[][] {disk.markBytes(0), disk.markBytes(1)});
        }
        assertThat(disk.segments()).hasSize(1);
        switch (mark) {
            case UP_TO_DATE -> {}
            case ONE_GROUP_BEHIND -> setMarks(disk, marks.get(2));
            case LOST -> setMarks(disk, new byte[2][LogStorage.MAX_MARK_BYTES]);
        }
        return disk;
    }

    private static void setMarks(SimulatedDisk disk, byte[][] marks) {
        disk.setMarkBytes(0, marks[0]);
        disk.setMarkBytes(1, marks[1]);
    }

    private int lastFrameOf(MarkIs mark) {
        SimulatedDisk disk = oneSegment(mark);
        SimulatedDisk shorter = new SimulatedDisk();
        CommitLog log = CommitLog.open(shorter, options, new Replayed());
        for (int i = 0; i < 6; i += 2) {
            CommitLogTest.write(log, Commits.history(8).subList(i, i + 2));
        }
        int length = shorter.segmentBytes(FIRST).length;
        assertThat(disk.segmentBytes(FIRST).length).isGreaterThan(length);
        return length;
    }

    private SimulatedDisk severalSegments() {
        SimulatedDisk disk = write(new SplittableRandom(9), 240);
        assertThat(disk.segments()).hasSizeBetween(3, 5);
        return disk;
    }

    private long intactEpoch(SimulatedDisk disk) {
        return dev.merapi.store.log.format.SegmentHeader.decode(disk.segmentBytes(FIRST))
                .epoch();
    }

    private SimulatedDisk write(SplittableRandom epochs, int commits) {
        SimulatedDisk disk = new SimulatedDisk();
        LogOptions own = LogOptions.defaults(epochs).withSegmentBytes(4096);
        CommitLog log = CommitLog.open(disk, own, new Replayed());
        List<Commit> history = Commits.history(commits);
        for (int i = 0; i < commits; i += 4) {
            CommitLogTest.write(log, history.subList(i, i + 4));
        }
        return disk;
    }

    /** Everything is there, or it refuses; only the last group may be missing if no mark knows of it. */
    private void requireAllOrRefusal(SimulatedDisk disk, MarkIs mark, String what) {
        Opened opened = open(disk, options);
        if (opened.code == null) {
            List<Commit> history = Commits.history(8);
            if (opened.commits.size() == 6 && mark != MarkIs.UP_TO_DATE) {
                history = history.subList(0, 6);
            }
            assertThat(opened.commits).as("%s, mark %s", what, mark).isEqualTo(history);
        } else {
            assertThat(opened.code).as(what).isEqualTo(ErrorCode.LOG_CORRUPT);
        }
    }

    private void requirePrefix(SimulatedDisk disk, String what) {
        Opened opened = open(disk, options);
        if (opened.code == null) {
            assertThat(opened.commits).as(what).isEqualTo(Commits.history(8).subList(0, opened.commits.size()));
        } else {
            assertThat(opened.code).as(what).isEqualTo(ErrorCode.LOG_CORRUPT);
        }
    }

    /** The commits recovered, or the code of the refusal. */
    private record Opened(CommitLog log, List<Commit> commits, ErrorCode code, CodedException refusal) {}

    private static Opened open(SimulatedDisk disk, LogOptions options) {
        Replayed replayed = new Replayed();
        try {
            return new Opened(CommitLog.open(disk, options, replayed), replayed.commits, null, null);
        } catch (CodedException e) {
            return new Opened(null, List.of(), e.code(), e);
        }
    }
}
