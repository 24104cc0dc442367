package dev.merapi.testing.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Java on a page is a region of a source file that is compiled and run. In the page:
 *
 * <pre>
 * &lt;!-- snippet: testing/system/src/test/java/…/LiveGuideTest.java#rows -->
 * ```java
 * …
 * ```
 * </pre>
 *
 * and in the source {@code // tag::rows[]} … {@code // end::rows[]}. With {@code -Dgolden.update} the pages are
 * rewritten from the sources instead of compared with them.
 */
final class SnippetsTest {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final boolean UPDATE = System.getProperty("golden.update") != null;
    private static final Pattern MARKER = Pattern.compile("<!-- snippet: (\\S+)#(\\S+) -->");

    @Test
    void java_on_a_page_is_what_the_named_source_says() throws IOException {
        List<String> broken = new ArrayList<>();
        int snippets = 0;
        for (Path page : pages()) {
            List<String> lines = Files.readAllLines(page);
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                wanted.add(lines.get(i));
                Matcher marker = MARKER.matcher(lines.get(i).strip());
                if (marker.matches()) {
                    snippets++;
                    wanted.add("```java");
                    wanted.addAll(region(PROJECT.resolve(marker.group(1)), marker.group(2)));
                    wanted.add("```");
                    i = endOfFence(page, lines, i + 1);
                }
            }
            if (!wanted.equals(lines)) {
                broken.add(PROJECT.relativize(page).toString());
                if (UPDATE) {
                    Files.write(page, wanted);
                }
            }
        }

        assertThat(snippets).as("snippets on pages").isPositive();
        if (!UPDATE) {
            assertThat(broken)
                    .as("pages whose snippets differ from their sources; rewrite them with -Dgolden.update")
                    .isEmpty();
        }
    }

    @Test
    void all_java_on_a_page_comes_from_a_source() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            List<String> lines = Files.readAllLines(page);
            for (int i = 0; i < lines.size(); i++) {
                boolean marked =
                        i > 0 && MARKER.matcher(lines.get(i - 1).strip()).matches();
                if (lines.get(i).strip().equals("```java") && !marked) {
                    broken.add(PROJECT.relativize(page) + ":" + (i + 1));
                }
            }
        }

        assertThat(broken)
                .as("Java that nothing compiles; name its source in a line above: <!-- snippet: file#tag -->")
                .isEmpty();
    }

    /** The index of the fence that closes the block which begins at this index. */
    private static int endOfFence(Path page, List<String> lines, int start) {
        assertThat(start < lines.size() && lines.get(start).startsWith("```"))
                .as("%s:%d: a block of code follows the marker", page, start + 1)
                .isTrue();
        for (int i = start + 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                return i;
            }
        }
        throw new AssertionError(page + ":" + start + ": the block of code has no end");
    }

    private static List<String> region(Path source, String tag) throws IOException {
        List<String> region = new ArrayList<>();
        boolean inside = false;
        boolean found = false;
        for (String line : Files.readAllLines(source)) {
            if (line.strip().equals("// end::" + tag + "[]")) {
                inside = false;
            } else if (line.strip().equals("// tag::" + tag + "[]")) {
                inside = true;
                found = true;
            } else if (inside && !line.strip().matches("// (tag|end)::\\w+\\[]")) {
                region.add(line);
            }
        }
        assertThat(found).as("region %s in %s", tag, source).isTrue();
        assertThat(inside).as("end of region %s in %s", tag, source).isFalse();
        return region(region);
    }

    /** Without the indentation all lines share. */
    private static List<String> region(List<String> lines) {
        int indent = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .toList();
    }

    private static List<Path> pages() {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !PROJECT.relativize(file).toString().contains("target"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
