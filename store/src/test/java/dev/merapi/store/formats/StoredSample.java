package dev.merapi.store.formats;

import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableBuilder;
import dev.merapi.store.TableDelta;
import dev.merapi.store.TestDatabase;
import dev.merapi.store.Transaction;
import dev.merapi.store.log.CommitReader;
import dev.merapi.store.log.FileLogStorage;
import dev.merapi.store.log.LogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A small database with something of everything that is stored, and its content as text. Its files of each released
 * version lie under {@code src/test/resources/formats} and are never written again; those of a new version are made by
 * running {@link #main} when it is released.
 */
final class StoredSample {
    private StoredSample() {}

    /** Writes the files and their content into an empty directory. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        write(directory);
        try (Database database = open(directory)) {
            Files.writeString(directory.resolve("expected.txt"), describe(database));
        }
        Files.delete(directory.resolve("lock"));
    }

    static Database open(Path directory) {
        LogOptions log = LogOptions.defaults(new SplittableRandom(1)).withSegmentBytes(4096);
        return Database.open(new DatabaseOptions(
                "sample", FileLogStorage.open(directory), log, StoreLimits.DEFAULT, ConstraintCompiler.NONE));
    }

    private static void write(Path directory) {
        try (Database database = open(directory)) {
            TableSchema items = create(database);
            fill(database, items, 1, 30);
            database.log().checkpoint(database.snapshot());
            commit(database, tx -> tx.createSchema("archive"));
            commit(database, tx -> tx.renameColumn(items.tableId(), 1, "label", List.of()));
            fill(database, items, 31, 60);
            database.log().checkpoint(database.snapshot());
            commit(database, tx -> {
                tx.delete(items.tableId(), 7);
                tx.update(items.tableId(), 8, TestDatabase.row(items, 8L, "eight", 80, true));
            });
        }
        // A second life, so that there is an end and a beginning in the log.
        try (Database database = open(directory)) {
            TableSchema items = database.catalog().tables().get(0);
            fill(database, items, 61, 65);
            commit(
                    database,
                    tx -> tx.createTable(TableBuilder.aTable("archive", "old")
                            .column("id", ScalarType.UUID)
                            .draft()));
        }
    }

    private static TableSchema create(Database database) {
        return TestDatabase.createTable(
                database,
                TableBuilder.aTable("items")
                        .counting("id", ScalarType.I64)
                        .nullable("name", ScalarType.TEXT)
                        .column("size", ScalarType.I32)
                        .nullable("new", ScalarType.BOOL)
                        .primaryKey("id")
                        .index("by_size", Kind.ORDERED, false, "size", "id")
                        .index("by_new", Kind.HASH, false, "new"));
    }

    private static void fill(Database database, TableSchema items, int from, int to) {
        for (int i = from; i <= to; i++) {
            int id = i;
            commit(database, tx -> {
                long next = tx.nextSequence(items.tableId(), 0);
                String name = id % 5 == 0 ? null : "item ".repeat(id % 4) + "nº " + id;
                TestDatabase.insert(tx, items, next, name, 1000 - id, id % 3 == 0 ? null : id % 2 == 0);
            });
        }
    }

    private static void commit(Database database, Consumer<Transaction> work) {
        Caller caller = database.offset() % 3 == 0 ? Caller.SYSTEM : new Caller("ann", Map.of("role", "éditeur"));
        Instant now = Instant.ofEpochSecond(1_800_000_000L + database.offset());
        try (Transaction transaction = database.begin(caller, "sample", now)) {
            work.accept(transaction);
            transaction.commit();
        }
        database.log().write(database.log().seal());
    }

    /** Everything that can be asked of a database, as text. */
    static String describe(Database database) {
        StringBuilder text = new StringBuilder();
        text.append("offset ").append(database.offset()).append('\n');
        text.append("schemas ").append(database.catalog().schemas()).append('\n');
        for (TableSchema table : database.catalog().tables()) {
            describe(text, table);
            text.append("next row id ")
                    .append(database.snapshot().nextRowId(table.tableId()))
                    .append('\n');
            for (int column = 0; column < table.columns().size(); column++) {
                text.append(database.snapshot()
                                .sequence(table.tableId(), column)
                                .lastValue())
                        .append(' ');
            }
            text.append('\n');
            TestDatabase.rows(database.snapshot(), table)
                    .forEach(row -> text.append("  ").append(row).append('\n'));
        }
        try (CommitReader history = database.log().read(database.log().oldestOffset())) {
            for (Commit commit = history.next(); commit != null; commit = history.next()) {
                describe(text, commit);
            }
        }
        return text.toString();
    }

    private static void describe(StringBuilder text, TableSchema table) {
        text.append("table ")
                .append(table.tableId())
                .append(' ')
                .append(table.name().schema());
        text.append('.')
                .append(table.name().table())
                .append(" version ")
                .append(table.version())
                .append('\n');
        for (ColumnDefinition column : table.columns()) {
            text.append("column ").append(column.column().name());
            text.append(' ').append(column.column().type().sqlName());
            text.append(column.column().nullable() ? "" : " not null").append('\n');
        }
        for (IndexDefinition index : table.indexes()) {
            text.append("index ").append(index.indexId()).append(' ').append(index.name());
            text.append(' ').append(index.columns()).append(' ').append(index.kind());
            text.append(index.unique() ? " unique" : "").append('\n');
        }
    }

    private static void describe(StringBuilder text, Commit commit) {
        text.append("commit ").append(commit.offset());
        text.append(" at ").append(commit.timestampMicros());
        text.append(" by ").append(commit.caller().identity());
        text.append(new TreeMap<>(commit.caller().claims()));
        text.append(" for ").append(commit.cause());
        for (SchemaChange change : commit.schemaChanges()) {
            text.append(' ').append(change.getClass().getSimpleName());
        }
        for (TableDelta delta : commit.tables()) {
            for (int i = 0; i < delta.size(); i++) {
                text.append(' ')
                        .append(delta.table().name().table())
                        .append('#')
                        .append(delta.rowId(i));
                text.append(' ').append(Arrays.toString(delta.before(i)));
                text.append("->").append(Arrays.toString(delta.after(i)));
            }
        }
        for (SequenceChange sequence : commit.sequences()) {
            text.append(' ').append(sequence);
        }
        text.append('\n');
    }
}
