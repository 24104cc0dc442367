package dev.merapi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator that holds rows stops at the limit, every result at its own, and endless work where it is told to. */
class LimitsTest {
    private static final int HELD = 1_000;
    private static final int RESULT = 100;

    private static SqlWorld world;

    @BeforeAll
    static void open() {
        world = new SqlWorld(
                new SqlOptions(RESULT, HELD, 1 << 20),
                "CREATE TABLE small (id int PRIMARY KEY, k int)",
                "INSERT INTO small SELECT i, i % 10 FROM generate_series(1, 900) i",
                "CREATE TABLE tiny (id int PRIMARY KEY, k int)",
                "INSERT INTO tiny SELECT i, i % 10 FROM generate_series(1, 150) i");
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static CodedException refusal(String sql) {
        CodedException[] refused = new CodedException[1];
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> world.rows(sql))
                .satisfies(e -> refused[0] = e);
        return refused[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM (SELECT g FROM generate_series(1, 2000) g ORDER BY g OFFSET 1) s",
                "SELECT g FROM generate_series(1, 20000) g ORDER BY -g LIMIT 3000",
                "SELECT count(*) FROM small s JOIN generate_series(1, 2000) g ON g = s.id + 1 JOIN"
                        + " generate_series(1, 2000) h ON h = g",
                "SELECT count(*) FROM small s LEFT JOIN generate_series(1, 2000) g ON g > s.id",
                "SELECT count(*) FROM small s FULL JOIN generate_series(1, 2000) g ON g = s.id",
                "SELECT count(*) FROM small a WHERE NOT EXISTS (SELECT 1 FROM small b, small c, small d, small e"
                        + " WHERE b.id + c.id + d.id + e.id < a.id - 9000)",
                "SELECT count(*) FROM (SELECT DISTINCT g FROM generate_series(1, 2000) g) d",
                "SELECT count(*) FROM (SELECT g FROM generate_series(1, 2000) g GROUP BY g) d",
                "SELECT count(DISTINCT g) FROM generate_series(1, 2000) g",
                "SELECT array_length(array_agg(g ORDER BY -g), 1) FROM generate_series(1, 2000) g",
                "SELECT count(*) FROM (SELECT rank() OVER (ORDER BY g) FROM generate_series(1, 2000) g) w",
                "SELECT count(*) FROM (SELECT g FROM generate_series(1, 2000) g UNION SELECT 1) u",
                "SELECT count(*) FROM (SELECT 1 INTERSECT SELECT g FROM generate_series(1, 2000) g) u",
                "SELECT count(*) FROM (SELECT 1 EXCEPT ALL SELECT g FROM generate_series(1, 2000) g) u",
                "WITH w AS MATERIALIZED (SELECT g FROM generate_series(1, 2000) g) SELECT count(*) FROM w a, w b",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r) SELECT count(*) FROM r",
                "SELECT count(*) FROM small WHERE k + 1 NOT IN (SELECT g FROM generate_series(5, 2000) g)",
                "SELECT array_length(ARRAY(SELECT g FROM generate_series(1, 2000) g), 1)",
                "SELECT count(*) FROM small s WHERE (SELECT count(*) FROM generate_series(1, 2000) g WHERE g = s.id) >"
                        + " 0"
            })
    void operators_hold_no_more_rows_than_allowed(String sql) {
        CodedException refused = refusal(sql);

        assertThat(refused.code()).as(refused.toString()).isEqualTo(ErrorCode.QUERY_LIMIT);
        assertThat(refused.context())
                .containsEntry("limit", String.valueOf(HELD))
                .containsKey("rows");
    }

    @Test
    void rows_that_are_let_go_of_count_no_more() {
        String sorted = "(SELECT count(*) FROM (SELECT g FROM generate_series(1, 300) g ORDER BY -g LIMIT 200) a)";

        assertThat(world.rows("SELECT " + sorted)).containsExactly("200");
    }

    @Test
    void a_product_is_streamed_until_its_result_is_too_large() {
        CodedException refused = refusal("SELECT * FROM tiny a, tiny b, tiny c");

        assertThat(refused.code()).isEqualTo(ErrorCode.RESULT_TOO_LARGE);
        assertThat(refused.context()).containsEntry("limit", String.valueOf(RESULT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM tiny a, tiny b, tiny c, tiny d, tiny e",
                "SELECT count(*) FROM tiny a JOIN tiny b ON a.k < b.k JOIN tiny c ON c.id > b.id, tiny d, tiny e",
                "SELECT count(*) FROM generate_series(1, 100000000000)",
                "SELECT count(*) FROM tiny a, LATERAL generate_series(a.id, 100000000000)",
                "SELECT 1 FROM tiny a, tiny b, tiny c GROUP BY CUBE (a.k, b.k, c.k) HAVING count(*) < 0",
                "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT count(*) FROM r"
            })
    void endless_work_stops_when_it_is_told_to(String sql) {
        int[] asked = new int[1];

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> world.rows(() -> asked[0]++ == 20, sql))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_CANCELLED));
    }

    @Test
    void a_statement_joins_no_more_tables_and_columns_than_allowed() {
        String many = "SELECT count(*) FROM small" + ", small".repeat(200);

        assertThat(refusal(aliased(many)).context()).containsAllEntriesOf(Map.of("limit", "200", "tables", "201"));
    }

    /** Gives each table a name of its own. */
    private static String aliased(String sql) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (String part : sql.split("(?<=small)")) {
            text.append(part).append(part.endsWith("small") ? " t" + number++ : "");
        }
        return text.toString();
    }
}
