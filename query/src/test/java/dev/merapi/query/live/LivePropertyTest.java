package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.live.row.RowChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After every commit, for every live query: the maintained rows are those of the same query asked once, whether they
 * were followed commit by commit or caught up with in one step.
 */
class LivePropertyTest {
    private static final List<String> QUERIES = List.of(
            "SELECT * FROM t",
            "SELECT id, b FROM t WHERE a = %d",
            "SELECT b FROM t WHERE a = %d",
            "SELECT * FROM t WHERE a = %d AND b >= %d",
            "SELECT * FROM t WHERE a >= %d OR b IS NULL",
            "SELECT a + b AS s, %d AS c FROM t WHERE a = %d",
            "SELECT * FROM t WHERE a = %d AND b = %d",
            "SELECT id FROM t WHERE b IN (%d, %d) AND NOT a = %d",
            "SELECT a, count(*), sum(b), min(b) FROM t WHERE a <> %d GROUP BY a",
            "SELECT t.id, u.a AS ua FROM t JOIN t u ON u.a = t.b WHERE t.a > %d",
            "SELECT t.id, u.id AS uid FROM t LEFT JOIN t u ON u.a = t.b AND u.b = %d",
            "SELECT id, b FROM t WHERE a >= %d ORDER BY b DESC NULLS LAST, id LIMIT 3",
            "SELECT DISTINCT b FROM t WHERE a = %d",
            "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM t u WHERE u.b = t.a AND u.a = %d)",
            "SELECT id, row_number() OVER (PARTITION BY a ORDER BY id) FROM t WHERE b <> %d",
            "SELECT b FROM t WHERE a = %d UNION SELECT a FROM t WHERE b = %d",
            "WITH RECURSIVE r(n) AS (SELECT id FROM t WHERE a = %d UNION SELECT t.b FROM t JOIN r ON t.a = r.n)"
                    + " SELECT n FROM r");

    static Stream<Long> seeds() {
        Long replay = Long.getLong("property.seed");
        return replay != null ? Stream.of(replay) : LongStream.range(0, 60).boxed();
    }

    /** Someone who watches: the rows as followed, and a position from which to catch up now and then. */
    private static final class Watcher {
        final String sql;
        final LiveQuery query;
        final LiveResult result;
        final List<String> rows = new ArrayList<>();
        List<String> rowsAtPosition;
        long position;

        Watcher(String sql, LiveWorld world) {
            this.sql = sql;
            query = world.compile(sql);
            result = world.attach(query);
            world.rows(query).forEach(row -> rows.add(hex(row)));
            position = world.database.offset();
            rowsAtPosition = List.copyOf(rows);
        }

        void apply(List<String> target, List<RowChange> changes) {
            for (RowChange change : changes) {
                if (change.before() != null) {
                    assertThat(target.remove(hex(change.before())))
                            .as("row before a change is there: %s", sql)
                            .isTrue();
                }
                if (change.after() != null) {
                    target.add(hex(change.after()));
                }
            }
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void maintained_rows_equal_the_query_asked_once(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LiveWorld world = new LiveWorld();
        world.run("CREATE TABLE t (id int PRIMARY KEY, a int, b int)");
        if (random.nextBoolean()) {
            world.run("CREATE INDEX t_a ON t USING " + (random.nextBoolean() ? "hash" : "btree") + " (a)");
        }
        Map<LiveResult, List<Watcher>> watchers = new LinkedHashMap<>();

        for (int step = 0; step < 60; step++) {
            if (random.nextInt(3) == 0) {
                Watcher watcher = new Watcher(query(random), world);
                watchers.computeIfAbsent(watcher.result, r -> new ArrayList<>()).add(watcher);
            }
            if (random.nextInt(8) == 0 && !watchers.isEmpty()) {
                LiveResult left = watchers.keySet().iterator().next();
                watchers.remove(left).forEach(watcher -> world.live.detach(watcher.result));
            }
            for (QueryUpdate update : world.run(transaction(random))) {
                watchers.getOrDefault(update.result(), List.of())
                        .forEach(watcher -> watcher.apply(watcher.rows, update.changes()));
            }
            watchers.values().forEach(group -> group.forEach(watcher -> check(watcher, world, random)));
        }
    }

    private static void check(Watcher watcher, LiveWorld world, SplittableRandom random) {
        List<String> fresh = sorted(
                world.query(watcher.sql).stream().map(LivePropertyTest::hex).toList());
        assertThat(sorted(watcher.rows)).as("followed: %s", watcher.sql).isEqualTo(fresh);
        if (watcher.query instanceof TableQuery && random.nextInt(4) == 0) {
            List<String> caughtUp = new ArrayList<>(watcher.rowsAtPosition);
            watcher.apply(caughtUp, world.netChanges(watcher.query, watcher.position));
            assertThat(sorted(caughtUp)).as("caught up: %s", watcher.sql).isEqualTo(fresh);
            watcher.position = world.database.offset();
            watcher.rowsAtPosition = caughtUp;
        }
    }

    private static String query(SplittableRandom random) {
        String template = QUERIES.get(random.nextInt(QUERIES.size()));
        return String.format(template, random.nextInt(4), random.nextInt(4), random.nextInt(4));
    }

    /** One to three statements; inserts skip keys that exist. */
    private static String transaction(SplittableRandom random) {
        StringBuilder script = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int id = random.nextInt(12);
            script.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "DELETE FROM t WHERE id = " + id;
                        case 1 -> random.nextInt(10) == 0 ? "DELETE FROM t" : "DELETE FROM t WHERE a = " + id % 4;
                        case 2 -> "UPDATE t SET a = " + number(random) + " WHERE id = " + id;
                        case 3 -> "UPDATE t SET b = " + number(random) + " WHERE a = " + id % 4;
                        default ->
                            "INSERT INTO t VALUES (" + id + ", " + number(random) + ", " + number(random)
                                    + ") ON CONFLICT DO NOTHING";
                    });
            script.append(';');
        }
        return script.toString();
    }

    private static @Nullable Integer number(SplittableRandom random) {
        return random.nextInt(5) == 0 ? null : random.nextInt(4);
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
