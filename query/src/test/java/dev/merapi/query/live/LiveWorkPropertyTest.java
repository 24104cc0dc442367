package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.live.row.NetChanges;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.store.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Circuits that are filled, brought up to date or given subscribers elsewhere, while commits go on, others come and go,
 * and there is no room or it fails: after each update the rows are those of the query as of the update's commit, and
 * when all work is done, those of now.
 */
class LiveWorkPropertyTest {
    private static final List<String> QUERIES = List.of(
            "SELECT a, count(*), sum(b) FROM t WHERE a <> %d GROUP BY a",
            "SELECT t.id, u.a AS ua FROM t JOIN u ON u.a = t.b WHERE t.a > %d",
            "SELECT t.id, u.id AS uid FROM t LEFT JOIN u ON u.a = t.b AND u.b = %d",
            "SELECT id, b FROM t WHERE a >= %d ORDER BY b DESC NULLS LAST, id LIMIT 3",
            "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.b = t.a AND u.a = %d)",
            "SELECT t.a FROM t, u WHERE t.b < u.b OR u.a = %d",
            "SELECT id, row_number() OVER (PARTITION BY a ORDER BY id) FROM t WHERE b <> %d");

    static Stream<Long> seeds() {
        Long replay = Long.getLong("property.seed");
        return replay != null ? Stream.of(replay) : LongStream.range(0, 200).boxed();
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void rows_are_right_as_of_each_update(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // So few steps at once that circuits are away half of the time, and so few waiting rows that some start over.
        LiveLimits limits = new LiveLimits(1000, 1000, 5 + random.nextInt(400), 1000, 1000, 5 + random.nextInt(60));
        Scene scene = new Scene(new LiveWorld(limits), random);
        for (int step = 0; step < 80; step++) {
            scene.step();
        }
        scene.finishAll();
    }

    /** Someone who follows a result, and what he misses before his rows have come. */
    private static final class Watcher {
        final LiveQuery query;
        final DerivedResult result;
        final List<String> rows = new ArrayList<>();
        boolean begun;
        /** Set for one that cannot be told for a while. */
        @Nullable
        NetChanges missed;

        Watcher(DerivedResult result) {
            this.result = result;
            this.query = result.query();
        }

        void begin() {
            begun = true;
            result.rows().forEach(row -> rows.add(hex(row)));
        }

        void apply(List<RowChange> changes) {
            for (RowChange change : changes) {
                if (change.before() != null) {
                    assertThat(rows.remove(hex(change.before())))
                            .as("a row that goes was there: %s", query)
                            .isTrue();
                }
                if (change.after() != null) {
                    rows.add(hex(change.after()));
                }
            }
        }
    }

    /** A world in which work takes its time. */
    private static final class Scene {
        private final LiveWorld world;
        private final SplittableRandom random;
        private final List<Watcher> watchers = new ArrayList<>();
        private final List<LiveWork> underway = new ArrayList<>();
        private final Map<Long, Snapshot> snapshots = new HashMap<>();

        Scene(LiveWorld world, SplittableRandom random) {
            this.world = world;
            this.random = random;
            run("CREATE TABLE t (id int PRIMARY KEY, a int, b int);"
                    + "CREATE TABLE u (id int PRIMARY KEY, a int, b int)");
        }

        void step() {
            switch (random.nextInt(9)) {
                case 0 -> come();
                case 1 -> leave();
                case 2 -> underway.addAll(world.live.takeDue(snapshot(), random.nextBoolean()));
                case 3, 4 -> giveBackOne();
                case 5 -> pause();
                default -> run(transaction());
            }
        }

        void finishAll() {
            while (!underway.isEmpty()) {
                giveBackOne();
            }
            underway.addAll(world.live.takeDue(snapshot(), true));
            while (!underway.isEmpty() || world.live.hasDue()) {
                if (underway.isEmpty()) {
                    underway.addAll(world.live.takeDue(snapshot(), true));
                }
                deliver(world.finish(underway.removeLast()));
            }
            for (Watcher watcher : watchers) {
                assertThat(watcher.result.isStale()).isFalse();
                resume(watcher);
                check(watcher, world.live.offset());
            }
        }

        private Snapshot snapshot() {
            Snapshot snapshot = world.database.snapshot();
            snapshots.put(snapshot.offset(), snapshot);
            return snapshot;
        }

        private void come() {
            String sql = String.format(QUERIES.get(random.nextInt(QUERIES.size())), random.nextInt(4));
            Watcher watcher = new Watcher((DerivedResult) world.live.attach(world.compile(sql), snapshot()));
            watchers.add(watcher);
            if (watcher.result.hasRows()) {
                watcher.begin();
                check(watcher, watcher.result.asOf());
            }
        }

        private void leave() {
            if (!watchers.isEmpty()) {
                world.live.detach(watchers.remove(random.nextInt(watchers.size())).result);
            }
        }

        /** Somebody cannot be told for a while, or again can. */
        private void pause() {
            if (!watchers.isEmpty()) {
                Watcher watcher = watchers.get(random.nextInt(watchers.size()));
                if (watcher.missed != null) {
                    resume(watcher);
                } else if (watcher.begun) {
                    watcher.missed = watcher.result.newChanges();
                }
            }
        }

        private void resume(Watcher watcher) {
            if (watcher.missed != null) {
                watcher.apply(watcher.missed.toChanges());
                watcher.missed = null;
                check(watcher, watcher.result.asOf());
            }
        }

        private void giveBackOne() {
            if (underway.isEmpty()) {
                return;
            }
            LiveWork work = underway.remove(random.nextInt(underway.size()));
            switch (random.nextInt(12)) {
                case 0, 1 -> world.live.postponed(work);
                case 2 -> giveUp(work);
                default -> deliver(world.finish(work));
            }
        }

        /** A circuit that takes too long is run instead; a run that does would end its result. */
        private void giveUp(LiveWork work) {
            if (work instanceof dev.merapi.query.live.upkeep.CircuitWork) {
                world.live.failed(work, new CodedException(ErrorCode.STATEMENT_CANCELLED, "took too long"));
            } else {
                deliver(world.finish(work));
            }
        }

        private void run(String script) {
            deliver(world.commit(script));
            snapshot();
        }

        private void deliver(List<QueryUpdate> updates) {
            for (QueryUpdate update : updates) {
                assertThat(update.ended()).isNull();
                for (Watcher watcher : watchers) {
                    if (watcher.result == update.result() && watcher.begun) {
                        tell(watcher, update);
                    }
                }
            }
            for (DerivedResult begun : world.live.takeBegun()) {
                for (Watcher watcher : watchers) {
                    if (watcher.result == begun && !watcher.begun) {
                        watcher.begin();
                        check(watcher, begun.asOf());
                    }
                }
            }
        }

        private void tell(Watcher watcher, QueryUpdate update) {
            NetChanges missed = watcher.missed;
            if (missed != null) {
                missed.add(update.changes());
            } else {
                watcher.apply(update.changes());
                check(watcher, update.offset());
            }
        }

        private void check(Watcher watcher, long offset) {
            Snapshot snapshot = offset == world.database.offset() ? snapshot() : snapshots.get(offset);
            List<String> fresh = ((DerivedQuery) watcher.query)
                    .run(snapshot, () -> false).stream()
                            .map(LiveWorkPropertyTest::hex)
                            .toList();
            assertThat(sorted(watcher.rows))
                    .as("as of %d: %s", offset, watcher.query)
                    .isEqualTo(sorted(fresh));
        }

        /** One to three statements, of which some change everything. */
        private String transaction() {
            StringBuilder script = new StringBuilder();
            for (int i = random.nextInt(3); i >= 0; i--) {
                String table = random.nextBoolean() ? "t" : "u";
                int id = random.nextInt(30);
                script.append(
                        switch (random.nextInt(8)) {
                            case 0 -> "DELETE FROM " + table + " WHERE id = " + id;
                            case 1 ->
                                random.nextInt(4) == 0
                                        ? "TRUNCATE " + table
                                        : "DELETE FROM " + table + " WHERE a = " + id % 4;
                            case 2 -> "UPDATE " + table + " SET b = b + 1 WHERE b IS NOT NULL";
                            case 3 ->
                                "INSERT INTO " + table + " SELECT i, i % 5, i % 3 FROM generate_series(" + id + ", "
                                        + (id + 12) + ") AS g(i) ON CONFLICT DO NOTHING";
                            case 4 -> "UPDATE " + table + " SET a = " + id % 5 + " WHERE id = " + id;
                            default ->
                                "INSERT INTO " + table + " VALUES (" + id + ", " + id % 5 + ", "
                                        + (random.nextInt(5) == 0 ? "NULL" : id % 3) + ") ON CONFLICT DO NOTHING";
                        });
                script.append(';');
            }
            return script.toString();
        }
    }

    private static List<String> sorted(List<String> rows) {
        List<String> sorted = new ArrayList<>(rows);
        Collections.sort(sorted);
        return sorted;
    }

    private static String hex(byte[] row) {
        return HexFormat.of().formatHex(row);
    }
}
