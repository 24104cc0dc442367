package dev.merapi.query.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.Execution;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.SqlResult;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.Snapshot;
import dev.merapi.store.StoreLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions and what they come to, in tables one can read: {@code src/test/resources/expressions/*.txt}. Every
 * expected text is PostgreSQL's own answer; a line we answer otherwise is a mistake, or belongs into the
 * documented differences.
 */
class ExpressionTablesTest {
    private static final SqlEngine ENGINE = new SqlEngine(SqlOptions.DEFAULT);

    private static final Snapshot EMPTY = Database.open(
                    new DatabaseOptions("tables", StoreLimits.DEFAULT, ENGINE.constraintCompiler(), new Random(1)))
            .snapshot();

    private record Line(String expression, String expected) {}

    @TestFactory
    Stream<DynamicTest> expressions_come_to_what_postgresql_says() {
        return Stream.of(
                        "numbers",
                        "floats",
                        "text",
                        "patterns",
                        "bytes",
                        "datetime",
                        "intervals",
                        "templates",
                        "json",
                        "jsonpath",
                        "arrays",
                        "logic",
                        "series",
                        "aggregates")
                .map(table -> DynamicTest.dynamicTest(table, () -> check(table)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 / 0", "'x'::integer", "no_such_function(1)", "date '2024-02-30'", "'(' ~ '('"})
    void a_wrong_expression_is_refused_by_code_and_never_crashes(String expression) {
        assertThat(answer("SELECT " + expression)).startsWith("ERROR: ");
    }

    private static void check(String table) {
        List<Line> lines = lines(table);
        StringJoiner wrong = new StringJoiner("\n");
        for (Line line : lines) {
            String answer = answer(statement(line.expression()));
            if (!answer.equals(line.expected())) {
                wrong.add(line.expression() + "\n  expected " + line.expected() + "\n  but was  " + answer);
            }
        }

        assertThat(lines).isNotEmpty();
        assertThat(wrong.toString()).isEmpty();
    }

    private static List<Line> lines(String table) {
        String path = "/expressions/" + table + ".txt";
        try (InputStream in = Objects.requireNonNull(ExpressionTablesTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(ExpressionTablesTest::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        int separator = text.lastIndexOf(" => ");
        return new Line(text.substring(0, separator), text.substring(separator + 4));
    }

    private static String statement(String expression) {
        String start = expression.toLowerCase(Locale.ROOT);
        return start.startsWith("select ") || start.startsWith("with ") ? expression : "SELECT " + expression;
    }

    private static String answer(String sql) {
        try {
            SqlResult result = ENGINE.prepare(EMPTY.catalog(), SessionInfo.ANONYMOUS, sql)
                    .run(
                            EMPTY,
                            new Execution(
                                    SessionInfo.ANONYMOUS,
                                    Instant.parse("2026-11-21T03:00:00Z"),
                                    new Random(1),
                                    List.of()));
            return text(result).replace("\n", "\\n");
        } catch (CodedException e) {
            return "ERROR: " + e.code().sqlState();
        }
    }

    private static String text(SqlResult result) {
        RowType columns = result.columns();
        RowLayout layout = RowLayout.of(columns);
        StringJoiner rows = new StringJoiner("\n");
        for (byte[] row : result.rows()) {
            StringJoiner values = new StringJoiner("|");
            for (int i = 0; i < columns.size(); i++) {
                Object value = layout.get(row, i);
                values.add(
                        value == null ? "" : TextFormat.format(columns.column(i).type(), value));
            }
            rows.add(values.toString());
        }
        return rows.toString();
    }
}
