package dev.merapi.benchmarks.log;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.Caller;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.RowCursor;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableReader;
import dev.merapi.store.Transaction;
import dev.merapi.store.log.FileLogStorage;
import dev.merapi.store.log.LogGroup;
import dev.merapi.store.log.LogOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** A table of small rows, 36 bytes: customers(id bigint primary key, name text, branch integer, balance bigint). */
final class Customers {
    private static final int ROWS_PER_TRANSACTION = 1_000;
    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
    private static final TableName NAME = TableName.of("customers");

    private Customers() {}

    static Database open(Path directory) {
        return Database.open(new DatabaseOptions(
                "customers",
                FileLogStorage.open(directory),
                LogOptions.defaults(new SplittableRandom()),
                StoreLimits.DEFAULT,
                ConstraintCompiler.NONE));
    }

    /** Fills an empty database, a thousand rows per transaction. */
    static void load(Database database, int rows) {
        TableSchema table = create(database);
        RowLayout layout = RowLayout.of(table.rowType());
        SplittableRandom random = new SplittableRandom(1);
        for (int id = 0; id < rows; ) {
            try (Transaction tx = database.begin(Caller.SYSTEM, "load", NOW)) {
                for (int i = 0; i < ROWS_PER_TRANSACTION && id < rows; i++, id++) {
                    tx.insert(
                            table.tableId(),
                            layout.encode(
                                    (long) id, "customer " + id, random.nextInt(1_000), random.nextLong(1_000_000)));
                }
                tx.commit();
            }
            LogGroup group = database.log().seal();
            if (group != null) {
                database.log().write(group);
            }
        }
    }

    private static TableSchema create(Database database) {
        TableSchema draft = new TableSchema(
                0,
                NAME,
                List.of(
                        ColumnDefinition.of(new Column("id", ScalarType.I64, false)),
                        ColumnDefinition.of(new Column("name", ScalarType.TEXT, false)),
                        ColumnDefinition.of(new Column("branch", ScalarType.I32, false)),
                        ColumnDefinition.of(new Column("balance", ScalarType.I64, false))),
                new PrimaryKey("customers_pkey", 0),
                List.of(new IndexDefinition(0, "customers_pkey", List.of(0), true, Kind.HASH)),
                List.of(),
                List.of(),
                0);
        try (Transaction tx = database.begin(Caller.SYSTEM, "load", NOW)) {
            TableSchema table = tx.createTable(draft);
            tx.commit();
            return table;
        }
    }

    /** A number that depends on every balance and on the primary key's index. */
    static long checksum(Database database) {
        TableSchema table = database.catalog().find(NAME);
        if (table == null) {
            throw new IllegalStateException("the table is missing");
        }
        TableReader reader = database.snapshot().table(table.tableId());
        int key = table.indexes().get(0).indexId();
        long checksum = reader.rowCount();
        for (RowCursor row = reader.scan(); row.next(); ) {
            checksum = checksum * 31 + reader.layout().getLong(row.row(), 3);
        }
        for (long id = 0; id < reader.rowCount(); id += 997) {
            checksum = checksum * 31 + reader.findId(key, id);
        }
        return checksum;
    }
}
