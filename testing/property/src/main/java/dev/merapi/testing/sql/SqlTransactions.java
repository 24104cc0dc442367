package dev.merapi.testing.sql;

import dev.merapi.testing.property.Draw;
import dev.merapi.testing.sql.SqlSchema.Column;
import dev.merapi.testing.sql.SqlSchema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Transactions of a few statements that change the rows of a schema. No statement breaks a constraint. */
public final class SqlTransactions {
    /** Keys are drawn from 0 to this, so that rows come back after they went. */
    private static final int IDS = 24;

    private final Draw draw;
    private final SqlSchema schema;

    public SqlTransactions(Draw draw, SqlSchema schema) {
        this.draw = draw;
        this.schema = schema;
    }

    /** Draws the statements of one transaction. */
    public List<String> transaction() {
        List<String> statements = new ArrayList<>();
        for (int i = draw.intBetween(0, 3); i >= 0; i--) {
            statements.add(statement(draw.pick(schema.tables())));
        }
        return statements;
    }

    private String statement(Table table) {
        Column column = table.columns().get(draw.intBetween(1, table.columns().size() - 1));
        return switch (draw.intBetween(0, 11)) {
            case 0 -> "DELETE FROM " + table.name() + where(table);
            case 1 ->
                draw.oneIn(3) ? "DELETE FROM " + table.name() : "DELETE FROM " + table.name() + " WHERE k IS NULL";
            case 2, 3 -> "UPDATE " + table.name() + " SET " + column.name() + " = " + value(column) + where(table);
            case 4 -> swap(table);
            case 5 -> merge(table);
            case 6 -> table.keyed() ? upsert(table, column) : insert(table, "");
            default -> insert(table, table.keyed() ? " ON CONFLICT DO NOTHING" : "");
        };
    }

    private String where(Table table) {
        Column column = draw.pick(table.columns());
        return switch (draw.intBetween(0, 2)) {
            case 0 -> " WHERE k = " + draw.intBetween(0, 6);
            case 1 -> " WHERE id = " + draw.intBetween(0, IDS);
            default -> " WHERE " + column.name() + " = " + column.type().literal(draw);
        };
    }

    private String value(Column column) {
        return draw.oneIn(5) ? "NULL" : column.type().literal(draw);
    }

    /** Moves a key out of the range that inserts use, or back: rows leave and return. */
    private String swap(Table table) {
        int here = draw.intBetween(0, IDS);
        int there = here + 1000;
        String free = " AND NOT EXISTS (SELECT 1 FROM " + table.name() + " o WHERE o.id = ";
        return "UPDATE " + table.name() + " SET id = CASE WHEN id = " + here + " THEN " + there + " ELSE " + here
                + " END" + " WHERE id = " + here + free + there + ") OR id = " + there + free + here + ")";
    }

    private String upsert(Table table, Column column) {
        return insert(table, " ON CONFLICT (id) DO UPDATE SET " + column.name() + " = excluded." + column.name());
    }

    private String insert(Table table, String conflict) {
        List<String> rows = new ArrayList<>();
        int first = draw.intBetween(0, IDS);
        for (int i = draw.intBetween(0, 3); i >= 0; i--) {
            rows.add(row(table, first + rows.size() * 2));
        }
        return "INSERT INTO " + table.name() + " VALUES " + String.join(", ", rows) + conflict;
    }

    private String row(Table table, int id) {
        return table.columns().stream()
                .map(column -> column.name().equals("id") ? String.valueOf(id) : value(column))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String merge(Table table) {
        int id = draw.intBetween(0, IDS);
        Column column = table.columns().getLast();
        return "MERGE INTO " + table.name() + " m USING (VALUES (" + id + "), (" + (id + 1) + ")) s(n) ON m.id = s.n"
                + " WHEN MATCHED AND m.k IS NULL THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET " + column.name() + " = " + value(column)
                + " WHEN NOT MATCHED THEN INSERT (id, k) VALUES (s.n, " + draw.intBetween(0, 6) + ")";
    }
}
