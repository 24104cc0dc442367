package dev.merapi.store.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Database;
import dev.merapi.store.TestDatabase;
import dev.merapi.store.log.format.FormatVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatVersionTest {
    @TempDir
    private Path directory;

    @Test
    void files_of_every_released_version_are_opened_with_all_they_hold() throws Exception {
        for (int version = 1; version <= FormatVersion.CURRENT; version++) {
            Path copy = directory.resolve("v" + version);
            copyStored("v" + version, copy);

            try (Database database = StoredSample.open(copy)) {
                assertThat(StoredSample.describe(database)).isEqualTo(Files.readString(copy.resolve("expected.txt")));
                assertThat(database.log().recovery().checkpointOffset()).isPositive();
                assertThat(database.log().recovery().isClean()).isTrue();
                assertThat(database.log().recovery().damage()).isEmpty();
            }
        }
    }

    @Test
    void the_log_alone_gives_what_the_checkpoint_gives() throws Exception {
        Path copy = directory.resolve("v1");
        copyStored("v1", copy);
        try (Stream<Path> checkpoints = Files.list(copy.resolve("checkpoints"))) {
            for (Path checkpoint : checkpoints.toList()) {
                Files.delete(checkpoint);
            }
        }

        try (Database database = StoredSample.open(copy)) {
            assertThat(StoredSample.describe(database)).isEqualTo(Files.readString(copy.resolve("expected.txt")));
            assertThat(database.log().recovery().checkpointOffset()).isZero();
        }
    }

    @Test
    void a_stored_database_goes_on() throws Exception {
        Path copy = directory.resolve("v1");
        copyStored("v1", copy);

        try (Database database = StoredSample.open(copy)) {
            TableSchema items = database.catalog().tables().get(0);
            TestDatabase.commit(database, tx -> {
                long id = tx.nextSequence(items.tableId(), 0);
                assertThat(id).isEqualTo(66);
                TestDatabase.insert(tx, items, id, "more", 1, null);
            });
        }

        try (Database database = StoredSample.open(copy)) {
            TableSchema items = database.catalog().tables().get(0);
            assertThat(database.snapshot().table(items.tableId()).rowCount()).isEqualTo(65);
        }
    }

    @Test
    void a_version_of_the_future_is_refused_by_name_and_not_taken_for_damage() throws Exception {
        Path copy = directory.resolve("v1");
        copyStored("v1", copy);
        Path segment;
        try (Stream<Path> segments = Files.list(copy.resolve("log"))) {
            segment = segments.sorted().toList().getLast();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[8] = 2;
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(bytes, 0, 40);
        for (int i = 0; i < 4; i++) {
            bytes[40 + i] = (byte) (crc.getValue() >>> (8 * i));
        }
        Files.write(segment, bytes);

        assertThatThrownBy(() -> StoredSample.open(copy)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.LOG_VERSION_UNSUPPORTED);
            assertThat(e.context()).containsEntry("version", "2").containsEntry("newest", "1");
        });
    }

    private static void copyStored(String version, Path target) throws IOException, URISyntaxException {
        Path source = Path.of(
                FormatVersionTest.class.getResource("/formats/" + version).toURI());
        try (Stream<Path> files = Files.walk(source)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, target.resolve(source.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
