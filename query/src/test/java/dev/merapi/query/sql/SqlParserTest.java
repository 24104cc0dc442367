package dev.merapi.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.parse.ScriptParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlParserTest {
    private final SqlParser parser = new SqlParser();

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '"',
            value = {
                "a + b * c => (a + (b * c))",
                "a || b + c => (a || (b + c))",
                "a ->> 'b' = 'c' => ((a ->> 'b') = 'c')",
                "a -> 'b' ->> 'c' => ((a -> 'b') ->> 'c')",
                "a @> '{}' AND b => AND((a @> '{}'), b)",
                "-2 ^ 2 => ((- 2) ^ 2)",
                "2 ^ 3 ^ 2 => ((2 ^ 3) ^ 2)",
                "a - -1 => (a - (- 1))",
                "a=-1 => (a = (- 1))",
                "NOT a = b => NOT((a = b))",
                "a OR b AND c => OR(a, AND(b, c))",
                "a OR b OR c => OR(a, b, c)",
                "a << 1 + 2 => (a << (1 + 2))",
                "-a::int => (- a::int)",
                "a = b IS NULL => (a = b) IS NULL",
                "a IS NULL = b => (a IS NULL = b)",
            })
    void operators_bind_as_in_postgresql(String sql, String tree) {
        Expr expression = ScriptParser.expression(sql.strip());

        assertThat(render(expression)).isEqualTo(tree.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1 < 2 < 3", "SELECT 1 = 2 = 3", "SELECT a LIKE b LIKE c FROM t"})
    void comparisons_do_not_chain(String sql) {
        assertThat(refusal(sql).code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEC 1 | 1",
                "SELECT 1 FROM | 14",
                "SELECT (1 | 10",
                "SELECT a b c | 12",
                "INSERT INTO t VALUE (1) | 15",
                "SELECT 'open | 8",
                "SELECT 1; SELEC 2 | 11",
            })
    void a_syntax_error_says_where(String sql, int position) {
        assertThat(refusal(sql.strip()).position()).hasValue(position);
    }

    @Test
    void a_script_is_split_at_its_semicolons_only() {
        String script = "SELECT ';' /* ; */; -- ;\n SELECT $$;$$, \";\";;";

        assertThat(parser.split(script)).containsExactly("SELECT ';'", "SELECT $$;$$, \";\"");
    }

    @Test
    void names_are_folded_and_quoted_names_are_not() {
        ParsedStatement statement = parser.parse("SELECT Foo, \"Bar\" FROM T").getFirst();

        assertThat(statement.tree().toString()).contains("name=foo", "name=Bar", "name=t");
    }

    @Test
    void parameters_are_written_in_one_way() {
        assertThat(refusal("SELECT $1, ?").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(parser.parse("SELECT a ? 'k' AND b = ?").getFirst().tree().toString())
                .contains("operator=?", "Parameter[number=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE VIEW v AS SELECT 1",
                "CREATE INDEX ON t (lower(a))",
                "CREATE INDEX ON t (a) WHERE b",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE RETURNING *",
                "COPY t FROM stdin",
                "LISTEN x",
            })
    void what_is_not_there_is_refused_with_a_way_out(String sql) {
        CodedException refusal = refusal(sql);

        assertThat(refusal.code()).isEqualTo(ErrorCode.UNSUPPORTED_SQL);
        assertThat(refusal.hint()).isNotBlank();
        assertThat(refusal.position()).isPresent();
    }

    @Test
    void depth_without_end_is_refused() {
        int deep = 100_000;
        for (String sql : List.of(
                "SELECT " + "(".repeat(deep) + "1" + ")".repeat(deep),
                "SELECT " + "NOT ".repeat(deep) + "true",
                "SELECT " + "- ".repeat(deep) + "1",
                "SELECT " + "CASE WHEN true THEN ".repeat(deep) + "1",
                "SELECT * FROM " + "(SELECT * FROM ".repeat(deep) + "t",
                "SELECT 1" + " UNION SELECT 1".repeat(deep),
                "SELECT * FROM t" + " JOIN t".repeat(deep),
                "SELECT ARRAY" + "[".repeat(deep),
                "SELECT 1" + "::int".repeat(deep))) {
            assertThat(refusal(sql).code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
        }
    }

    @Test
    void text_without_end_is_refused() {
        assertThat(refusal(" ".repeat(5_000_000)).code()).isEqualTo(ErrorCode.STATEMENT_LIMIT);
        assertThat(refusal("SELECT 1" + ",1".repeat(600_000)).code()).isEqualTo(ErrorCode.STATEMENT_LIMIT);
    }

    private CodedException refusal(String sql) {
        return catchThrowableOfType(CodedException.class, () -> parser.parse(sql));
    }

    private static String render(Expr expression) {
        return switch (expression) {
            case Expr.Binary e -> "(" + render(e.left()) + " " + e.operator() + " " + render(e.right()) + ")";
            case Expr.Unary e -> "(" + e.operator() + " " + render(e.operand()) + ")";
            case Expr.Not e -> "NOT(" + render(e.operand()) + ")";
            case Expr.Junction e ->
                (e.conjunction() ? "AND(" : "OR(")
                        + String.join(
                                ", ",
                                e.terms().stream().map(SqlParserTest::render).toList()) + ")";
            case Expr.IsTest e -> render(e.operand()) + " IS " + e.test();
            case Expr.Cast e -> render(e.operand()) + "::" + e.type().name();
            case Expr.ColumnRef e -> e.name().toString();
            case Expr.NumberLiteral e -> e.text();
            case Expr.StringLiteral e -> "'" + e.value() + "'";
            default -> expression.toString();
        };
    }
}
