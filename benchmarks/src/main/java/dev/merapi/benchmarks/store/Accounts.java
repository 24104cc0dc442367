package dev.merapi.benchmarks.store;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.Database;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of accounts (id integer primary key, balance bigint) and transfers between two of them. */
final class Accounts {
    static final long START_BALANCE = 1_000;

    private static final int BALANCE = 1;
    private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

    private final Database database;
    private final TableSchema table;
    private final int key;
    private final RowLayout layout;
    private final BsatnWriter row = new BsatnWriter(16);

    private Accounts(Database database, TableSchema table) {
        this.database = database;
        this.table = table;
        key = table.indexes().get(0).indexId();
        layout = RowLayout.of(table.rowType());
    }

    /** Creates the table and fills it, in two transactions. */
    static Accounts create(Database database, Kind kind, int count) {
        TableSchema draft = new TableSchema(
                0,
                TableName.of("accounts"),
                List.of(
                        ColumnDefinition.of(new Column("id", ScalarType.I32, false)),
                        ColumnDefinition.of(new Column("balance", ScalarType.I64, false))),
                new PrimaryKey("accounts_pkey", 0),
                List.of(new IndexDefinition(0, "accounts_pkey", List.of(0), true, kind)),
                List.of(),
                List.of(),
                0);
        TableSchema table;
        try (Transaction tx = begin(database)) {
            table = tx.createTable(draft);
            tx.commit();
        }
        Accounts accounts = new Accounts(database, table);
        try (Transaction tx = begin(database)) {
            for (int id = 0; id < count; id++) {
                tx.insertEncoded(table.tableId(), accounts.row(id, START_BALANCE));
            }
            tx.commit();
        }
        return accounts;
    }

    private static Transaction begin(Database database) {
        return database.begin(Caller.SYSTEM, "transfer", NOW);
    }

    /** Two reads and two updates by primary key, one transaction. */
    @Nullable
    Commit transfer(int from, int to, long amount) {
        try (Transaction tx = begin(database)) {
            add(tx, from, -amount);
            add(tx, to, amount);
            return tx.commit();
        }
    }

    private void add(Transaction tx, int id, long amount) {
        TableReader reader = tx.table(table.tableId());
        long rowId = reader.findId(key, id);
        byte[] old = reader.row(rowId);
        if (old == null) {
            throw new IllegalStateException("no account " + id);
        }
        tx.updateEncoded(table.tableId(), rowId, row(id, layout.getLong(old, BALANCE) + amount));
    }

    private byte[] row(int id, long balance) {
        row.reset();
        row.putInt(id);
        row.putLong(balance);
        return row.toByteArray();
    }

    /** One update by primary key, one transaction. */
    void deposit(int id) {
        try (Transaction tx = begin(database)) {
            add(tx, id, 1);
            tx.commit();
        }
    }

    /** The id of the row of an account. */
    long find(int id) {
        return database.snapshot().table(table.tableId()).findId(key, id);
    }

    /** A reader of the present state. */
    TableReader reader() {
        return database.snapshot().table(table.tableId());
    }

    int keyIndex() {
        return key;
    }

    /** The sum of all balances; transfers do not change it. */
    long total() {
        long total = 0;
        for (RowCursor cursor = reader().scan(); cursor.next(); ) {
            total += layout.getLong(cursor.row(), BALANCE);
        }
        return total;
    }

    /** A number that depends on every balance. */
    long checksum() {
        long checksum = 0;
        for (RowCursor cursor = reader().scan(); cursor.next(); ) {
            checksum = checksum * 31 + layout.getLong(cursor.row(), BALANCE);
        }
        return checksum;
    }
}
