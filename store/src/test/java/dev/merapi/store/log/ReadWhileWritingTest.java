package dev.merapi.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.store.Commit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One thread appends, one writes, others read: nobody sees a gap, a repetition or half a commit. */
class ReadWhileWritingTest {
    private static final int COMMITS = 4_000;

    private final LogOptions options =
            LogOptions.defaults(new SplittableRandom(8)).withSegmentBytes(16 << 10);

    @Test
    @Timeout(60)
    void readers_follow_a_log_in_memory() throws Exception {
        follow(new MemoryLogStorage(Long.MAX_VALUE));
    }

    @Test
    @Timeout(60)
    void readers_follow_a_log_in_files(@TempDir Path directory) throws Exception {
        follow(FileLogStorage.open(directory));
    }

    private void follow(LogStorage storage) throws Exception {
        CommitLog log = CommitLog.open(storage, options, new Replayed());
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> done = new ArrayList<>();
            done.add(threads.submit(writing(log)));
            for (int i = 0; i < 3; i++) {
                done.add(threads.submit(following(log)));
                done.add(threads.submit(startingAnywhere(log, i)));
            }
            for (Future<?> thread : done) {
                thread.get(50, TimeUnit.SECONDS);
            }
        }
        assertThat(log.durableOffset()).isEqualTo(COMMITS);
        assertThat(storage.segments()).hasSizeGreaterThan(5);
        log.close();
    }

    private static Callable<Void> writing(CommitLog log) {
        return () -> {
            SplittableRandom random = new SplittableRandom(1);
            int offset = 0;
            while (offset < COMMITS) {
                int size = Math.min(COMMITS - offset, random.nextInt(1, 40));
                for (int i = 0; i < size; i++) {
                    offset++;
                    log.append(offset == 1 ? Commits.createNotes() : Commits.insert(offset));
                }
                log.write(log.seal());
            }
            return null;
        };
    }

    private static Callable<Void> following(CommitLog log) {
        return () -> {
            try (CommitReader reader = log.read(0)) {
                long expected = 1;
                while (expected <= COMMITS) {
                    Commit commit = reader.next();
                    if (commit == null) {
                        Thread.onSpinWait();
                    } else {
                        assertThat(commit.offset()).isEqualTo(expected++);
                    }
                }
                assertThat(reader.next()).isNull();
            }
            return null;
        };
    }

    private static Callable<Void> startingAnywhere(CommitLog log, int seed) {
        return () -> {
            SplittableRandom random = new SplittableRandom(seed);
            while (log.durableOffset() < COMMITS) {
                long durable = log.durableOffset();
                long after = random.nextLong(durable + 1);
                try (CommitReader reader = log.read(after)) {
                    for (long expected = after + 1; expected <= Math.min(durable, after + 50); expected++) {
                        Commit commit = reader.next();
                        assertThat(commit).isNotNull();
                        assertThat(commit).isEqualTo(expected == 1 ? Commits.createNotes() : Commits.insert(expected));
                    }
                }
            }
            return null;
        };
    }
}
