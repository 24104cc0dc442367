package dev.merapi.testing.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random queries over random tables, asked of PostgreSQL and of Merapi. A failure names its seed: {@code
 * -Dsql.seed=N -Dsql.count=1} asks that one again.
 */
@Tag("slow")
class GeneratedQueriesPostgresTest {
    private static final long SEED = Long.getLong("sql.seed", 0);
    private static final int COUNT = Integer.getInteger("sql.count", 1000);

    @Test
    void random_queries_have_one_answer() {
        List<String> failures = new ArrayList<>();

        try (PostgresContender postgres = PostgresContender.start();
                MerapiContender merapi = new MerapiContender()) {
            for (long seed = SEED; seed < SEED + COUNT; seed++) {
                SqlCase question = RandomQueries.caseOf(seed);
                String expected = plainNumbers(Answer.render(postgres.answer(question), false));
                String actual = plainNumbers(Answer.render(merapi.answer(question), false));
                if (!actual.equals(expected)) {
                    failures.add("seed %d%n%s%n%s%nPostgreSQL:%n%sMerapi:%n%s"
                            .formatted(seed, String.join("\n", question.schema()), question.text(), expected, actual));
                }
            }
        }

        assertThat(failures).as("seeds from %d, %d of them", SEED, COUNT).isEmpty();
    }

    /** Of 0.0 and 0.00, which are equal, a set operation may keep either: zeros behind the point do not count. */
    static String plainNumbers(String answer) {
        return answer.replaceAll("(\\d\\.\\d*?)0+(?=\\D|$)", "$1").replaceAll("\\.(?=\\D|$)", "");
    }
}
