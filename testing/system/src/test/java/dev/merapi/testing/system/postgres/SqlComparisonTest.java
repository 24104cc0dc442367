package dev.merapi.testing.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Merapi answers every case as PostgreSQL did when the answers were recorded, but for the differences that are listed.
 */
class SqlComparisonTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "sql-differences.md");

    private static final Map<String, SqlCase> CASES = new LinkedHashMap<>();
    private static final Map<String, String> EXPECTED = new HashMap<>();
    private static final Map<String, String> ACTUAL = new HashMap<>();
    private static final Differences DIFFERENCES = Differences.read();

    @BeforeAll
    static void ask() {
        RecordedAnswers recorded = new RecordedAnswers();
        try (MerapiContender merapi = new MerapiContender()) {
            for (SqlCase question : CaseFiles.all()) {
                CASES.put(question.id(), question);
                EXPECTED.put(question.id(), String.valueOf(recorded.find(question)));
                ACTUAL.put(question.id(), Answer.render(merapi.answer(question), question.ordered()));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> merapi_answers_as_postgres_does() {
        return CaseFiles.byFile().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> compare(file.getValue())));
    }

    private static void compare(List<SqlCase> cases) {
        List<String> failures = new ArrayList<>();
        for (SqlCase question : cases) {
            String id = question.id();
            if (!DIFFERENCES.contains(id) && !EXPECTED.get(id).equals(ACTUAL.get(id))) {
                failures.add("%s%n%s%nPostgreSQL:%n%sMerapi:%n%s"
                        .formatted(id, question.text(), EXPECTED.get(id), ACTUAL.get(id)));
            }
        }
        assertThat(failures)
                .as("cases that differ and are not in differences.txt")
                .isEmpty();
    }

    @Test
    void there_are_more_than_a_thousand_cases() {
        assertThat(CASES).hasSizeGreaterThan(1000);
    }

    @Test
    void every_listed_difference_still_differs() {
        assertThat(DIFFERENCES.all()).allSatisfy(id -> {
            assertThat(CASES).containsKey(id);
            assertThat(ACTUAL.get(id))
                    .as("%s agrees again: take it out of differences.txt", id)
                    .isNotEqualTo(EXPECTED.get(id));
        });
    }

    @Test
    void the_page_of_differences_follows_from_the_cases() throws IOException {
        String page = DIFFERENCES.page(CASES, EXPECTED, ACTUAL);

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/sql-differences.md; -Dgolden.update writes it anew")
                .isEqualTo(page);
    }
}
