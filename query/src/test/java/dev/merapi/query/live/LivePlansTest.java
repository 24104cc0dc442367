package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.value.RowLayout;
import dev.merapi.query.Execution;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.SqlResult;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.store.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** EXPLAIN LIVE, down to what is running. */
final class LivePlansTest {
    private static final SessionInfo EDITOR = new SessionInfo("ann", "editor", false, Map.of(), "public");

    private final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT, new LivePlans());
    private final LiveWorld world = new LiveWorld();

    LivePlansTest() {
        world.run("CREATE TABLE notes (id integer PRIMARY KEY, tag integer, body text);"
                + " CREATE TABLE tags (id integer PRIMARY KEY, name text);"
                + " INSERT INTO notes SELECT i, i % 3, 'note' FROM generate_series(1, 10) AS i;"
                + " INSERT INTO tags VALUES (0, 'a'), (1, 'b'), (2, 'c')");
    }

    @Test
    void a_query_over_one_table() {
        follow("SELECT * FROM notes WHERE tag = 1");
        follow("SELECT * FROM notes WHERE tag = 2");
        follow("SELECT * FROM notes WHERE tag = 2");
        world.run("UPDATE notes SET body = 'other' WHERE id < 3");

        assertThat(running("SELECT * FROM notes WHERE tag = 7")).isEqualTo("""
            Running: 2 results, 3 subscribers, 0 rows in about 360 bytes, 2 evaluations
              Subscribers: 2 rows in about 360 bytes\
            """);
    }

    @Test
    void a_query_that_a_circuit_maintains() {
        String sql = "SELECT t.name, count(*) FROM notes n JOIN tags t ON t.id = n.tag WHERE n.id > 2 GROUP BY t.name";
        follow(sql);

        assertThat(running(sql).lines().map(LivePlansTest::withoutBytes))
                .containsExactly(
                        "Running: 1 result, 1 subscriber, 30 rows in about … bytes, 0 evaluations",
                        "  Arrangement #2 by (id): 3 rows in about … bytes",
                        "  Arrangement #0 by (): 1 row in about … bytes",
                        "  Arrangement #1 by (tag): 10 rows in about … bytes",
                        "  Arrangement #1 by (): 10 rows in about … bytes",
                        "  #4: 3 rows in about … bytes");
    }

    @Test
    void a_query_that_is_run_again() {
        String sql = "SELECT id, rank() OVER (ORDER BY tag) FROM notes";
        follow(sql);

        assertThat(running(sql).lines().map(LivePlansTest::withoutBytes).toList())
                .hasSize(2)
                .startsWith("Running: 1 result, 1 subscriber, 10 rows in about … bytes, 1 evaluation")
                .element(1)
                .asString()
                .startsWith("  Run again, because: ");
    }

    @Test
    void a_query_that_nobody_follows() {
        follow("SELECT * FROM notes WHERE tag = 1");

        assertThat(running("SELECT * FROM notes WHERE id = 1")).isEqualTo("Not running");
    }

    @Test
    void others_are_not_told_what_is_running() {
        follow("SELECT * FROM notes");

        assertThat(explain("SELECT * FROM notes", EDITOR, description())).doesNotContain("unning");
        assertThat(explain("SELECT * FROM notes", SessionInfo.ANONYMOUS, null)).doesNotContain("unning");
    }

    private static String withoutBytes(String line) {
        return line.replaceAll("about \\d+", "about …").replaceAll("(#\\d+) [A-Z].*: ", "$1: ");
    }

    private void follow(String sql) {
        world.attach(world.compile(sql));
    }

    /** The lines about what is running, which stand behind the others. */
    private String running(String sql) {
        String text = explain(sql, SessionInfo.ANONYMOUS, description());
        return text.substring(Math.max(text.indexOf("Running"), text.indexOf("Not running")));
    }

    private String explain(String sql, SessionInfo session, @Nullable LiveDescription live) {
        Snapshot snapshot = world.database.snapshot();
        SqlResult result = engine.prepare(snapshot.catalog(), session, "EXPLAIN LIVE " + sql)
                .run(snapshot, new Execution(session, Instant.EPOCH, new Random(1), List.of(), () -> false, live));
        RowLayout layout = RowLayout.of(result.columns());
        return result.rows().stream()
                .map(row -> String.valueOf(layout.decode(row)[0]))
                .collect(Collectors.joining("\n"));
    }

    private LiveDescription description() {
        LiveCensus census = world.live.census();
        return new LiveDescription(
                world.live.offset(),
                census.templates(100),
                LiveDescription.EMPTY.results(),
                LiveDescription.EMPTY.subscribers(),
                census.arrangements(100));
    }
}
