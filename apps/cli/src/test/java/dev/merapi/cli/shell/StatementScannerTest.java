package dev.merapi.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.cli.shell.StatementScanner.Unit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementScannerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // plain
                "SELECT 1;                          | SELECT 1",
                "SELECT 1; SELECT 2;                | SELECT 1 / SELECT 2",
                "SELECT 1                           | SELECT 1",
                ";;; SELECT 1;;                     | SELECT 1",
                // semicolons that do not end a statement
                "SELECT ';';                        | SELECT ';'",
                "SELECT 'it''s; ok';                | SELECT 'it''s; ok'",
                "SELECT \";\";                      | SELECT \";\"",
                "SELECT E'\\';';                    | SELECT E'\\';'",
                "SELECT '\\'; SELECT 2;             | SELECT '\\' / SELECT 2",
                "SELECT 1 /* ; */ + 2;              | SELECT 1 /* ; */ + 2",
                "SELECT 1 /* a /* ; */ ; */ + 2;    | SELECT 1 /* a /* ; */ ; */ + 2",
                "SELECT $$ ; $$;                    | SELECT $$ ; $$",
                "SELECT $t$ ; $$ ; $t$;             | SELECT $t$ ; $$ ; $t$",
                "SELECT $1; SELECT $2;              | SELECT $1 / SELECT $2",
                "SELECT a$b; SELECT 2;              | SELECT a$b / SELECT 2",
                // comments alone are nothing
                "/* nothing */ ;                    | ``",
                "-- nothing                         | ``",
                // transactions stay together
                "BEGIN; INSERT 1; COMMIT; SELECT 2; | {BEGIN;~INSERT 1;~COMMIT} / SELECT 2",
                "start transaction; a; end;         | {start transaction;~a;~end}",
                "BEGIN; INSERT 1; ROLLBACK; SELECT; | {BEGIN;~INSERT 1;~ROLLBACK}ROLLBACK / SELECT",
                "BEGIN; SAVEPOINT a; ROLLBACK TO a; rollback work to a; ABORT; | {BEGIN;~SAVEPOINT a;~ROLLBACK TO"
                        + " a;~rollback work to a;~ABORT}ROLLBACK",
                "BEGIN; INSERT 1;                   | BEGIN;~INSERT 1;~",
            })
    void text_is_split_where_statements_end(String text, String expected) {
        assertThat(scan(List.of(text.strip()))).isEqualTo(expected.strip());
    }

    @Test
    void a_comment_to_the_end_of_the_line_hides_a_semicolon() {
        assertThat(scan(List.of("SELECT 1 -- one; \n, 2;"))).isEqualTo("SELECT 1 -- one; ~, 2");
    }

    @Test
    void it_does_not_matter_where_the_text_is_cut() {
        String text =
                "BEGIN; SELECT E'\\';', $x$;$x$ /* ; /* ' */ */; COMMIT; SELECT \"a;\"\"b\" -- ;'\n; SELECT 'x;''y';";
        String whole = scan(List.of(text));
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                List<String> parts =
                        List.of(text.substring(0, first), text.substring(first, second), text.substring(second));
                assertThat(scan(parts)).as("%s", parts).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1;            | true",
                "SELECT 1             | false",
                "SELECT 1; -- done    | true",
                "SELECT ';            | false",
                "SELECT 1; SELECT 2   | false",
                "``                   | true",
            })
    void a_line_is_complete_after_its_semicolon(String line, boolean complete) {
        assertThat(StatementScanner.isComplete(line)).isEqualTo(complete);
    }

    @Test
    void what_is_incomplete_can_be_dropped() {
        StatementScanner scanner = new StatementScanner();
        scanner.add("BEGIN; INSERT 1; SELECT '");
        assertThat(scanner.isInTransaction()).isTrue();
        assertThat(scanner.hasPartialStatement()).isTrue();

        scanner.clear();

        assertThat(scanner.isInTransaction()).isFalse();
        assertThat(scanner.add("SELECT 1;")).containsExactly(new Unit.Request("SELECT 1"));
    }

    private static String scan(List<String> parts) {
        StatementScanner scanner = new StatementScanner();
        List<Unit> units = new ArrayList<>();
        parts.forEach(part -> units.addAll(scanner.add(part)));
        units.addAll(scanner.finish());
        return String.join(
                " / ",
                units.stream()
                        .map(unit -> switch (unit) {
                            case Unit.Request(String sql) -> sql.replace("\n", "~");
                            case Unit.Transaction(String sql, String end) ->
                                "{" + sql.replace("\n", "~") + "}" + (end.equals("COMMIT") ? "" : end);
                        })
                        .toList());
    }
}
