package dev.merapi.benchmarks.live;

import dev.merapi.query.Execution;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.live.LiveLimits;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.LiveRequest;
import dev.merapi.query.live.LiveResult;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.Snapshot;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/** A database in memory whose commits are given to live queries by hand. */
final class LiveDatabase implements AutoCloseable {
    private final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT);
    private final Database database;

    LiveDatabase(String... statements) {
        database = Database.open(
                new DatabaseOptions("benchmark", StoreLimits.DEFAULT, engine.constraintCompiler(), new Random(7)));
        for (String statement : statements) {
            run(statement);
        }
    }

    /** Runs a statement that changes something, as a transaction of its own. */
    Commit run(String sql, Object... parameters) {
        try (Transaction tx = database.begin(Caller.SYSTEM, "benchmark", Instant.EPOCH)) {
            engine.prepare(tx.catalog(), SessionInfo.ANONYMOUS, sql)
                    .execute(
                            tx,
                            new Execution(
                                    SessionInfo.ANONYMOUS, Instant.EPOCH, new Random(1), Arrays.asList(parameters)));
            return Objects.requireNonNull(tx.commit());
        }
    }

    Snapshot snapshot() {
        return database.snapshot();
    }

    /** Live queries without subscriptions that have seen all commits so far. */
    LiveQueries liveQueries() {
        return new LiveQueries(LiveLimits.DEFAULT, database.offset());
    }

    LiveResult subscribe(LiveQueries live, Snapshot snapshot, String sql, Object... parameters) {
        LiveRequest request = new LiveRequest(sql, Arrays.asList(parameters), SessionInfo.ANONYMOUS);
        return live.attach(live.compile(database.catalog(), request), snapshot);
    }

    @Override
    public void close() {
        database.close();
    }
}
