package dev.merapi.testing.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One layout for all Java sources of the project, so that a diff shows what changed and nobody argues about blanks.
 *
 * <p>{@code mvn -q -pl testing/format test -Dformat.apply} rewrites the sources instead of complaining.
 */
final class FormatTest {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final boolean APPLY = System.getProperty("format.apply") != null;

    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    @Test
    void java_sources_are_laid_out_by_the_formatter() throws Exception {
        List<Path> sources = javaSources();
        List<Path> untidy = new ArrayList<>();

        for (Path source : sources) {
            String found = Files.readString(source);
            String wanted = format(source, found);
            if (!wanted.equals(found)) {
                untidy.add(PROJECT.relativize(source));
                if (APPLY) {
                    Files.writeString(source, wanted);
                }
            }
        }

        assertThat(sources).as("sources below %s", PROJECT).isNotEmpty();
        if (!APPLY) {
            assertThat(untidy)
                    .as("sources to be laid out by: mvn -q -pl testing/format test -Dformat.apply")
                    .isEmpty();
        }
    }

    private String format(Path source, String text) {
        try {
            return formatter.formatSourceAndFixImports(text);
        } catch (FormatterException notJava) {
            throw new AssertionError(
                    PROJECT.relativize(source) + " cannot be parsed: " + notJava.getMessage(), notJava);
        }
    }

    private static List<Path> javaSources() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(FormatTest::isSource)
                    .sorted()
                    .toList();
        }
    }

    /** Sources stand below some {@code src}; what a build wrote stands below {@code target}. */
    private static boolean isSource(Path file) {
        Path relative = PROJECT.relativize(file);
        boolean belowSrc = false;
        for (Path part : relative) {
            belowSrc |= part.toString().equals("src");
            if (part.toString().equals("target")) {
                return false;
            }
        }
        return belowSrc;
    }
}
