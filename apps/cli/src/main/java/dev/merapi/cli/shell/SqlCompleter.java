package dev.merapi.cli.shell;

import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords, tables and columns, and the shell's own commands at the beginning of a line. */
final class SqlCompleter implements Completer {
    private static final List<String> KEYWORDS = List.of(
            "ADD",
            "ALL",
            "ALTER",
            "AND",
            "ANY",
            "ARRAY",
            "AS",
            "ASC",
            "BEGIN",
            "BETWEEN",
            "BY",
            "CASCADE",
            "CASE",
            "CAST",
            "CHECK",
            "COALESCE",
            "COLUMN",
            "COMMIT",
            "CONFLICT",
            "CONSTRAINT",
            "COUNT",
            "CREATE",
            "CROSS",
            "DEFAULT",
            "DELETE",
            "DESC",
            "DISTINCT",
            "DO",
            "DROP",
            "ELSE",
            "END",
            "EXCEPT",
            "EXISTS",
            "EXPLAIN",
            "FALSE",
            "FILTER",
            "FOREIGN",
            "FROM",
            "FULL",
            "GROUP",
            "HAVING",
            "IF",
            "ILIKE",
            "IN",
            "INDEX",
            "INNER",
            "INSERT",
            "INTERSECT",
            "INTERVAL",
            "INTO",
            "IS",
            "JOIN",
            "KEY",
            "LATERAL",
            "LEFT",
            "LIKE",
            "LIMIT",
            "NOT",
            "NOTHING",
            "NULL",
            "NULLS",
            "OFFSET",
            "ON",
            "OR",
            "ORDER",
            "OUTER",
            "OVER",
            "PARTITION",
            "PRIMARY",
            "RECURSIVE",
            "REFERENCES",
            "RENAME",
            "RESTRICT",
            "RETURNING",
            "RIGHT",
            "ROLLBACK",
            "SCHEMA",
            "SELECT",
            "SET",
            "SHOW",
            "TABLE",
            "THEN",
            "TO",
            "TRUE",
            "TRUNCATE",
            "UNION",
            "UNIQUE",
            "UPDATE",
            "USING",
            "VALUES",
            "WHEN",
            "WHERE",
            "WINDOW",
            "WITH");

    private final SchemaNames names;

    SqlCompleter(SchemaNames names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word =
                line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
        boolean first = line.line().substring(0, line.cursor()).strip().equals(word);
        if (first) {
            ShellCommand.NAMES.forEach(name -> candidates.add(new Candidate(name)));
        }
        boolean lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
        for (String keyword : KEYWORDS) {
            candidates.add(candidate(lower ? keyword.toLowerCase(Locale.ROOT) : keyword, "keyword"));
        }
        names.tables().forEach(table -> candidates.add(candidate(table, "table")));
        String qualifier = word.contains(".") ? word.substring(0, word.lastIndexOf('.') + 1) : "";
        names.columnsOfTablesIn(qualifier.isEmpty() ? line.line() : qualifier.substring(0, qualifier.length() - 1))
                .forEach(column -> candidates.add(candidate(qualifier + column, "column")));
    }

    private static Candidate candidate(String text, String group) {
        return new Candidate(text, text, group, null, null, null, true);
    }
}
