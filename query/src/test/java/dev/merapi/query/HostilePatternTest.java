package dev.merapi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything in SQL that takes a pattern ends a search that would take for ever, by itself or when it is cancelled. */
class HostilePatternTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PATTERN = "^" + "(a*)*".repeat(50) + "b$";
    private static final String SIMILAR = "(a*)*".repeat(50) + "b";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT x ~ $1 FROM t",
                "SELECT x !~* $1 FROM t",
                "SELECT regexp_like(x, $1) FROM t",
                "SELECT regexp_match(x, $1) FROM t",
                "SELECT regexp_replace(x, $1, '', 'g') FROM t",
                "SELECT regexp_count(x, $1) FROM t",
                "SELECT regexp_instr(x, $1) FROM t",
                "SELECT regexp_substr(x, $1) FROM t",
                "SELECT regexp_split_to_array(x, $1) FROM t",
                "SELECT substring(x FROM $1) FROM t",
                "SELECT m FROM t, regexp_matches(x, $1, 'g') AS m",
                "SELECT m FROM t, regexp_split_to_table(x, $1) AS m",
                "SELECT x SIMILAR TO $1 FROM t",
                "SELECT substring(x FROM $1 FOR '#') FROM t",
                "SELECT to_jsonb(x) @? ('$ ? (@ like_regex \"' || $1 || '\")') FROM t",
            })
    void a_search_without_end_is_refused_by_a_code_and_obeys_cancellation(String sql) {
        try (SqlWorld world = new SqlWorld(
                "CREATE TABLE t (id int PRIMARY KEY, x text)", "INSERT INTO t VALUES (1, repeat('a', 240))")) {
            String pattern = sql.contains("SIMILAR") || sql.contains(" FOR ") ? SIMILAR : PATTERN;
            AtomicInteger asked = new AtomicInteger();

            assertTimeoutPreemptively(PATIENCE, () -> {
                assertThatThrownBy(() -> world.rows(() -> asked.incrementAndGet() < 0, sql, pattern))
                        .isInstanceOfSatisfying(
                                CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_LIMIT));
                int last = asked.getAndSet(0);
                assertThatThrownBy(() -> world.rows(() -> asked.incrementAndGet() >= last / 2, sql, pattern))
                        .isInstanceOfSatisfying(
                                CodedException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_CANCELLED));
            });
        }
    }
}
