package dev.merapi.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentCommitsTest {
    private final RecentCommits recent = new RecentCommits(3);

    @Test
    void it_covers_nothing_at_first() {
        assertThat(recent.coveredFrom()).isEqualTo(Long.MAX_VALUE);
        assertThat(recent.between(0, 10)).isEmpty();
    }

    @Test
    void the_oldest_make_room_for_the_newest() {
        add(1, 2, 3, 4, 5);

        assertThat(recent.coveredFrom()).isEqualTo(2);
        assertThat(recent.between(0, 5)).extracting(Commit::offset).containsExactly(3L, 4L, 5L);
    }

    @Test
    void a_part_is_exact_at_both_ends() {
        add(1, 2, 3);

        assertThat(recent.between(1, 2)).extracting(Commit::offset).containsExactly(2L);
        assertThat(recent.between(0, 3)).hasSize(3);
        assertThat(recent.between(2, 2)).isEmpty();
        assertThat(recent.between(3, 9)).isEmpty();
    }

    private void add(long... offsets) {
        for (long offset : offsets) {
            recent.add(new Commit(offset, 0, Caller.SYSTEM, "test", List.of(), List.of(), List.of()));
        }
    }
}
