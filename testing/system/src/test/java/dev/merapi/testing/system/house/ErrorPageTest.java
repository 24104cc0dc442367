package dev.merapi.testing.system.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/errors.md} follows from {@link ErrorCode}: all but the sentence that says what happened and what to do.
 * That sentence is written on the page and kept when {@code -Dgolden.update} writes the page anew.
 */
final class ErrorPageTest {
    private static final Path PAGE = Path.of("docs/errors.md");
    private static final String TO_BE_WRITTEN = "(write here what happened and what to do)";

    private static final String INTRODUCTION = """
        # Error codes

        Every refusal of Merapi carries one of these codes, over every protocol and in every log line. The name and the
        number never change their meaning and are never used again for something else. The text of an error is constant
        per place; what varies (names, values, limits) travels as named context beside it, and in SQL the position of
        the culprit.

        **Category** says whose turn it is: INCORRECT, NOT_FOUND and CONFLICT ask for another request, FORBIDDEN for
        other rights, LIMITED for a smaller request or a higher limit, UNAVAILABLE for patience, UNSUPPORTED for another
        way, FAULT for a report to us. **Retry** is yes where the same request may succeed later without anybody
        changing anything. **SQLSTATE** is PostgreSQL's code for the same condition, where it has one.
        """;

    private static final Map<Integer, String> GROUPS = new TreeMap<>(Map.of(
            1, "Values and schemas",
            2, "Store",
            3, "SQL",
            4, "Live queries",
            5, "Protocol and connections",
            6, "Server and authentication",
            7, "Client",
            8, "Command line",
            9, "Faults"));

    @Test
    void the_page_of_errors_is_that_of_the_code() throws IOException {
        Map<String, String> meanings = meanings();
        String page = page(meanings);
        if (System.getProperty("golden.update") != null) {
            Files.writeString(Project.ROOT.resolve(PAGE), page);
        }

        assertThat(Project.read(PAGE))
                .as("docs/errors.md; rewrite it with -Dgolden.update, then add what is missing")
                .isEqualTo(page);
        assertThat(meanings.entrySet().stream().filter(each -> each.getValue().equals(TO_BE_WRITTEN)))
                .as("codes whose meaning is not written in docs/errors.md")
                .isEmpty();
    }

    @Test
    void numbers_and_states_are_well_formed_and_unique() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number))
                .doesNotHaveDuplicates()
                .allMatch(number -> number >= 1_000 && number <= 9_999);
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::sqlState))
                .allMatch(state -> state == null || state.matches("[0-9A-Z]{5}"));
    }

    private static String page(Map<String, String> meanings) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        GROUPS.forEach((thousand, title) -> {
            List<ErrorCode> codes = Arrays.stream(ErrorCode.values())
                    .filter(code -> code.number() / 1_000 == thousand)
                    .sorted(Comparator.comparingInt(ErrorCode::number))
                    .toList();
            if (!codes.isEmpty()) {
                page.append("\n## ").append(title).append("\n\n");
                page.append("| number | code | category | retry | SQLSTATE | what happened, and what to do |\n");
                page.append("| --- | --- | --- | --- | --- | --- |\n");
                codes.forEach(code -> page.append(line(code, meanings)));
            }
        });
        return page.toString();
    }

    private static String line(ErrorCode code, Map<String, String> meanings) {
        String state = code.sqlState();
        return "| %d | `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        code.number(),
                        code.name(),
                        code.category(),
                        code.isRetryable() ? "yes" : "no",
                        state == null ? "" : "`" + state + "`",
                        meanings.computeIfAbsent(code.name(), name -> TO_BE_WRITTEN));
    }

    /** What the page says about each code now. */
    private static Map<String, String> meanings() {
        Map<String, String> meanings = new HashMap<>();
        if (Project.exists(PAGE)) {
            for (String line : Project.read(PAGE).lines().toList()) {
                String[] cells = line.split(" \\| ", 6);
                if (cells.length == 6 && cells[1].startsWith("`")) {
                    String meaning = cells[5].substring(0, cells[5].lastIndexOf(" |"));
                    meanings.put(cells[1].replace("`", ""), meaning);
                }
            }
        }
        return meanings;
    }
}
