package dev.merapi.benchmarks.live;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.query.Execution;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.live.LiveLimits;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.LiveRequest;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.Snapshot;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * One changed row, which concerns one subscription, while no other and while very many others of the same template
 * stand by: the same commits go through two engines in turns.
 */
public final class ChangeAmongSubscriptions implements RatioBenchmark {
    private static final String LIVE = "SELECT * FROM messages WHERE thread = $1";
    private static final int COMMITS_PER_BATCH = 500;
    private static final int THREADS = 1_000;
    private static final int CHANGED = 0;

    private final int fullSubscriptions;

    public ChangeAmongSubscriptions(int fullSubscriptions) {
        this.fullSubscriptions = fullSubscriptions;
    }

    @Override
    public String work() {
        return "one change among " + fullSubscriptions + " subscriptions of a template";
    }

    @Override
    public String comparedWith() {
        return "the same among 1";
    }

    @Override
    public Goal goal() {
        return Goal.atMost(1.5);
    }

    @Override
    public Ratio run(Scale scale) {
        int subscriptions = scale == Scale.SMOKE ? 1_000 : fullSubscriptions;
        int batches = scale == Scale.SMOKE ? 4 : 80;
        SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT);
        try (Database database = MessageTable.create(engine, THREADS)) {
            LiveQueries one = engine(database, 1);
            LiveQueries many = engine(database, subscriptions);
            List<Double> withOne = new ArrayList<>();
            List<Double> withMany = new ArrayList<>();
            long checksum = 0;
            for (int batch = 0; batch < batches; batch++) {
                List<Commit> commits = MessageTable.changes(engine, database, COMMITS_PER_BATCH, batch);
                double manyNanos = timed(many, commits);
                double oneNanos = timed(one, commits);
                if (batch >= batches / 2) {
                    withMany.add(manyNanos);
                    withOne.add(oneNanos);
                }
                checksum += commits.size();
            }
            return Ratio.ofNanos(withMany, withOne, "change", checksum);
        }
    }

    private static double timed(LiveQueries live, List<Commit> commits) {
        long start = System.nanoTime();
        int delivered = 0;
        for (Commit commit : commits) {
            delivered += live.apply(commit).size();
        }
        double nanos = (double) (System.nanoTime() - start) / commits.size();
        if (delivered != commits.size()) {
            throw new IllegalStateException(delivered + " updates of " + commits.size() + " changes");
        }
        return nanos;
    }

    /** Subscribes to the thread that changes, and to others that never do. */
    private static LiveQueries engine(Database database, int subscriptions) {
        LiveQueries live = new LiveQueries(LiveLimits.DEFAULT, database.offset());
        Snapshot snapshot = database.snapshot();
        for (int i = 0; i < subscriptions; i++) {
            LiveRequest request = new LiveRequest(LIVE, List.of(i), SessionInfo.ANONYMOUS);
            live.attach(live.compile(database.catalog(), request), snapshot);
        }
        return live;
    }

    /** Messages in threads, one row each. */
    static final class MessageTable {
        private MessageTable() {}

        static Database create(SqlEngine engine, int rows) {
            Database database = Database.open(
                    new DatabaseOptions("benchmark", StoreLimits.DEFAULT, engine.constraintCompiler(), new Random(7)));
            run(engine, database, "CREATE TABLE messages (id int PRIMARY KEY, thread int NOT NULL, body text)");
            for (int i = 0; i < rows; i++) {
                run(engine, database, "INSERT INTO messages VALUES ($1, $1, 'hello')", i);
            }
            return database;
        }

        static List<Commit> changes(SqlEngine engine, Database database, int count, long seed) {
            List<Commit> commits = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                String body = "text " + seed + " " + i;
                commits.add(run(engine, database, "UPDATE messages SET body = $2 WHERE id = $1", CHANGED, body));
            }
            return commits;
        }

        private static Commit run(SqlEngine engine, Database database, String sql, Object... parameters) {
            try (Transaction tx = database.begin(Caller.SYSTEM, "benchmark", Instant.EPOCH)) {
                engine.prepare(tx.catalog(), SessionInfo.ANONYMOUS, sql)
                        .execute(
                                tx,
                                new Execution(
                                        SessionInfo.ANONYMOUS, Instant.EPOCH, new Random(1), List.of(parameters)));
                return Objects.requireNonNull(tx.commit());
            }
        }
    }
}
