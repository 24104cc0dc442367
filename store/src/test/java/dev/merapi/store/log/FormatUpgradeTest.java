package dev.merapi.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.log.FormatUpgrade.Step;
import dev.merapi.store.log.format.FormatVersion;
import dev.merapi.store.log.format.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way from an old version to the present one, walked with steps of a future that does not exist yet. */
class FormatUpgradeTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final List<Integer> run = new ArrayList<>();

    @Test
    void each_step_is_taken_once_and_in_order() throws IOException {
        segment(1, 1);
        segment(2, 100);
        FormatUpgrade upgrade = new FormatUpgrade(List.of(step(1), step(2), step(3)), 4);

        upgrade.run(disk);

        assertThat(run).containsExactly(1, 2, 3);
    }

    @Test
    void what_is_of_the_present_version_or_empty_is_left_alone() throws IOException {
        FormatUpgrade upgrade = new FormatUpgrade(List.of(step(1), step(2)), 3);

        upgrade.run(disk);
        segment(3, 1);
        upgrade.run(disk);

        assertThat(run).isEmpty();
    }

    @Test
    void a_newer_version_is_refused_before_any_step() {
        segment(1, 1);
        segment(4, 100);
        FormatUpgrade upgrade = new FormatUpgrade(List.of(step(1), step(2)), 3);

        assertThatThrownBy(() -> upgrade.run(disk))
                .satisfies(e -> CommitLogTest.assertCode(e, ErrorCode.LOG_VERSION_UNSUPPORTED));
        assertThat(run).isEmpty();
    }

    @Test
    void steps_with_a_gap_are_refused() {
        assertThatThrownBy(() -> new FormatUpgrade(List.of(step(2)), 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FormatUpgrade(List.of(step(1)), 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void this_release_has_a_step_for_every_version_before_it() throws IOException {
        segment(FormatVersion.CURRENT, 1);

        FormatUpgrade.CURRENT.run(disk);

        assertThat(disk.segmentBytes("00000000000000000001.log"))
                .isEqualTo(new SegmentHeader(FormatVersion.CURRENT, 7, 7, 1).encode());
    }

    private void segment(int version, long firstOffset) {
        disk.setSegmentBytes(
                String.format("%020d.log", firstOffset), new SegmentHeader(version, 7, 7, firstOffset).encode());
    }

    private Step step(int from) {
        return new Step() {
            @Override
            public int from() {
                return from;
            }

            @Override
            public void run(LogStorage storage) {
                run.add(from);
            }
        };
    }
}
