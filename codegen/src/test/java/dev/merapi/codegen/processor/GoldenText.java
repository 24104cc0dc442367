package dev.merapi.codegen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected text kept in a file; {@code -Dgolden.update=true} writes what is found instead of comparing. */
final class GoldenText {
    static final Path RESOURCES = Path.of("src/test/resources/dev/merapi/codegen");

    private GoldenText() {}

    static void assertEqual(Path file, String found) {
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(file, found);
            }
            String expected = Files.exists(file) ? Files.readString(file) : "";
            assertThat(found)
                    .as(file + " (look at the difference, then run with -Dgolden.update=true)")
                    .isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
