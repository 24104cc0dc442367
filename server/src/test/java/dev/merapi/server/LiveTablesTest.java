package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.server.config.AuthConfig;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.StaticToken;
import dev.merapi.store.Caller;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.Result;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.TypedValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables merapi.live_…: what is kept live, and for whom. */
class LiveTablesTest {
    private static final String TEMPLATES =
            "SELECT tier, reason, tables, results, subscribers, rows, evaluations FROM merapi.live_templates"
                    + " ORDER BY template_id";

    private final Server server = Server.start(ServerConfig.memory()
            .withPort(0)
            .withLimit(Limit.LIVE_TABLE_ROWS, 4)
            .withAuth(AuthConfig.DEFAULT.withTokens(
                    new StaticToken("token-of-the-owner", "root", Map.of("role", "owner")),
                    new StaticToken("token-of-an-editor", "ann", Map.of("role", "editor")))));

    private final TestClient owner = TestClient.connect(server, "token-of-the-owner", "");
    private final TestClient editor = TestClient.connect(server, "token-of-an-editor", "");

    @BeforeEach
    void makeTables() {
        owner.execute("CREATE TABLE notes (id integer PRIMARY KEY, body text);"
                + " INSERT INTO notes SELECT i, 'note ' || i FROM generate_series(1, 10) AS i");
    }

    @AfterEach
    void close() {
        owner.close();
        editor.close();
        server.close();
    }

    @Test
    void each_query_is_listed_with_its_tier() {
        follow(editor, 1, "SELECT * FROM notes WHERE id = $1", new TypedValue(ScalarType.I32, 3));
        follow(editor, 2, "SELECT body, count(*) FROM notes GROUP BY body");
        follow(editor, 3, "SELECT id, rank() OVER (ORDER BY body) FROM notes");

        assertThat(ask("SELECT tier, sql, parameters, subscribers, rows, last_changed FROM merapi.live_queries"
                        + " ORDER BY result_id"))
                .containsExactly(
                        row("rows", "SELECT * FROM notes WHERE id = $1", List.of("3"), 1L, 0L, null),
                        row("circuit", "SELECT body, count(*) FROM notes GROUP BY body", List.of(), 1L, 10L, null),
                        row("rerun", "SELECT id, rank() OVER (ORDER BY body) FROM notes", List.of(), 1L, 10L, null));
        List<List<@Nullable Object>> templates = ask(TEMPLATES);
        assertThat(templates).hasSize(3);
        assertThat(templates.get(0)).isEqualTo(row("rows", null, List.of("notes"), 1L, 1L, 0L, 0L));
        assertThat(templates.get(1).subList(0, 5)).isEqualTo(row("circuit", null, List.of("notes"), 1L, 1L));
        assertThat(templates.get(2).get(0)).isEqualTo("rerun");
        assertThat(templates.get(2).get(1)).asString().contains("window");
    }

    @Test
    void the_same_query_of_two_clients_is_one_result_with_two_subscribers() {
        follow(editor, 7, "SELECT * FROM notes");
        follow(owner, 8, "SELECT * FROM notes");

        assertThat(ask("SELECT results, subscribers FROM merapi.live_templates"))
                .containsExactly(row(1L, 2L));
        assertThat(ask("SELECT subscription_id, user_name, role, state, lag, queued_bytes"
                        + " FROM merapi.live_subscribers ORDER BY subscription_id"))
                .containsExactly(row(7, "ann", "editor", "live", 0L, 0L), row(8, "root", "owner", "live", 0L, 0L));
        assertThat(ask("SELECT count(DISTINCT connection_id), count(DISTINCT result_id) FROM merapi.live_subscribers"))
                .containsExactly(row(2L, 1L));
    }

    @Test
    void what_ends_is_gone() {
        follow(editor, 1, "SELECT * FROM notes WHERE id = 1");
        follow(editor, 2, "SELECT body, count(*) FROM notes GROUP BY body");
        editor.send(new ClientMessage.Unsubscribe(1));
        editor.skipTo(ServerMessage.SubscriptionEnded.class);
        assertThat(ask("SELECT tier FROM merapi.live_queries")).containsExactly(row("circuit"));

        owner.execute("DROP TABLE notes");
        editor.skipTo(ServerMessage.SubscriptionEnded.class);

        for (String table : List.of("live_queries", "live_templates", "live_subscribers", "live_arrangements")) {
            assertThat(ask("SELECT count(*) FROM merapi." + table)).containsExactly(row(0L));
        }
    }

    @Test
    void changes_are_counted() {
        follow(editor, 1, "SELECT * FROM notes WHERE id > 5");
        follow(editor, 2, "SELECT body, count(*) FROM notes GROUP BY body");
        long before = owner.execute("UPDATE notes SET body = 'x' WHERE id IN (6, 7)")
                .position()
                .offset();
        editor.skipTo(ServerMessage.Update.class);
        owner.execute("UPDATE notes SET body = 'y' WHERE id = 1");
        editor.skipTo(ServerMessage.Update.class);

        assertThat(ask("SELECT tier, evaluations FROM merapi.live_templates ORDER BY tier"))
                .containsExactly(row("circuit", 2L), row("rows", 3L));
        assertThat(ask("SELECT tier, last_changed FROM merapi.live_queries ORDER BY tier"))
                .containsExactly(row("circuit", before + 1), row("rows", before));
    }

