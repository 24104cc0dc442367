package dev.merapi.testing.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the recorded answers true: PostgreSQL still gives each of them. {@code -Dgolden.update} records them anew.
 */
@Tag("slow")
class RecordedAnswersPostgresTest {
    private static PostgresContender postgres;

    @BeforeAll
    static void start() {
        postgres = PostgresContender.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> postgres_gives_the_recorded_answers() {
        Map<String, List<SqlCase>> files = CaseFiles.byFile();
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> check(file.getKey(), file.getValue())));
    }

    private static void check(String file, List<SqlCase> cases) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (SqlCase question : cases) {
            answers.put(question.name(), Answer.render(postgres.answer(question), question.ordered()));
        }
        if (Boolean.getBoolean("golden.update")) {
            RecordedAnswers.write(file, answers);
        }
        assertThat(RecordedAnswers.read(file))
                .as("recorded answers of %s; -Dgolden.update records them anew", file)
                .isEqualTo(answers);
    }
}
