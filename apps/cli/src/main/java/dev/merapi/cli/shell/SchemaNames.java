package dev.merapi.cli.shell;

import dev.merapi.api.error.CodedException;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.row.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The names of tables and columns, for completion; read again after something may have changed them. */
final class SchemaNames {
    private static final String COLUMNS = """
        SELECT table_schema, table_name, column_name FROM information_schema.columns
        WHERE table_schema NOT IN ('information_schema', 'pg_catalog', 'merapi')\
        """;

    private final MerapiClient client;
    private Map<String, Set<String>> columnsByTable = Map.of();
    private boolean known;

    SchemaNames(MerapiClient client) {
        this.client = client;
    }

    /** Something may have changed the schema. */
    void forget() {
        known = false;
    }

    Set<String> tables() {
        refresh();
        return columnsByTable.keySet();
    }

    /** Columns of those tables that are named in a text; of all tables when none is. */
    Set<String> columnsOfTablesIn(String sql) {
        refresh();
        List<String> words = List.of(sql.split("[^A-Za-z0-9_.]+"));
        Set<String> columns = new TreeSet<>();
        columnsByTable.forEach((table, names) -> {
            if (words.contains(table)) {
                columns.addAll(names);
            }
        });
        if (columns.isEmpty()) {
            columnsByTable.values().forEach(columns::addAll);
        }
        return columns;
    }

    private void refresh() {
        if (known) {
            return;
        }
        known = true;
        Map<String, Set<String>> found = new TreeMap<>();
        try {
            for (Row row : client.query(COLUMNS)) {
                String schema = String.valueOf(row.getString(0));
                String table = String.valueOf(row.getString(1));
                String name = schema.equals("public") ? table : schema + "." + table;
                found.computeIfAbsent(name, t -> new TreeSet<>()).add(String.valueOf(row.getString(2)));
            }
            columnsByTable = found;
        } catch (CodedException e) {
            // Completion must never get in the way of typing; the next statement will say what is wrong.
            columnsByTable = Map.of();
        }
    }
}
