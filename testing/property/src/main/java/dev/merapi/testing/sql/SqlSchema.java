package dev.merapi.testing.sql;

import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A few small tables. Every table has {@code id} and {@code k}, which any two of them can be joined on; all other
 * columns are of any type and may be NULL. One of the tables has no key, so rows may be there several times.
 *
 * @param indexes statements that make indexes, which must not make a difference
 */
public record SqlSchema(List<Table> tables, List<String> indexes) {
    public record Column(String name, SqlType type) {}

    /** A table; {@code keyed} tables have {@code id} as primary key. */
    public record Table(String name, boolean keyed, List<Column> columns) {
        private String create() {
            return columns.stream()
                    .map(column -> column.name() + " " + column.type().sql()
                            + (keyed && column.name().equals("id") ? " PRIMARY KEY" : ""))
                    .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")"));
        }
    }

    public SqlSchema {
        tables = List.copyOf(tables);
        indexes = List.copyOf(indexes);
    }

    /** Draws a schema. */
    public static SqlSchema draw(Draw draw) {
        List<Table> tables = new ArrayList<>();
        List<String> indexes = new ArrayList<>();
        for (int i = draw.intBetween(1, 3); i >= 0; i--) {
            Table table = table(draw, "t" + tables.size());
            tables.add(table);
            if (draw.oneIn(3)) {
                Column column = draw.pick(table.columns());
                if (column.type().hasOneForm()) {
                    indexes.add("CREATE INDEX " + table.name() + "_i ON " + table.name() + " (" + column.name() + ")");
                }
            }
        }
        return new SqlSchema(tables, indexes);
    }

    private static Table table(Draw draw, String name) {
        List<Column> columns = new ArrayList<>(List.of(new Column("id", SqlType.INT), new Column("k", SqlType.INT)));
        for (int i = draw.intBetween(1, 4); i > 0; i--) {
            columns.add(new Column("c" + (columns.size() - 2), draw.pick(SqlType.ALL)));
        }
        return new Table(name, !name.equals("t1"), columns);
    }

    /** The statements that make the schema. */
    public List<String> statements() {
        List<String> statements = new ArrayList<>();
        tables.forEach(table -> statements.add(table.create()));
        statements.addAll(indexes);
        return statements;
    }
}
