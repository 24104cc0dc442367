package dev.merapi.testing.system.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * A few small tables whose values come from small domains, so that joins find partners, groups have several rows and
 * every column has NULLs.
 */
record RandomSchema(List<Table> tables, List<String> statements) {

    /** The types expressions are made of; floats are multiples of 0.25, so that sums do not depend on their order. */
    enum ValueType {
        INT("integer"),
        LONG("bigint"),
        NUMERIC("numeric"),
        FLOAT("double precision"),
        TEXT("text"),
        BOOL("boolean"),
        DATE("date"),
        TIMESTAMP("timestamp");

        private final String sql;

        ValueType(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        String literal(Chance chance) {
            return switch (this) {
                case INT -> String.valueOf(chance.between(0, 12));
                case LONG -> chance.oneIn(8) ? "4000000000" : chance.between(0, 12) + "::bigint";
                case NUMERIC -> chance.pick("0.5", "1.0", "1.00", "2.25", "(-3.75)", "10.125", "0.0", "7.5");
                case FLOAT -> chance.pick("0.25", "1.5", "(-2.75)", "4", "0", "1.25") + "::float8";
                case TEXT -> "'" + chance.pick("a", "b", "ab", "B", "", "abc", "a_c", "ü", "x y") + "'";
                case BOOL -> chance.pick("true", "false");
                case DATE -> "date '2024-0" + chance.between(1, 4) + "-" + chance.pick("01", "15", "28") + "'";
                case TIMESTAMP ->
                    "timestamp '2024-0" + chance.between(1, 3) + "-10 "
                            + chance.pick("00:00:00", "12:30:45.5", "23:59:59") + "'";
            };
        }
    }

    record Column(String name, ValueType type) {}

    record Table(String name, List<Column> columns) {}

    static RandomSchema generate(Chance chance) {
        List<Table> tables = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        int count = chance.between(2, 4);
        for (int i = 0; i < count; i++) {
            Table table = table(chance, "t" + i);
            tables.add(table);
            statements.add(create(table));
            if (chance.oneIn(2)) {
                Column column = chance.pick(table.columns());
                statements.add("CREATE INDEX " + table.name() + "_i ON " + table.name() + " (" + column.name() + ");");
            }
            int rows = chance.oneIn(10) ? 0 : chance.between(4, 14);
            for (int row = 1; row <= rows; row++) {
                statements.add(insert(chance, table, row));
            }
        }
        return new RandomSchema(tables, statements);
    }

    private static Table table(Chance chance, String name) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("id", ValueType.INT));
        columns.add(new Column("k", ValueType.INT)); // so that any two tables have something to join on
        int more = chance.between(1, 4);
        for (int i = 0; i < more; i++) {
            columns.add(new Column("c" + i, chance.pick(ValueType.values())));
        }
        return new Table(name, columns);
    }

    private static String create(Table table) {
        List<String> parts = new ArrayList<>();
        for (Column column : table.columns()) {
            parts.add(column.name() + " " + column.type().sql() + (column.name().equals("id") ? " PRIMARY KEY" : ""));
        }
        return "CREATE TABLE " + table.name() + " (" + String.join(", ", parts) + ");";
    }

    private static String insert(Chance chance, Table table, int id) {
        List<String> values = new ArrayList<>();
        for (Column column : table.columns()) {
            if (column.name().equals("id")) {
                values.add(String.valueOf(id));
            } else if (column.name().equals("k")) {
                values.add(chance.oneIn(6) ? "NULL" : String.valueOf(chance.between(1, 6)));
            } else {
                values.add(chance.oneIn(5) ? "NULL" : column.type().literal(chance));
            }
        }
        return "INSERT INTO " + table.name() + " VALUES (" + String.join(", ", values) + ");";
    }
}
