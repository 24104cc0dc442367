package dev.merapi.store;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A database without a log, and short ways to fill it and to look at it. */
public final class TestDatabase {
    public static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123456Z");

    private TestDatabase() {}

    public static Database aDatabase() {
        return aDatabase(ConstraintCompiler.NONE);
    }

    public static Database aDatabase(ConstraintCompiler compiler) {
        return aDatabase(compiler, StoreLimits.DEFAULT);
    }

    public static Database aDatabase(ConstraintCompiler compiler, StoreLimits limits) {
        return Database.open(new DatabaseOptions("test", limits, compiler, RandomGenerator.of("L64X128MixRandom")));
    }

    /** Runs one transaction to its commit. */
    public static Commit commit(Database database, Consumer<Transaction> work) {
        try (Transaction transaction = begin(database)) {
            work.accept(transaction);
            return transaction.commit();
        }
    }

    public static Transaction begin(Database database) {
        return database.begin(Caller.SYSTEM, "test", NOW);
    }

    public static TableSchema createTable(Database database, TableBuilder table) {
        TableSchema[] created = new TableSchema[1];
        commit(database, tx -> created[0] = tx.createTable(table.draft()));
        return created[0];
    }

    public static long insert(Transaction transaction, TableSchema table, Object... values) {
        return transaction.insert(table.tableId(), row(table, values));
    }

    public static byte[] row(TableSchema table, Object... values) {
        return RowLayout.of(table.rowType()).encode(values);
    }

    /** The rows of a table as lists of values, in order of row id. */
    public static List<List<Object>> rows(ReadView view, TableSchema table) {
        TableReader reader = view.table(table.tableId());
        return rows(reader, reader.scan());
    }

    public static List<List<Object>> rows(TableReader reader, RowCursor cursor) {
        List<List<Object>> rows = new ArrayList<>();
        while (cursor.next()) {
            rows.add(Arrays.asList(reader.layout().decode(cursor.row())));
        }
        return rows;
    }

    public static List<Long> ids(RowCursor cursor) {
        List<Long> ids = new ArrayList<>();
        while (cursor.next()) {
            ids.add(cursor.rowId());
        }
        return ids;
    }
}
