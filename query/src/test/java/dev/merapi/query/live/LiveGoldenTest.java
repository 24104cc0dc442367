package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.live.row.RowChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scenarios as text: what was run, what a live query showed at its start, what each transaction changed in it.
 *
 * <p>Written by hand are {@code sql}, {@code watch}, {@code leave} and {@code catchup} lines; the answers below them
 * ({@code rows}, {@code emit}, {@code net}, {@code error}) are compared, and rewritten with {@code -Dgolden.update}.
 */
class LiveGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/live");

    static Stream<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void live_queries_say_what_the_file_says(Path file) throws IOException {
        String expected = Files.readString(file);

        String actual = new Scenario().replay(expected);

        if (System.getProperty("golden.update") != null) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static final class Scenario {
        private final LiveWorld world = new LiveWorld();
        private final Map<String, LiveResult> watched = new LinkedHashMap<>();
        private SessionInfo session = SessionInfo.ANONYMOUS;
        private final StringBuilder out = new StringBuilder();

        String replay(String text) {
            for (String line : text.lines().toList()) {
                String verb = line.isBlank() ? "" : line.split("\\s+", 2)[0];
                switch (verb) {
                    case "rows", "emit", "net", "error", "plan" -> {}
                    case "as", "sql", "watch", "leave", "catchup", "explain" -> {
                        out.append(line).append('\n');
                        command(verb, line.substring(verb.length()).strip());
                    }
                    default -> out.append(line).append('\n');
                }
            }
            return out.toString();
        }

        private void command(String verb, String rest) {
            try {
                switch (verb) {
                    case "as" -> session = session(rest.split("\\s+"));
                    case "explain" -> explain(rest);
                    case "sql" -> emit(world.runAs(session, rest));
                    case "watch" -> watch(rest.split("\\s+", 2));
                    case "leave" -> world.live.detach(watched.remove(rest));
                    default -> catchUp(rest.split("\\s+", 2));
                }
            } catch (CodedException e) {
                answer("error", e.code() + " " + e.getMessage());
            }
        }

        /** {@code as owner}, or {@code as USER ROLE}; whoever asks until the next such line. */
        private static SessionInfo session(String[] words) {
            return words.length == 1
                    ? SessionInfo.ANONYMOUS
                    : new SessionInfo(words[0], words[1], false, Map.of(), "public");
        }

        private void explain(String sql) {
            for (String line : world.linesAs(session, "EXPLAIN LIVE " + sql)) {
                answer("plan", line);
            }
        }

        private void watch(String[] nameAndSql) {
            LiveQuery query = world.compileAs(session, nameAndSql[1]);
            List<String> rows = world.rows(query).stream()
                    .map(row -> LiveWorld.show(query, row))
                    .toList();
            watched.put(nameAndSql[0], world.attach(query));
            answer("rows", nameAndSql[0] + "  " + String.join(" ", rows));
        }

        private void emit(List<QueryUpdate> updates) {
            watched.forEach((name, result) -> {
                for (QueryUpdate update : updates) {
                    if (update.result() == result) {
                        answer("emit", name + "  " + changes(result.query(), update));
                    }
                }
            });
        }

        private static String changes(LiveQuery query, QueryUpdate update) {
            CodedException ended = update.ended();
            return ended != null ? "ended " + ended.code() : changes(query, update.changes());
        }

        /** Sorted for derived results: in which order a commit changes their rows is nobody's business. */
        private static String changes(LiveQuery query, List<RowChange> changes) {
            Stream<String> texts = changes.stream().map(change -> LiveWorld.show(query, change));
            return String.join("  ", (query instanceof DerivedQuery ? texts.sorted() : texts).toList());
        }

        private void catchUp(String[] offsetAndSql) {
            LiveQuery query = world.compileAs(session, offsetAndSql[1]);
            List<RowChange> net = world.netChanges(query, Long.parseLong(offsetAndSql[0]));
            answer("net", changes(query, net));
        }

        private void answer(String verb, String text) {
            out.append(String.format("%-7s%s", verb, text).stripTrailing()).append('\n');
        }
    }
}
