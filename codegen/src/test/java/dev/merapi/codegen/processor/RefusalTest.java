package dev.merapi.codegen.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the processor refuses, where, and what it advises. Each file beneath {@code refused} holds cases: a title behind
 * {@code ===}, Java, and then what the compiler says, each with its line.
 *
 * <p>A case is put into a package, behind imports and a module, unless it begins with a package itself; lines are
 * counted from its own first.
 */
final class RefusalTest {
    private static final Path REFUSED = GoldenText.RESOURCES.resolve("refused");

    private static final String PRELUDE = """
        package refused;
        import dev.merapi.api.module.*;
        import dev.merapi.api.module.Module;
        import dev.merapi.api.value.*;
        import java.math.*;
        import java.time.*;
        import java.util.*;
        import org.jspecify.annotations.Nullable;
        import static dev.merapi.api.module.Index.Kind.HASH;
        @Module("refused") class Host { @Reducer static void noop(ReducerContext<Db> ctx) {} }
        """;

    @TempDir
    private Path folder;

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(REFUSED)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_fault_is_named_at_its_line_with_what_to_do(String file) throws IOException {
        List<String> found = new ArrayList<>();
        for (String text : Files.readString(REFUSED.resolve(file)).split("(?m)^(?==== )")) {
            if (!text.isBlank()) {
                found.add(outcome(text, found.size()));
            }
        }

        GoldenText.assertEqual(REFUSED.resolve(file), String.join("\n", found));
    }

    private String outcome(String text, int number) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("> "))
                .toList();
        String source = String.join("\n", lines.subList(1, lines.size())) + "\n";
        boolean whole = source.startsWith("package ") || source.startsWith("// no package");
        long before = whole ? 0 : PRELUDE.lines().count();
        Compilation compiled = Compilation.of(
                folder.resolve(String.valueOf(number)),
                List.of(Compilation.source("Refused.java", whole ? source : PRELUDE + source)));
        String said = compiled.problems().stream()
                .map(problem -> "> %d: %s\n".formatted(problem.line() - before, problem.message()))
                .collect(Collectors.joining());
        return lines.getFirst() + "\n" + source + (said.isEmpty() ? "> nothing\n" : said);
    }
}
