package dev.merapi.testing.system.postgres;

import dev.merapi.api.schema.RowType;
import dev.merapi.query.Execution;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.live.DerivedResult;
import dev.merapi.query.live.LiveLimits;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.LiveQuery;
import dev.merapi.query.live.LiveRequest;
import dev.merapi.query.live.LiveResult;
import dev.merapi.query.live.QueryUpdate;
import dev.merapi.query.live.TableQuery;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.Transaction;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A database in memory whose live queries are followed row by row, on the test's thread. */
final class LiveDatabase implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-11-21T10:11:12Z");

    private final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT);
    private final Database database;
    private final LiveQueries live;
    private final Map<LiveResult, Map<ByteBuffer, Integer>> followed = new HashMap<>();

    LiveDatabase(List<String> schema) {
        database = Database.open(
                new DatabaseOptions("live", StoreLimits.DEFAULT, engine.constraintCompiler(), new Random(1)));
        live = new LiveQueries(LiveLimits.DEFAULT, database.offset());
        schema.forEach(statement -> commit(List.of(statement)));
    }

    /** Runs statements as one transaction and follows what it changes. */
    void commit(List<String> statements) {
        try (Transaction tx = database.begin(Caller.SYSTEM, "test", NOW)) {
            for (String statement : statements) {
                engine.prepare(tx.catalog(), SessionInfo.ANONYMOUS, statement)
                        .execute(tx, new Execution(SessionInfo.ANONYMOUS, NOW, new Random(1), List.of()));
            }
            Commit commit = tx.commit();
            if (commit != null) {
                live.apply(commit).forEach(this::follow);
                compute();
            }
        }
    }

    private void compute() {
        while (live.hasDue()) {
            for (LiveWork work : live.takeDue(database.snapshot(), true)) {
                work.run(() -> false);
                live.done(work).forEach(this::follow);
            }
        }
    }

    private void follow(QueryUpdate update) {
        Map<ByteBuffer, Integer> rows = followed.get(update.result());
        if (rows != null) {
            update.changes().forEach(change -> follow(change, rows));
        }
    }

    private static void follow(RowChange change, Map<ByteBuffer, Integer> rows) {
        byte[] before = change.before();
        byte[] after = change.after();
        if (before != null) {
            rows.merge(ByteBuffer.wrap(before), -1, Integer::sum);
        }
        if (after != null) {
            rows.merge(ByteBuffer.wrap(after), 1, Integer::sum);
        }
    }

    /** Watches a query from now on. */
    LiveResult watch(String sql) {
        LiveQuery query = live.compile(database.catalog(), new LiveRequest(sql, List.of(), SessionInfo.ANONYMOUS));
        LiveResult result = live.attach(query, database.snapshot());
        compute();
        Map<ByteBuffer, Integer> rows = new HashMap<>();
        if (result instanceof DerivedResult derived) {
            derived.rows().forEach(row -> rows.merge(ByteBuffer.wrap(row), 1, Integer::sum));
        } else {
            ((TableQuery) query)
                    .rows(database.snapshot())
                    .forEachRemaining(row -> rows.merge(ByteBuffer.wrap(row), 1, Integer::sum));
        }
        followed.put(result, rows);
        return result;
    }

    /** The rows of a watched query as followed. */
    Answer rows(LiveResult result) {
        RowType type = result.rowType();
        List<byte[]> rows = new ArrayList<>();
        followed.get(result).forEach((row, count) -> {
            if (count < 0) {
                throw new AssertionError("a row went that was not there: " + result);
            }
            byte[] bytes = new byte[row.remaining()];
            row.duplicate().get(bytes);
            rows.addAll(Collections.nCopies(count, bytes));
        });
        return MerapiContender.rows(type, rows);
    }

    @Override
    public void close() {
        database.close();
    }
}
