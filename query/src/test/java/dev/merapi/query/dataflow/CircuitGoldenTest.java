package dev.merapi.query.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.expr.row.Row;
import dev.merapi.store.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Operators as text: a query, the plan of its circuit, and what each transaction changes for each subscriber.
 *
 * <p>Written by hand are {@code sql}, {@code query}, {@code subscribe} (a number, then integer parameters) and
 * {@code tx} lines; the answers below them ({@code plan}, {@code rows}, {@code emit}, {@code not}) are compared, and
 * rewritten with {@code -Dgolden.update}.
 */
class CircuitGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/dataflow");

    static Stream<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void circuits_do_what_the_file_says(Path file) throws IOException {
        String expected = Files.readString(file);

        String actual = new Scenario().replay(expected);

        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static final class Scenario {
        private final FlowWorld world = new FlowWorld();
        private @Nullable Circuit circuit;
        private final StringBuilder out = new StringBuilder();

        String replay(String text) {
            for (String line : text.lines().toList()) {
                String verb = line.isBlank() ? "" : line.split("\\s+", 2)[0];
                switch (verb) {
                    case "plan", "rows", "emit", "not" -> {}
                    case "sql", "query", "subscribe", "tx" -> {
                        out.append(line).append('\n');
                        command(verb, line.substring(verb.length()).strip());
                    }
                    default -> out.append(line).append('\n');
                }
            }
            return out.toString();
        }

        private void command(String verb, String rest) {
            switch (verb) {
                case "sql" -> world.run(rest);
                case "query" -> compile(rest);
                case "subscribe" -> subscribe(rest.split("\\s+"));
                default -> apply(rest);
            }
        }

        private void compile(String sql) {
            switch (world.compile(sql)) {
                case CircuitCompiler.Compiled.Maintained maintained -> {
                    maintained.template().explain().forEach(line -> answer("plan", line));
                    circuit = world.circuit(sql);
                }
                case CircuitCompiler.Compiled.Unsupported unsupported -> answer("not", unsupported.reason());
            }
        }

        private void subscribe(String[] words) {
            List<@Nullable Object> parameters = new ArrayList<>();
            for (String word : List.of(words).subList(1, words.length)) {
                parameters.add(Integer.valueOf(word));
            }
            List<String> rows = circuit().subscribe(Long.parseLong(words[0]), parameters).stream()
                    .map(FlowWorld::text)
                    .toList();
            answer("rows", words[0] + "  " + String.join(" ", rows));
        }

        private void apply(String script) {
            Map<Long, List<String>> changes = new TreeMap<>();
            Commit commit = world.run(script);
            circuit()
                    .apply(
                            commit == null ? List.of() : commit.tables(),
                            (id, row, weight) -> changes.computeIfAbsent(id, none -> new ArrayList<>())
                                    .add(change(row, weight)));
            changes.forEach((id, rows) -> answer("emit", id + "  " + String.join("  ", rows)));
        }

        private static String change(Row row, int weight) {
            String sign = weight < 0 ? "-" : "+";
            return String.join(" ", Collections.nCopies(Math.abs(weight), sign)) + " " + FlowWorld.text(row);
        }

        private Circuit circuit() {
            if (circuit == null) {
                throw new AssertionError("no query yet");
            }
            return circuit;
        }

        private void answer(String verb, String text) {
            out.append(String.format("%-7s%s", verb, text).stripTrailing()).append('\n');
        }
    }
}
