package dev.merapi.store.log;

import static dev.merapi.store.log.CommitLogTest.assertCode;
import static dev.merapi.store.log.CommitLogTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Commit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogStorageTest {
    @TempDir
    private Path directory;

    private final LogOptions options =
            LogOptions.defaults(new SplittableRandom(8)).withSegmentBytes(4096);

    @Test
    void a_log_in_files_goes_on_where_it_ended() {
        Path data = directory.resolve("some/new/data");
        CommitLog first = CommitLog.open(FileLogStorage.open(data), options, new Replayed());
        for (Commit commit : Commits.history(500)) {
            CommitLogTest.write(first, List.of(commit));
        }
        first.close();

        Replayed replayed = new Replayed();
        CommitLog second = CommitLog.open(FileLogStorage.open(data), options, replayed);

        assertThat(replayed.commits).isEqualTo(Commits.history(500));
        assertThat(second.recovery().isClean()).isTrue();
        assertThat(read(second, 400)).isEqualTo(Commits.history(500).subList(400, 500));
        second.close();
    }

    @Test
    void a_directory_has_one_owner_at_a_time() throws IOException {
        FileLogStorage owner = FileLogStorage.open(directory);

        assertThatThrownBy(() -> FileLogStorage.open(directory))
                .satisfies(e -> assertCode(e, ErrorCode.DATA_DIRECTORY_LOCKED))
                .hasMessageContaining(directory.toString());
        assertThatThrownBy(() -> FileLogStorage.open(directory.resolve("../" + directory.getFileName())))
                .satisfies(e -> assertCode(e, ErrorCode.DATA_DIRECTORY_LOCKED));

        owner.close();
        FileLogStorage.open(directory).close();
    }

    @Test
    void another_process_is_kept_out_too() throws Exception {
        FileLogStorage owner = FileLogStorage.open(directory);
        // A second attempt in this process must not give up the lock of the first.
        assertThatThrownBy(() -> FileLogStorage.open(directory)).isNotNull();

        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Intruder.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("DATA_DIRECTORY_LOCKED");
        assertThat(other.waitFor()).isEqualTo(3);
        owner.close();
    }

    /** Tries to open what is open elsewhere. */
    static final class Intruder {
        private Intruder() {}

        public static void main(String[] arguments) {
            try {
                FileLogStorage.open(Path.of(arguments[0]));
            } catch (dev.merapi.api.error.CodedException e) {
                System.out.println(e);
                System.exit(3);
            }
        }
    }

    @Test
    void a_directory_that_cannot_be_one_is_refused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");

        assertThatThrownBy(() -> FileLogStorage.open(file)).satisfies(e -> assertCode(e, ErrorCode.STORAGE_FAILED));
    }

    @Test
    void a_checkpoint_appears_whole_or_not_at_all() throws IOException {
        try (FileLogStorage storage = FileLogStorage.open(directory)) {
            CheckpointOutput given_up = storage.createCheckpoint("a");
            given_up.write(new byte[100]);
            assertThat(storage.checkpoints()).isEmpty();
            given_up.close();
            CheckpointOutput published = storage.createCheckpoint("b");
            published.write(new byte[] {1, 2, 3});
            published.write(4);
            published.publish();
            published.close();
            CheckpointOutput abandoned = storage.createCheckpoint("c");
            abandoned.write(new byte[100]);

            assertThat(storage.checkpoints()).containsExactly("b");
            assertThat(storage.openCheckpoint("b").readAllBytes()).containsExactly(1, 2, 3, 4);
            assertThatThrownBy(() -> storage.openCheckpoint("a")).isInstanceOf(NoSuchFileException.class);
        }

        try (FileLogStorage storage = FileLogStorage.open(directory);
                Stream<Path> files = Files.list(directory.resolve("checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("b");
            storage.deleteCheckpoint("b");
            assertThat(storage.checkpoints()).isEmpty();
        }
    }

    @Test
    void files_that_are_not_ours_are_left_alone() throws IOException {
        CommitLog log = CommitLog.open(FileLogStorage.open(directory), options, new Replayed());
        CommitLogTest.write(log, Commits.history(2));
        log.close();
        Files.writeString(directory.resolve("log/README"), "mine");
        Files.writeString(directory.resolve("log/00000000000000000001.log.bak"), "mine");
        Files.writeString(directory.resolve("log/99999999999999999999.log"), "not a number of ours");

        Replayed replayed = new Replayed();
        CommitLog.open(FileLogStorage.open(directory), options, replayed).close();

        assertThat(replayed.commits).hasSize(2);
        assertThat(directory.resolve("log/README")).hasContent("mine");
    }

    @Test
    void names_cannot_leave_the_directory() throws IOException {
        try (FileLogStorage storage = FileLogStorage.open(directory)) {
            for (String name : List.of("../x", "/x", ".x", "", "a/b", "A")) {
                assertThatThrownBy(() -> storage.createSegment(name)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void marks_keep_to_their_slots() throws IOException {
        try (FileLogStorage storage = FileLogStorage.open(directory)) {
            assertThat(storage.readMark(0)).hasSize(LogStorage.MAX_MARK_BYTES).containsOnly(0);
            storage.writeMark(0, new byte[] {1}, false);
            storage.writeMark(1, new byte[] {2}, true);
        }
        try (FileLogStorage storage = FileLogStorage.open(directory)) {
            assertThat(storage.readMark(0)).startsWith(1).hasSize(LogStorage.MAX_MARK_BYTES);
            assertThat(storage.readMark(1)).startsWith(2).hasSize(LogStorage.MAX_MARK_BYTES);
        }
    }

    @Test
    void a_full_disk_is_told_from_other_failures() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(FileSegment.asFull(new IOException("No space left on device"), file, 1))
                .isInstanceOf(StorageFullException.class);
        assertThat(FileSegment.asFull(new IOException("Disk quota exceeded"), file, 1))
                .isInstanceOf(StorageFullException.class);
        assertThat(FileSegment.asFull(new IOException("Kein Speicherplatz"), file, Long.MAX_VALUE))
                .as("the text is translated, but there is no room indeed")
                .isInstanceOf(StorageFullException.class);
        assertThat(FileSegment.asFull(new IOException("Input/output error"), file, 1))
                .isNotInstanceOf(StorageFullException.class);
    }
}
