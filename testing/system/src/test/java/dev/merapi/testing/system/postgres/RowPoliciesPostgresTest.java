package dev.merapi.testing.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random policies, callers and statements, given to PostgreSQL and to Merapi: what a caller sees, changes and is
 * refused is the same. A failure names its seed: {@code -Dpolicies.seed=N -Dpolicies.count=1} asks that one again.
 */
class RowPoliciesPostgresTest {
    private static final long SEED = Long.getLong("policies.seed", 0);
    private static final int STATEMENTS = 12;
    private static final String EVERYTHING = "SELECT * FROM docs ORDER BY id";

    @Test
    void policies_let_through_what_they_do_in_postgresql() throws SQLException {
        compare(Integer.getInteger("policies.count", 60));
    }

    @Test
    @Tag("slow")
    void policies_let_through_what_they_do_in_postgresql_for_long() throws SQLException {
        compare(Integer.getInteger("policies.count", 2000));
    }

    private static void compare(int count) throws SQLException {
        List<String> failures = new ArrayList<>();
        try (PostgresContender postgres = PostgresContender.start();
                MerapiContender merapi = new MerapiContender()) {
            for (long seed = SEED; seed < SEED + count; seed++) {
                String failure = compare(seed, postgres, merapi);
                if (failure != null) {
                    failures.add("seed " + seed + "\n" + failure);
                }
            }
        }
        assertThat(failures).as("seeds from %d, %d of them", SEED, count).isEmpty();
    }

    private static @org.jspecify.annotations.Nullable String compare(
            long seed, PostgresContender postgres, MerapiContender merapi) throws SQLException {
        RandomPolicies random = new RandomPolicies(seed);
        List<String> definitions = random.definitions();
        postgres.prepare(definitions);
        merapi.prepare(definitions);
        List<String> history = new ArrayList<>(definitions);
        for (int i = 0; i < STATEMENTS; i++) {
            PolicyCaller caller = random.caller();
            String sql = random.statement();
            history.add(caller + ": " + sql);
            Answer expected = postgres.as(caller, sql);
            Answer actual = merapi.as(caller, sql);
            String before =
                    expected.render(false) + postgres.asOwner(EVERYTHING).render(true);
            String after = actual.render(false) + merapi.asOwner(EVERYTHING).render(true);
            // A MERGE writes several rows: which of them is refused first, and so with which error, is nobody's
            // promise.
            boolean bothRefused = expected instanceof Answer.Refused && actual instanceof Answer.Refused;
            if (!before.equals(after) && !(bothRefused && sql.startsWith("MERGE"))) {
                return "%s%nPostgreSQL:%n%s%s%nMerapi:%n%s%s%n"
                        .formatted(String.join("\n", history), before, detail(expected), after, detail(actual));
            }
        }
        return null;
    }

    private static String detail(Answer answer) {
        return answer instanceof Answer.Refused refused ? refused.text() : "";
    }
}
