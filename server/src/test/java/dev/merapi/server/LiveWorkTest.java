package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.server.config.Limit;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What takes long is done beside the live thread, and what comes of it is exact. */
class LiveWorkTest {
    private static final String SOME = "SELECT id, v FROM items WHERE grp = 1";
    private static final String GROUPED = "SELECT grp, count(*) AS n, max(v) AS top FROM items GROUP BY grp";
    private static final String JOINED =
            "SELECT g.name, count(*) AS n, sum(i.v) AS s FROM items i JOIN groups g ON g.id = i.grp GROUP BY g.name";
    private static final String OUTER =
            "SELECT i.id, g.name FROM items i LEFT JOIN groups g ON g.id = i.grp WHERE i.v = 3";
    private static final String TOP = "SELECT id, v FROM items ORDER BY v DESC, id LIMIT 5";
    private static final String RANKED =
            "SELECT grp, rank() OVER (ORDER BY count(*) DESC) AS r FROM items GROUP BY grp";
    private static final List<String> QUERIES = List.of(GROUPED, JOINED, OUTER, TOP, RANKED);

    private Server server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = Server.start(
                ServerConfig.memory().withLimit(Limit.QUERY_THREADS, 1).withPort(0));
        client = TestClient.connect(server);
        client.execute("CREATE TABLE items (id integer PRIMARY KEY, grp integer NOT NULL, v integer)");
        client.execute("CREATE TABLE groups (id integer PRIMARY KEY, name text NOT NULL)");
        client.execute("INSERT INTO groups SELECT i, 'g' || i FROM generate_series(0, 9) AS g(i)");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void while_a_new_query_waits_for_its_plan_and_rows_others_are_told() {
        String insert = "INSERT INTO items SELECT coalesce(max(id), 0) + 1, 1, 1 FROM items";
        client.execute(insert); // so that it is planned
        try (TestClient busy = TestClient.connect(server);
                TestClient watching = TestClient.connect(server)) {
            LiveView view = LiveView.open(watching, 1, SOME, LiveOptions.DEFAULT);
            long endless = busy.sendQuery("SELECT count(*) FROM generate_series(1, 1000000) AS a(x),"
                    + " generate_series(1, 1000000) AS b(y)");
            busy.subscribe(2, JOINED);

            view.readTo(client.execute(insert).position().offset());
            view.readTo(client.execute(insert).position().offset());
            assertThat(busy.poll(20)).isNull();
            busy.send(new ClientMessage.Cancel(endless));

            LiveView joined = new LiveView(busy, 2);
            joined.readTo(server.database("").position().offset());
            assertThat(joined.rows()).isEqualTo(LiveView.fresh(server, JOINED));
            assertThat(joined.rows()).containsExactly("[g1, 3, 3]");
        }
    }

    @Test
    void those_who_ask_for_the_same_together_wait_for_one_circuit() {
        client.execute("INSERT INTO items SELECT i, i % 10, i % 7 FROM generate_series(1, 20000) AS g(i)");
        String byGroup = "SELECT i.id, g.name FROM items i JOIN groups g ON g.id = i.grp WHERE g.id = ";
        List<TestClient> clients = new ArrayList<>();
        List<LiveView> views = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestClient each = TestClient.connect(server);
            clients.add(each);
            each.subscribe(1, byGroup + i % 10);
            views.add(new LiveView(each, 1));
        }
        long offset = client.execute("UPDATE items SET grp = (grp + 1) % 10 WHERE id < 100")
                .position()
                .offset();
        for (int i = 0; i < views.size(); i++) {
            LiveView view = views.get(i);
            view.readTo(offset);
            assertThat(view.rows()).isEqualTo(LiveView.fresh(server, byGroup + i % 10));
        }
        clients.forEach(TestClient::close);
    }

    @Test
    void changes_of_everything_arrive_whole_and_exact() {
        changesOfEverything(60_000, QUERIES);
    }

    @Tag("slow")
    @Test
    void changes_of_a_million_rows_arrive_whole_and_exact() {
        changesOfEverything(1_000_000, List.of(JOINED, TOP));
    }

    private void changesOfEverything(int rows, List<String> queries) {
        List<LiveView> views = new ArrayList<>();
        List<TestClient> clients = new ArrayList<>();
        for (String query : queries) {
            TestClient each = TestClient.connect(server);
            clients.add(each);
            views.add(LiveView.open(each, 1, query, LiveOptions.DEFAULT));
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String change : List.of(
                "INSERT INTO items SELECT i, i % 10, i % 7 FROM generate_series(1, " + rows + ") AS g(i)",
                "UPDATE items SET v = v + 1",
                "UPDATE items SET grp = (grp + 1) % 10 WHERE id % 3 = 0",
                "DELETE FROM items WHERE id % 2 = 0",
                "TRUNCATE items",
                "INSERT INTO items SELECT i, i % 9, i % 5 FROM generate_series(1, " + rows + ") AS g(i)",
                "DELETE FROM items")) {
            for (int i = random.nextInt(3); i > 0; i--) {
                client.sendExecute(Confirm.COMMITTED, "UPDATE items SET v = v + 1 WHERE id = " + i);
            }
            long offset = client.execute(change).position().offset();
            for (int i = 0; i < views.size(); i++) {
                views.get(i).readTo(offset);
                assertThat(views.get(i).rows())
                        .as("seed=%d %s after %s", seed, queries.get(i), change)
                        .isEqualTo(LiveView.fresh(server, queries.get(i)));
            }
        }
        clients.forEach(TestClient::close);
    }

    @Test
    void a_commit_is_not_called_complete_before_the_last_result_has_come() {
        LiveView some = LiveView.open(client, 1, SOME, LiveOptions.DEFAULT);
        LiveView joined = LiveView.open(client, 2, JOINED, LiveOptions.DEFAULT);
        try (TestClient writer = TestClient.connect(server)) {
            long offset = writer.execute(
                            "INSERT INTO items SELECT i, i % 10, i % 7 FROM generate_series(1, 60000) AS g(i)")
                    .position()
                    .offset();
            while (!some.hasReached(offset) || !joined.hasReached(offset)) {
                ServerMessage message = client.next();
                if (message instanceof ServerMessage.Update update) {
                    assertThat(update.end()).isNotEqualTo(ServerMessage.Update.End.COMMIT);
                }
                some.take(message);
                joined.take(message);
            }
            assertThat(client.skipTo(ServerMessage.Progress.class).offset()).isGreaterThanOrEqualTo(offset);

            writer.execute("UPDATE items SET v = v + 1 WHERE id = 1");
            assertThat(client.skipTo(ServerMessage.Update.class).end()).isEqualTo(ServerMessage.Update.End.RESULT);
            assertThat(client.skipTo(ServerMessage.Update.class).end()).isEqualTo(ServerMessage.Update.End.COMMIT);
        }
    }

    @Test
    void a_query_that_nobody_waits_for_any_more_is_given_up() {
        client.execute("INSERT INTO items SELECT i, i % 10, i % 7 FROM generate_series(1, 3000) AS g(i)");
        client.subscribe(1, "SELECT count(*) FROM items a, items b, items c WHERE a.v + b.v + c.v = 1");
        client.send(new ClientMessage.Unsubscribe(1));
        client.skipTo(ServerMessage.SubscriptionEnded.class);

        // There is one thread for queries, so this has to wait for whatever is at work.
        LiveView grouped = LiveView.open(client, 2, GROUPED, LiveOptions.DEFAULT);
        assertThat(grouped.rows()).isEqualTo(LiveView.fresh(server, GROUPED));
    }
}
