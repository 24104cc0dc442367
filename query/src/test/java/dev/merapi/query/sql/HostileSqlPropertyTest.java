package dev.merapi.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes in as SQL, what comes out is a tree or a coded refusal, soon. */
class HostileSqlPropertyTest {
    private static final List<String> WORDS = List.of(
            ("SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET UNION ALL EXCEPT INTERSECT WITH RECURSIVE AS ON"
                + " USING JOIN LEFT FULL NATURAL LATERAL VALUES INSERT INTO UPDATE SET DELETE RETURNING CONFLICT DO"
                + " NOTHING CREATE TABLE ( ) ( ) [ ] , , . ; :: = < > + - * / % ^ || -> ->> @> ? ?| && ~ NOT AND OR IS"
                + " NULL TRUE IN ANY EXISTS BETWEEN LIKE CASE WHEN THEN ELSE END CAST ARRAY ROW DISTINCT OVER"
                + " PARTITION ROWS BETWEEN PRECEDING customer orders pair id name city total note a b c count sum max"
                + " row_number generate_series unnest 1 2 0 1.5 'x' '1' '{}' '{1,2}' $1 $2 int text date numeric jsonb"
                + " interval * FILTER")
                    .split(" "));

    @Test
    void token_soup_is_bound_or_refused_with_a_code() {
        for (long seed = 0; seed < 6_000; seed++) {
            Random random = new Random(seed);
            StringBuilder sql = new StringBuilder(random.nextBoolean() ? "SELECT " : "");
            int length = 1 + random.nextInt(25);
            for (int i = 0; i < length; i++) {
                sql.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            attempt(seed, sql.toString());
        }
    }

    @Test
    void broken_statements_are_bound_or_refused_with_a_code() {
        String sql = "WITH x AS (SELECT c.city, sum(o.total) AS t FROM customer c JOIN orders o ON o.customer_id = c.id"
                + " WHERE c.name LIKE 'a%' AND o.note->>'k' = '1' GROUP BY c.city HAVING count(*) > 1) SELECT"
                + " city, rank() OVER (ORDER BY t DESC) FROM x WHERE t BETWEEN 1 AND 2 ORDER BY 1 LIMIT 5";
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            StringBuilder broken = new StringBuilder(sql);
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                int from = random.nextInt(broken.length());
                int to = Math.min(broken.length(), from + random.nextInt(12));
                String piece = broken.substring(from, to);
                broken.replace(from, to, random.nextBoolean() ? "" : piece + piece);
            }
            attempt(seed, broken.toString());
        }
    }

    @Test
    void long_chains_of_operators_are_bound_or_refused_on_a_small_stack() throws InterruptedException {
        for (String operator : List.of(" + ", " || ", " - ", " * ")) {
            String sql = "SELECT 1" + (operator + "1").repeat(20_000);
            Throwable[] thrown = new Throwable[1];
            Thread thread = new Thread(
                    null,
                    () -> {
                        try {
                            Shop.bind(sql);
                        } catch (Throwable e) {
                            thrown[0] = e;
                        }
                    },
                    "small-stack",
                    1 << 20);
            thread.start();
            thread.join();
            assertThat(thrown[0])
                    .satisfiesAnyOf(
                            e -> assertThat(e).isNull(),
                            e -> assertThat(((CodedException) e).code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX));
        }
    }

    @Test
    void common_table_expressions_do_not_multiply() {
        StringBuilder sql = new StringBuilder("WITH c0 AS (SELECT id FROM customer)");
        for (int i = 1; i < 60; i++) {
            sql.append(", c%d AS (SELECT a.id FROM c%d a, c%d b)".formatted(i, i - 1, i - 1));
        }
        sql.append(" SELECT * FROM c59");

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Shop.bind(sql.toString()));
    }

    private static void attempt(long seed, String sql) {
        try {
            new SqlParser().parse(sql);
            Shop.bind(sql);
        } catch (CodedException e) {
            assertThat(e.code()).as("seed=%d %s", seed, sql).isNotEqualTo(ErrorCode.INTERNAL);
        } catch (java.util.NoSuchElementException e) {
            assertThat(new SqlParser().parse(sql)).as("seed=%d %s", seed, sql).isEmpty();
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new AssertionError("seed=" + seed + " " + sql, e);
        }
    }
}
