package dev.merapi.testing.system.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's answers, one file per case file, so that the fast tests need no PostgreSQL. Written by the PostgreSQL
 * run with {@code -Dgolden.update}, compared by it without.
 */
final class RecordedAnswers {
    private static final String HEADER = "### ";

    private final Map<String, Map<String, String>> files = new LinkedHashMap<>();

    /** The recorded answer, null if this case was never recorded. */
    @Nullable
    String find(SqlCase question) {
        return files.computeIfAbsent(question.file(), RecordedAnswers::read).get(question.name());
    }

    private static Path path(String file) {
        return CaseFiles.ROOT.resolve("answers").resolve(file + ".txt");
    }

    /** The answers of one file: case name to text. */
    static Map<String, String> read(String file) {
        Map<String, String> answers = new LinkedHashMap<>();
        if (!Files.exists(path(file))) {
            return answers;
        }
        try {
            String name = "";
            StringBuilder text = new StringBuilder();
            for (String line : Files.readAllLines(path(file))) {
                if (line.startsWith(HEADER)) {
                    answers.put(name, text.toString());
                    name = line.substring(HEADER.length());
                    text.setLength(0);
                } else {
                    text.append(line).append('\n');
                }
            }
            answers.put(name, text.toString());
            answers.remove("");
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a file's answers: case name to text. */
    static void write(String file, Map<String, String> answers) {
        StringBuilder text = new StringBuilder();
        answers.forEach(
                (name, answer) -> text.append(HEADER).append(name).append('\n').append(answer));
        try {
            Files.createDirectories(path(file).getParent());
            Files.writeString(path(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
