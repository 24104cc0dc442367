package dev.merapi.benchmarks.query;

import dev.merapi.api.schema.TableName;
import dev.merapi.query.Execution;
import dev.merapi.query.Prepared;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.store.Caller;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableReader;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** A database of users and of messages, a hundred messages to a user. */
final class MessageTables implements AutoCloseable {
    private static final String TABLES = """
        CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL, city int NOT NULL);
        CREATE TABLE messages (id int PRIMARY KEY, user_id int NOT NULL, amount int NOT NULL,
            sent timestamptz NOT NULL, body text)\
        """;

    private final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT);
    private final Database database;
    private final int users;

    MessageTables(int users) {
        this.users = users;
        database = Database.open(
                new DatabaseOptions("queries", StoreLimits.DEFAULT, engine.constraintCompiler(), new Random(7)));
        engine.split(TABLES).forEach(this::write);
        write("INSERT INTO users SELECT i, 'user ' || i, i % 20 FROM generate_series(1, " + users + ") i");
        write("INSERT INTO messages SELECT i, 1 + i * 31 % " + users + ", i * 7 % 1000, to_timestamp(i * 7919 % "
                + messages() + "), 'text of message ' || i FROM generate_series(1, " + messages() + ") i");
    }

    int messages() {
        return users * 100;
    }

    private void write(String sql) {
        try (Transaction transaction = database.begin(Caller.SYSTEM, "fill", Instant.EPOCH)) {
            engine.prepare(transaction.catalog(), SessionInfo.ANONYMOUS, sql).execute(transaction, execution());
            transaction.commit();
        }
    }

    TableReader table(String name) {
        return database.snapshot()
                .table(Objects.requireNonNull(database.catalog().find(TableName.of(name)))
                        .tableId());
    }

    Prepared prepare(String sql) {
        return engine.prepare(database.catalog(), SessionInfo.ANONYMOUS, sql);
    }

    List<byte[]> rows(Prepared statement, Object... parameters) {
        return statement.run(database.snapshot(), execution(parameters)).rows();
    }

    private static Execution execution(Object... parameters) {
        return new Execution(SessionInfo.ANONYMOUS, Instant.EPOCH, new Random(1), List.of(parameters));
    }

    @Override
    public void close() {
        database.close();
    }
}
