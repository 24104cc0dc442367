package dev.merapi.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CommitLogTest {
    private final MemoryLogStorage storage = new MemoryLogStorage(Long.MAX_VALUE);
    private final LogOptions options =
            LogOptions.defaults(new SplittableRandom(1)).withSegmentBytes(4096);

    @Test
    void appended_commits_are_read_back_in_order() {
        CommitLog log = open();

        write(log, Commits.history(5));

        assertThat(read(log, 0)).isEqualTo(Commits.history(5));
        assertThat(read(log, 3)).isEqualTo(Commits.history(5).subList(3, 5));
        assertThat(read(log, 5)).isEmpty();
    }

    @Test
    void a_group_is_durable_when_it_was_written_and_not_before() {
        CommitLog log = open();
        log.append(Commits.createNotes());
        log.append(Commits.insert(2));

        LogGroup group = log.seal();
        assertThat(log.durableOffset()).isZero();
        assertThat(log.lastOffset()).isEqualTo(2);
        assertThat(read(log, 0)).isEmpty();
        log.write(group);

        assertThat(log.durableOffset()).isEqualTo(2);
        assertThat(group.firstOffset()).isEqualTo(1);
        assertThat(group.lastOffset()).isEqualTo(2);
        assertThat(log.seal()).isNull();
    }

    @Test
    void a_reopened_log_goes_on_where_it_ended() {
        CommitLog first = open();
        write(first, Commits.history(3));
        first.close();

        Replayed replayed = new Replayed();
        CommitLog second = CommitLog.open(storage, options, replayed);
        write(second, List.of(Commits.insert(4)));

        assertThat(replayed.commits).isEqualTo(Commits.history(3));
        assertThat(read(second, 0)).isEqualTo(Commits.history(4));
        assertThat(second.epoch()).isEqualTo(first.epoch());
        assertThat(second.recovery().isClean()).isTrue();
    }

    @Test
    void long_histories_span_segments_and_can_be_read_from_anywhere() {
        CommitLog log = open();
        List<Commit> history = Commits.history(1000);

        for (Commit commit : history) {
            write(log, List.of(commit));
        }

        assertThat(storage.segments()).hasSizeGreaterThan(10);
        for (int after : new int[] {0, 1, 17, 500, 999}) {
            assertThat(read(log, after)).isEqualTo(history.subList(after, 1000));
        }
    }

    @Test
    void a_reader_at_the_end_goes_on_when_more_is_written() {
        CommitLog log = open();
        write(log, Commits.history(2));
        try (CommitReader reader = log.read(1)) {
            assertThat(reader.next()).isEqualTo(Commits.insert(2));
            assertThat(reader.next()).isNull();

            for (int offset = 3; offset < 300; offset++) {
                write(log, List.of(Commits.insert(offset)));
                assertThat(reader.next()).isEqualTo(Commits.insert(offset));
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void rows_are_read_with_the_table_as_it_was_after_their_commit() {
        CommitLog log = open();
        write(log, Commits.history(2));
        var renamed = Commits.table(1, "renamed");
        List<SchemaChange> change = List.of(new SchemaChange.TableAltered(renamed, SchemaChange.RowRewrite.NONE));
        TableDelta delta = TableDelta.of(renamed, new long[] {9}, new byte[][] {{1}, {2}});
        Commit alter = new Commit(3, 0, Caller.SYSTEM, "sql", change, List.of(delta), List.of());
        Commit later = new Commit(4, 0, Caller.SYSTEM, "sql", List.of(), List.of(delta), List.of());
        write(log, List.of(alter, later));

        assertThat(read(log, 1)).containsExactly(Commits.insert(2), alter, later);
        assertThat(read(log, 3)).containsExactly(later);
    }

    @Test
    void a_position_of_an_unclean_end_is_resumable_only_as_far_as_it_was_written() {
        CommitLog killed = open();
        write(killed, Commits.history(3));
        killed.append(Commits.insert(4));
        long before = killed.epoch();

        CommitLog log = open();
        write(log, List.of(Commits.insert(4, "another")));

        assertThat(log.epoch()).isNotEqualTo(before);
        assertThat(log.recovery().isClean()).isFalse();
        assertThat(log.isResumable(before, 3)).isTrue();
        assertThat(log.isResumable(before, 4))
                .as("this commit 4 is another one")
                .isFalse();
        assertThat(log.isResumable(log.epoch(), 4)).isTrue();
        assertThat(log.isResumable(log.epoch(), 5)).as("not yet").isFalse();
        assertThat(log.isResumable(12345, 1)).as("an epoch nobody knows").isFalse();
    }

    @Test
    void epochs_survive_any_number_of_unclean_ends() {
        List<Long> epochs = new ArrayList<>();
        for (int i = 0; i < 2 * dev.merapi.store.log.format.Lineage.MAX_EPOCHS; i++) {
            CommitLog log = open();
            epochs.add(log.epoch());
            write(log, List.of(i == 0 ? Commits.createNotes() : Commits.insert(i + 1)));
        }

        CommitLog log = open();

        assertThat(epochs).doesNotHaveDuplicates();
        int last = epochs.size() - 1;
        assertThat(log.isResumable(epochs.get(last), last + 1)).isTrue();
        assertThat(log.isResumable(epochs.get(last - 10), last - 9)).isTrue();
        assertThat(log.isResumable(epochs.get(last - 10), last - 8)).isFalse();
        assertThat(log.isResumable(epochs.get(0), 1)).as("too long ago to know").isFalse();
    }

    @Test
    void commits_out_of_order_are_refused() {
        CommitLog log = open();

        assertThatThrownBy(() -> log.append(Commits.insert(2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reading_past_either_end_of_history_is_refused() {
        CommitLog log = open();
        write(log, Commits.history(2));

        assertThatThrownBy(() -> log.read(3)).satisfies(e -> assertCode(e, ErrorCode.HISTORY_TRUNCATED));
        assertThatThrownBy(() -> log.read(-1)).satisfies(e -> assertCode(e, ErrorCode.HISTORY_TRUNCATED));
    }

    @Test
    void memory_keeps_a_bounded_history() {
        MemoryLogStorage bounded = new MemoryLogStorage(20_000);
        CommitLog log = CommitLog.open(bounded, options, new Replayed());

        for (Commit commit : Commits.history(2000)) {
            write(log, List.of(commit));
        }

        assertThat(log.sizeBytes()).isLessThan(20_000 + 2 * 4096);
        assertThat(log.oldestOffset()).isBetween(1500L, 1999L);
        assertThat(read(log, log.oldestOffset())).hasSize((int) (2000 - log.oldestOffset()));
        assertThatThrownBy(() -> log.read(0)).satisfies(e -> assertCode(e, ErrorCode.HISTORY_TRUNCATED));
    }

    @Test
    void a_reader_overtaken_by_retention_is_told_so() {
        MemoryLogStorage bounded = new MemoryLogStorage(10_000);
        CommitLog log = CommitLog.open(bounded, options, new Replayed());
        write(log, Commits.history(2));
        CommitReader reader = log.read(0);
        reader.next();

        for (int offset = 3; offset < 2000; offset++) {
            write(log, List.of(Commits.insert(offset)));
        }

        assertThatThrownBy(() -> {
                    while (reader.next() != null) {}
                })
                .satisfies(e -> assertCode(e, ErrorCode.HISTORY_TRUNCATED));
    }

    @Test
    void closing_writes_what_is_still_open() {
        CommitLog log = open();
        log.append(Commits.createNotes());
        log.close();

        Replayed replayed = new Replayed();
        CommitLog.open(storage, options, replayed);

        assertThat(replayed.commits).containsExactly(Commits.createNotes());
    }

    @Test
    void a_very_large_batch_is_one_group_of_several_frames() {
        CommitLog log = open();
        String large = "x".repeat(9 << 20);
        List<Commit> commits = new ArrayList<>(Commits.history(1));
        for (int offset = 2; offset < 12; offset++) {
            commits.add(Commits.insert(offset, large));
        }

        commits.forEach(log::append);
        LogGroup group = log.seal();
        log.write(group);

        assertThat(group.frames()).hasSizeGreaterThan(2);
        assertThat(group.size()).isEqualTo(11);
        assertThat(log.durableOffset()).isEqualTo(11);
        assertThat(read(log, 0)).isEqualTo(commits);
    }

    private CommitLog open() {
        return CommitLog.open(storage, options, new Replayed());
    }

    static void write(CommitLog log, List<Commit> commits) {
        commits.forEach(log::append);
        log.write(log.seal());
    }

    static List<Commit> read(CommitLog log, long after) {
        List<Commit> commits = new ArrayList<>();
        try (CommitReader reader = log.read(after)) {
            for (Commit commit = reader.next(); commit != null; commit = reader.next()) {
                commits.add(commit);
            }
        }
        return commits;
    }

    static void assertCode(Throwable thrown, ErrorCode code) {
        assertThat(thrown).isInstanceOf(CodedException.class);
        assertThat(((CodedException) thrown).code()).isEqualTo(code);
    }
}
