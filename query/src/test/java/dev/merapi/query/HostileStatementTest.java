package dev.merapi.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Statements that grow without measure in one place are answered, or refused by a code that says why; soon, too. */
class HostileStatementTest {
    /** Far longer than any of them takes: what does not end at all must fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, IntFunction<String>> SHAPES = new TreeMap<>();

    static {
        SHAPES.put("parentheses", n -> "SELECT " + "(".repeat(n) + "1" + ")".repeat(n));
        SHAPES.put("not", n -> "SELECT " + "NOT ".repeat(n) + "true");
        SHAPES.put("signs", n -> "SELECT " + "- ".repeat(n) + "1");
        SHAPES.put("casts", n -> "SELECT 1" + "::int".repeat(n));
        SHAPES.put("calls", n -> "SELECT " + "abs(".repeat(n) + "1" + ")".repeat(n));
        SHAPES.put("case in case", n -> "SELECT " + "CASE WHEN true THEN ".repeat(n) + "1" + " END".repeat(n));
        SHAPES.put("branches of case", n -> "SELECT CASE " + "WHEN 1 = 2 THEN 3 ".repeat(n) + "END");
        SHAPES.put("query in query", n -> "SELECT " + "(SELECT ".repeat(n) + "1" + ")".repeat(n));
        SHAPES.put("query in from", n -> "SELECT * FROM " + "(SELECT * FROM ".repeat(n) + "t" + list(n, ") q%d", ""));
        SHAPES.put(
                "exists in exists",
                n -> "SELECT 1 FROM t WHERE " + "EXISTS (SELECT 1 FROM t u WHERE ".repeat(n) + "true" + ")".repeat(n));
        SHAPES.put("sums", n -> "SELECT 1" + " + 1".repeat(n));
        SHAPES.put("alternatives", n -> "SELECT 1 FROM t WHERE " + list(n, "id = %d", " OR "));
        SHAPES.put("conditions", n -> "SELECT 1 FROM t WHERE " + list(n, "a <> %d", " AND "));
        SHAPES.put("list by index", n -> "SELECT 1 FROM t WHERE id IN (" + list(n, "%d", ",") + ")");
        SHAPES.put("list", n -> "SELECT 1 FROM t WHERE a NOT IN (" + list(n, "%d", ",") + ")");
        SHAPES.put("list of rows", n -> "SELECT 1 FROM t WHERE (id, a) IN (" + list(n, "(%d, 1)", ",") + ")");
        SHAPES.put("array", n -> "SELECT ARRAY[" + list(n, "%d", ",") + "]");
        SHAPES.put("array in array", n -> "SELECT " + "ARRAY[".repeat(n) + "1" + "]".repeat(n));
        SHAPES.put("arguments", n -> "SELECT greatest(" + list(n, "%d", ",") + ")");
        SHAPES.put("values", n -> "SELECT count(*) FROM (VALUES " + list(n, "(%d)", ",") + ") v (x)");
        SHAPES.put("union", n -> list(n, "SELECT %d", " UNION ALL "));
        SHAPES.put("select list", n -> "SELECT " + list(n, "id + %d", ",") + " FROM t");
        SHAPES.put("order by", n -> "SELECT id FROM t ORDER BY " + list(n, "id + %d", ","));
        SHAPES.put("group by", n -> "SELECT count(*) FROM t GROUP BY " + list(n, "id + %d", ","));
        SHAPES.put("tables", n -> "SELECT 1 FROM " + list(n, "t t%d", ",") + " LIMIT 1");
        SHAPES.put("joins", n -> "SELECT count(*) FROM t" + list(n, " NATURAL JOIN t t%d", ""));
        SHAPES.put("ctes", n -> "WITH c AS (SELECT 1 AS x)" + list(n, ", c%d AS (SELECT x FROM c)", "") + " TABLE c");
        SHAPES.put("digits", n -> "SELECT " + "9".repeat(n) + " * " + "9".repeat(n));
        SHAPES.put("text", n -> "SELECT length('" + "x".repeat(n) + "')");
        SHAPES.put("name", n -> "SELECT 1 AS " + "x".repeat(n));
        SHAPES.put("json", n -> "SELECT '" + "[".repeat(n) + "]".repeat(n) + "'::jsonb");
        SHAPES.put("pattern", n -> "SELECT '" + "a".repeat(n) + "' LIKE '" + "%a".repeat(n) + "b'");
        SHAPES.put("regex", n -> "SELECT '" + "a".repeat(n) + "' ~ '^(a+)+b$'");
        SHAPES.put("regex groups", n -> "SELECT 'aaa' ~ '^" + "(a*)*".repeat(n) + "b$'");
        SHAPES.put("similar groups", n -> "SELECT 'aaa' SIMILAR TO '" + "(a*)*".repeat(n) + "b'");
        SHAPES.put("comment", n -> "SELECT 1 " + "/*".repeat(n) + "*/".repeat(n));
        SHAPES.put("statements", n -> "SELECT 1;".repeat(n));
    }

    private static SqlWorld world;

    @BeforeAll
    static void open() {
        world = new SqlWorld("CREATE TABLE t (id int PRIMARY KEY, a int)", "INSERT INTO t VALUES (0, 1), (1, NULL)");
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static String list(int count, String format, String separator) {
        return IntStream.range(0, count).mapToObj(i -> format.formatted(i)).collect(joining(separator));
    }

    @TestFactory
    Stream<DynamicTest> statements_of_any_size_are_answered_or_refused_by_a_code() {
        return SHAPES.entrySet().stream()
                .map(shape -> DynamicTest.dynamicTest(shape.getKey(), () -> {
                    for (int size : new int[] {10, 200, 3_000}) {
                        String sql = shape.getValue().apply(size);
                        assertTimeoutPreemptively(PATIENCE, () -> attempt(sql), () -> shape.getKey() + " of " + size);
                    }
                }));
    }

    private static void attempt(String sql) {
        try {
            world.rows(sql);
        } catch (CodedException e) {
            assertThat(e.code()).as(e.toString()).isNotEqualTo(ErrorCode.INTERNAL);
            assertThat(e.getMessage()).hasSizeLessThan(1_000);
        }
    }
}
