package dev.merapi.codegen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is generated for good modules: the examples, and the folders beneath {@code good}. What is generated for each
 * stands there as text.
 */
final class GeneratedSourceTest {
    private static final Path GOOD = GoldenText.RESOURCES.resolve("good");

    @TempDir
    private Path folder;

    static List<String> modules() throws IOException {
        try (Stream<Path> folders = Files.list(GOOD)) {
            Stream<String> own = folders.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString());
            return Stream.concat(Stream.of("chat", "transfer"), own).sorted().toList();
        }
    }

    private static List<JavaFileObject> sources(String module) {
        Path own = GOOD.resolve(module);
        return Compilation.sources(Files.exists(own) ? own : Path.of("../examples", module, "src/main/java"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void a_good_module_compiles_without_a_warning_to_the_known_sources(String module) {
        Compilation compiled = Compilation.of(folder, sources(module), "--release", "21");

        assertThat(compiled.problems()).isEmpty();
        GoldenText.assertEqual(GOOD.resolve(module + ".txt"), joined(compiled.generated()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void the_order_of_files_makes_no_difference(String module) {
        List<JavaFileObject> sources = sources(module);
        List<JavaFileObject> turned = sources.reversed();

        Map<String, String> first =
                Compilation.of(folder.resolve("first"), sources).generated();
        Map<String, String> second =
                Compilation.of(folder.resolve("second"), turned).generated();

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void a_second_compilation_over_the_classes_of_the_first_gives_the_same(String module) {
        List<JavaFileObject> sources = sources(module);

        Compilation first = Compilation.of(folder, sources);
        Compilation second = Compilation.over(first, folder, sources);

        assertThat(second.problems()).isEmpty();
        assertThat(second.generated()).isEqualTo(first.generated());
    }

    @Test
    void sources_without_a_module_are_left_alone() {
        JavaFileObject plain = Compilation.source("Plain.java", "package plain; final class Plain {}");

        Compilation compiled = Compilation.of(folder, Collections.singletonList(plain));

        assertThat(compiled.problems()).isEmpty();
        assertThat(compiled.generated()).isEmpty();
    }

    private static String joined(Map<String, String> files) {
        StringBuilder text = new StringBuilder();
        files.forEach((name, content) -> text.append("======== ")
                .append(name)
                .append('\n')
                .append(content)
                .append('\n'));
        return text.toString();
    }
}
