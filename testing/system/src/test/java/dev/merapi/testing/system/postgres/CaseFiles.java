package dev.merapi.testing.system.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the case files under {@code src/test/resources/postgres}. A file is SQL with directives in comments at the
 * beginning of a line; a statement ends where a line ends with a semicolon:
 *
 * <pre>
 * -- use shop                        tables of schemas/shop.sql; statements up to the first case are added to them
 * -- case a name [| ordered] [| script]
 * SELECT …;
 * -- with 5 | ann | \N               parameters of the case above, in text form; may be repeated
 * -- anything else is a comment
 * </pre>
 */
final class CaseFiles {
    static final Path ROOT = Path.of("src", "test", "resources", "postgres");

    private final String file;
    private final List<SqlCase> cases = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<String> schema = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private final List<List<@Nullable String>> parameters = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private @Nullable String header;

    private CaseFiles(String file) {
        this.file = file;
    }

    /** All hand-picked cases, file by file in alphabetical order. */
    static List<SqlCase> all() {
        try (Stream<Path> files = Files.list(ROOT.resolve("cases"))) {
            return files.filter(path -> path.toString().endsWith(".sql"))
                    .sorted()
                    .flatMap(path -> read(path).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, grouped by file. */
    static Map<String, List<SqlCase>> byFile() {
        Map<String, List<SqlCase>> files = new LinkedHashMap<>();
        all().forEach(question -> files.computeIfAbsent(question.file(), file -> new ArrayList<>())
                .add(question));
        return files;
    }

    static List<SqlCase> read(Path path) {
        String name = path.getFileName().toString();
        CaseFiles reader = new CaseFiles(name.substring(0, name.length() - ".sql".length()));
        lines(path).forEach(reader::line);
        reader.endCase();
        return reader.cases;
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) {
        if (line.startsWith("-- use ")) {
            endCase();
            schema.clear();
            schema.addAll(schema(line.substring("-- use ".length()).strip()));
        } else if (line.startsWith("-- case ")) {
            endCase();
            header = line.substring("-- case ".length()).strip();
        } else if (line.startsWith("-- with")) {
            parameters.add(parameters(line.substring("-- with".length())));
        } else if (!(line.startsWith("-- ") && statement.isEmpty())) {
            code(line);
        }
    }

    private void code(String line) {
        if (line.isBlank() && statement.isEmpty()) {
            return;
        }
        statement.append(line).append('\n');
        if (line.endsWith(";")) {
            (header == null ? schema : statements).add(statement.toString().strip());
            statement.setLength(0);
        }
    }

    private void endCase() {
        if (!statement.isEmpty()) {
            throw new IllegalStateException(file + ": a statement does not end with a semicolon: " + statement);
        }
        if (header == null) {
            return;
        }
        List<String> parts =
                Arrays.stream(header.split("\\|")).map(String::strip).toList();
        String name = parts.getFirst();
        Set<String> flags = new HashSet<>(parts.subList(1, parts.size()));
        boolean ordered = flags.remove("ordered");
        boolean script = flags.remove("script");
        if (!flags.isEmpty() || !names.add(name) || statements.isEmpty()) {
            throw new IllegalStateException(file + ": unknown flag, repeated name or no statement: " + header);
        }
        if (!parameters.isEmpty() && statements.size() != 1) {
            throw new IllegalStateException(file + ": parameters belong to a case of one statement: " + header);
        }
        cases.add(new SqlCase(
                file, name, List.copyOf(schema), List.copyOf(statements), ordered, script, List.copyOf(parameters)));
        statements.clear();
        parameters.clear();
        header = null;
    }

    private static List<@Nullable String> parameters(String text) {
        List<@Nullable String> values = new ArrayList<>();
        for (String value : text.split("\\|", -1)) {
            String stripped = value.strip();
            values.add(stripped.equals("\\N") ? null : stripped);
        }
        return values;
    }

    /** The statements of a file in {@code schemas}. */
    static List<String> schema(String name) {
        CaseFiles reader = new CaseFiles(name.toLowerCase(Locale.ROOT));
        lines(ROOT.resolve("schemas").resolve(name + ".sql")).forEach(reader::line);
        reader.endCase();
        return reader.schema;
    }
}