    @Test
    void arrangements_say_what_they_hold_by_which_key() {
        owner.execute("CREATE TABLE tags (note integer, tag text); INSERT INTO tags VALUES (1, 'a'), (2, 'b')");
        follow(editor, 1, "SELECT n.body, t.tag FROM notes n JOIN tags t ON t.note = n.id");

        assertThat(ask("SELECT table_name, key, rows, shared_by FROM merapi.live_arrangements"
                        + " WHERE table_name IS NOT NULL ORDER BY table_name"))
                .containsExactly(row("notes", "id", 10L, 1), row("tags", "note", 2L, 1));
        assertThat(ask("SELECT sum(a.bytes) <= t.bytes AND t.bytes > 0 FROM merapi.live_arrangements a"
                        + " JOIN merapi.live_templates t USING (template_id) GROUP BY t.bytes"))
                .containsExactly(row(true));
    }

    @Test
    void they_can_be_read_in_every_way() {
        follow(editor, 1, "SELECT * FROM notes");
        String count = "SELECT count(*) FROM merapi.live_queries";

        assertThat(rows(owner.answerTo(owner.sendQuery(count)), 0)).containsExactly(row(1L));
        assertThat(rows(owner.execute("CREATE TABLE seen AS SELECT 1 AS one; " + count), 1))
                .containsExactly(row(1L));
        assertThat(rows(owner.execute("INSERT INTO seen " + count + "; SELECT * FROM seen ORDER BY 1"), 1))
                .containsExactly(row(1), row(1));
        assertThat(TestHttp.sql(server, "{\"sql\":\"" + count + "\"}", "Authorization", "Bearer token-of-the-owner")
                        .body())
                .contains("[[1]]");
        EmbeddedDatabase embedded = server.database("");
        assertThat(embedded.query(count)).succeedsWithin(Duration.ofSeconds(10));
        assertThat(embedded.execute("SELECT 1; " + count)).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void they_are_for_privileged_callers_only() {
        ServerMessage answer = editor.answerTo(editor.sendQuery("SELECT * FROM merapi.live_subscribers"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        ServerMessage.RequestFailed.class,
                        failed -> assertThat(failed.error().number()).isEqualTo(ErrorCode.PERMISSION_DENIED.number()));
        assertThat(server.database("").as(new Caller("ann", Map.of())).query("SELECT * FROM merapi.live_queries"))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("PERMISSION_DENIED");
        assertThat(owner.answerTo(owner.sendExecute(
                        Confirm.COMMITTED, "SET ROLE editor; SELECT * FROM merapi.live_queries; RESET ROLE")))
                .isInstanceOf(ServerMessage.RequestFailed.class);
    }

    @Test
    void too_many_rows_are_refused_and_templates_still_counted() {
        for (int i = 0; i < 5; i++) {
            follow(editor, i, "SELECT * FROM notes WHERE id = $1", new TypedValue(ScalarType.I32, i));
        }

        assertThat(owner.answerTo(owner.sendQuery("SELECT * FROM merapi.live_queries")))
                .isInstanceOfSatisfying(ServerMessage.RequestFailed.class, failed -> {
                    assertThat(failed.error().number()).isEqualTo(ErrorCode.LIVE_LIMIT.number());
                    assertThat(failed.error().toString()).contains("rows=5", "live-table-rows");
                });
        assertThat(ask("SELECT results, subscribers FROM merapi.live_templates"))
                .containsExactly(row(5L, 5L));
    }

    @Test
    void explain_live_says_what_is_running() {
        String query = "SELECT body, count(*) FROM notes GROUP BY body";
        assertThat(explain(owner, query)).contains("Not running");

        follow(editor, 1, query);

        assertThat(explain(owner, query)).anyMatch(line -> line.startsWith("Running: 1 result, 1 subscriber, "));
        assertThat(explain(editor, query)).noneMatch(line -> line.contains("unning"));
    }

    @Test
    void metrics_say_the_same() {
        follow(editor, 1, "SELECT * FROM notes WHERE id = 1");
        follow(editor, 2, "SELECT body, count(*) FROM notes GROUP BY body");
        owner.execute("UPDATE notes SET body = 'x' WHERE id = 1");
        editor.skipTo(ServerMessage.Update.class);

        String metrics = TestHttp.get(server, "/metrics", "Authorization", "Bearer token-of-the-owner")
                .body();
        assertThat(metrics)
                .contains(
                        "merapi_live_queries{database=\"main\",tier=\"circuit\"} 1.0",
                        "merapi_live_queries{database=\"main\",tier=\"rerun\"} 0.0",
                        "merapi_live_queries{database=\"main\",tier=\"rows\"} 1.0",
                        "merapi_live_subscribers{database=\"main\",state=\"live\"} 2.0",
                        "merapi_live_subscribers{database=\"main\",state=\"lagging\"} 0.0",
                        "merapi_live_templates{database=\"main\"} 2.0",
                        "merapi_live_lag{database=\"main\"} 0.0",
                        "merapi_live_commit_seconds_bucket{database=\"main\",le=\"+Inf\"}")
                .containsPattern("merapi_live_held_bytes\\{database=\"main\"} [1-9]")
                .containsPattern("merapi_live_commit_seconds_count\\{database=\"main\"} [1-9]");
    }

    private static List<String> explain(TestClient client, String query) {
        return rows(client.answerTo(client.sendQuery("EXPLAIN LIVE " + query)), 0).stream()
                .map(line -> String.valueOf(line.getFirst()))
                .toList();
    }

    private static void follow(TestClient client, int id, String sql, TypedValue... parameters) {
        client.subscribe(id, sql, LiveOptions.DEFAULT, parameters);
        client.skipTo(ServerMessage.Live.class);
    }

    private List<List<@Nullable Object>> ask(String sql) {
        return rows(owner.answerTo(owner.sendQuery(sql)), 0);
    }

    private static List<List<@Nullable Object>> rows(ServerMessage answer, int statement) {
        assertThat(answer).isInstanceOf(ServerMessage.Results.class);
        Result result = ((ServerMessage.Results) answer).results().get(statement);
        return Rows.of(result);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
