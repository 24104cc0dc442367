package dev.merapi.benchmarks.live;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.query.live.DerivedResult;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.QueryUpdate;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.store.Commit;
import dev.merapi.store.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One changed row of a table under a live query that joins it with another and groups, for a large and for a small
 * table: a circuit's work follows the change, not the table.
 */
public final class ChangeInJoinedTable implements RatioBenchmark {
    private static final String LIVE =
            "SELECT n.name, count(*) AS events, sum(e.strength) AS total, max(e.strength) AS strongest"
                    + " FROM events e JOIN networks n ON n.code = e.network GROUP BY n.name";

    private static final int COMMITS_PER_BATCH = 500;
    private static final int NETWORKS = 16;
    private static final int SMALL = 1_000;

    private final int fullRows;

    /**
     * @param fullRows rows of the large table
     */
    public ChangeInJoinedTable(int fullRows) {
        this.fullRows = fullRows;
    }

    @Override
    public String work() {
        return "one change under a live join with GROUP BY, table of " + fullRows + " rows";
    }

    @Override
    public String comparedWith() {
        return "the same, table of " + SMALL + " rows";
    }

    @Override
    public Goal goal() {
        return Goal.atMost(2);
    }

    @Override
    public Ratio run(Scale scale) {
        int rows = scale == Scale.SMOKE ? 4 * SMALL : fullRows;
        int batches = scale == Scale.SMOKE ? 4 : 80;
        try (World large = new World(rows);
                World small = new World(SMALL)) {
            List<Double> withLarge = new ArrayList<>();
            List<Double> withSmall = new ArrayList<>();
            for (int batch = 0; batch < batches; batch++) {
                double largeNanos = large.change(batch);
                double smallNanos = small.change(batch);
                if (batch >= batches / 2) {
                    withLarge.add(largeNanos);
                    withSmall.add(smallNanos);
                }
            }
            return Ratio.ofNanos(withLarge, withSmall, "change", large.checkedUpdates() + small.checkedUpdates());
        }
    }

    /** A database and the live query on it. */
    private static final class World implements AutoCloseable {
        private final LiveDatabase database = new LiveDatabase(
                "CREATE TABLE networks (code int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE events (id int PRIMARY KEY, network int NOT NULL, strength bigint NOT NULL)");
        private final LiveQueries live;
        private final DerivedResult result;
        private final int rows;
        private long commits;
        private long updates;

        World(int rows) {
            this.rows = rows;
            database.run(
                    "INSERT INTO networks SELECT i, 'network ' || i FROM generate_series(0, $1 - 1) AS g(i)", NETWORKS);
            database.run(
                    "INSERT INTO events SELECT i, i % $1, i % 1000 FROM generate_series(0, $2 - 1) AS g(i)",
                    NETWORKS, rows);
            this.live = database.liveQueries();
            Snapshot snapshot = database.snapshot();
            this.result = (DerivedResult) database.subscribe(live, snapshot, LIVE);
            for (LiveWork work : live.takeDue(snapshot, true)) {
                work.run(() -> false);
                live.done(work);
            }
            if (!result.hasRows() || result.isStale()) {
                throw new IllegalStateException("no circuit maintains the query");
            }
        }

        /** Nanoseconds to carry one change through, of a batch of them. */
        double change(long seed) {
            Random random = new Random(seed);
            List<Commit> batch = new ArrayList<>(COMMITS_PER_BATCH);
            for (int i = 0; i < COMMITS_PER_BATCH; i++) {
                batch.add(database.run(
                        "UPDATE events SET strength = strength + $2 WHERE id = $1",
                        random.nextInt(rows),
                        1 + random.nextInt(100)));
            }
            commits += batch.size();
            long start = System.nanoTime();
            for (Commit commit : batch) {
                for (QueryUpdate update : live.apply(commit)) {
                    updates += update.changes().size();
                }
            }
            return (double) (System.nanoTime() - start) / batch.size();
        }

        /** Each change must have changed one group, and the result must be what the query gives now. */
        long checkedUpdates() {
            if (updates != commits) {
                throw new IllegalStateException(updates + " updated rows after " + commits + " changes");
            }
            List<String> maintained = texts(result.rows());
            List<String> fresh = texts(result.query().run(database.snapshot(), () -> false));
            if (!maintained.equals(fresh)) {
                throw new IllegalStateException("maintained " + maintained + " fresh " + fresh);
            }
            return updates;
        }

        private static List<String> texts(List<byte[]> rows) {
            return rows.stream().map(Arrays::toString).sorted().toList();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
