package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.server.config.Limit;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.Position;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import dev.merapi.wire.Start.ResetReason;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveTest {
    private static final String ALL = "SELECT id, grp, v FROM items";
    private static final String SOME = "SELECT id, v FROM items WHERE grp = 1";

    private static final String GROUPED = "SELECT grp, count(*) AS n, max(v) AS top FROM items GROUP BY grp";
    private static final String JOINED = "SELECT a.id, b.v FROM items a LEFT JOIN items b ON b.id = a.id + 1";
    private static final String TOP = "SELECT id, v FROM items ORDER BY id DESC LIMIT 5";
    private static final List<String> QUERIES = List.of(ALL, SOME, GROUPED, JOINED, TOP);

    private Server server;
    private TestClient client;

    @BeforeEach
    void start() {
        start(ServerConfig.memory().withLimit(Limit.SNAPSHOT_IDLE_MILLIS, 300));
    }

    private void start(ServerConfig config) {
        server = Server.start(config.withPort(0));
        client = TestClient.connect(server);
        client.execute("CREATE TABLE items (id integer PRIMARY KEY, grp integer NOT NULL, v text)");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void the_rows_come_first_then_each_change() {
        client.execute("INSERT INTO items VALUES (1, 1, 'a'), (2, 2, 'b')");
        client.subscribe(7, SOME);
        ServerMessage.Subscribed subscribed = client.expect(ServerMessage.Subscribed.class);
        ServerMessage.Batch batch = client.expect(ServerMessage.Batch.class);

        assertThat(subscribed.subscriptionId()).isEqualTo(7);
        assertThat(subscribed.start()).isEqualTo(Start.FRESH);
        assertThat(subscribed.keyColumns()).containsExactly(0);
        assertThat(subscribed.position()).isEqualTo(server.database("").position());
        assertThat(Rows.of(subscribed.rowType(), batch.rows())).containsExactly(List.of(1, "a"));
        assertThat(batch.hasMore()).isFalse();
        assertThat(client.expect(ServerMessage.Live.class))
                .isEqualTo(new ServerMessage.Live(7, subscribed.position().offset()));

        try (TestClient writer = TestClient.connect(server)) {
            Position written =
                    writer.execute("UPDATE items SET v = 'A' WHERE id = 1").position();
            ServerMessage.Update update = client.expect(ServerMessage.Update.class);

            assertThat(update.resultId()).isEqualTo(subscribed.resultId());
            assertThat(update.offset()).isEqualTo(written.offset());
            assertThat(update.last()).isTrue();
            RowChange.Update change = (RowChange.Update) update.changes().get(0);
            assertThat(Rows.of(subscribed.rowType(), change.before())).isEqualTo(List.of(1, "a"));
            assertThat(Rows.of(subscribed.rowType(), change.after())).isEqualTo(List.of(1, "A"));
        }
    }

    @Test
    void rows_enter_and_leave_through_the_filter() {
        LiveView view = LiveView.open(client, 1, SOME, LiveOptions.DEFAULT);
        long last = 0;
        try (TestClient writer = TestClient.connect(server)) {
            writer.execute("INSERT INTO items VALUES (1, 1, 'in'), (2, 2, 'out')");
            writer.execute("UPDATE items SET grp = 1 WHERE id = 2");
            last = writer.execute("UPDATE items SET grp = 3 WHERE id = 1")
                    .position()
                    .offset();
        }

        view.readTo(last);

        assertThat(view.rows()).containsExactly("[2, out]");
    }

    @Test
    void no_change_is_missed_or_doubled_while_writers_run() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 3; w++) {
            writers.add(writer(w, stop));
        }
        List<LiveView> views = new ArrayList<>();
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            TestClient subscriber = TestClient.connect(server);
            clients.add(subscriber);
            String sql = QUERIES.get(i % QUERIES.size());
            views.add(LiveView.open(subscriber, i, sql, new LiveOptions(5, OptionalInt.empty(), null)));
            Thread.sleep(20);
        }
        stop.set(true);
        for (Thread writer : writers) {
            writer.join();
        }

        for (int i = 0; i < views.size(); i++) {
            assertConverges(views.get(i), QUERIES.get(i % QUERIES.size()));
        }
        clients.forEach(TestClient::close);
    }

    @Test
    void two_subscriptions_of_one_connection_to_one_result_are_both_right() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        client.execute("INSERT INTO items SELECT i, 1, 'x' FROM generate_series(1000, 1500) AS g(i)");
        LiveView first = LiveView.open(client, 1, ALL, LiveOptions.DEFAULT);
        Thread writer = writer(0, stop);
        client.subscribe(2, ALL, new LiveOptions(20, OptionalInt.empty(), null));
        LiveView second = new LiveView(client, 2);
        for (int i = 0; i < 300; i++) {
            ServerMessage message = client.next();
            first.take(message);
            second.take(message);
        }
        stop.set(true);
        writer.join();
        long last;
        try (TestClient other = TestClient.connect(server)) {
            last = other.execute("INSERT INTO items VALUES (999999, 9, 'end')")
                    .position()
                    .offset();
        }
        while (first.position().offset() < last || second.position().offset() < last) {
            ServerMessage message = client.next();
            first.take(message);
            second.take(message);
        }

        assertThat(first.rows()).isEqualTo(LiveView.fresh(server, ALL));
        assertThat(second.rows()).isEqualTo(first.rows());
    }

    @Test
    void a_large_snapshot_comes_in_batches_as_asked_for() {
        client.execute("INSERT INTO items SELECT i, 1, 'x' FROM generate_series(1, 25) AS g(i)");
        client.subscribe(1, ALL, new LiveOptions(10, OptionalInt.empty(), null));
        client.expect(ServerMessage.Subscribed.class);

        ServerMessage.Batch first = client.expect(ServerMessage.Batch.class);
        assertThat(first.rows()).hasSize(10);
        assertThat(first.hasMore()).isTrue();
        assertThat(client.poll(50)).isNull();
        client.send(new ClientMessage.NextBatch(1), new ClientMessage.NextBatch(1), new ClientMessage.NextBatch(1));
        assertThat(client.expect(ServerMessage.Batch.class).rows()).hasSize(10);
        ServerMessage.Batch last = client.expect(ServerMessage.Batch.class);
        assertThat(last.rows()).hasSize(5);
        assertThat(last.hasMore()).isFalse();
    }

    @Test
    void all_batches_are_of_one_snapshot_and_what_came_since_follows() {
        client.execute("INSERT INTO items SELECT i, 1, 'old' FROM generate_series(1, 20) AS g(i)");
        client.subscribe(1, ALL, new LiveOptions(10, OptionalInt.empty(), null));
        client.expect(ServerMessage.Subscribed.class);
        client.expect(ServerMessage.Batch.class);
        long written;
        try (TestClient writer = TestClient.connect(server)) {
            written = writer.execute("UPDATE items SET v = 'new'").position().offset();
            writer.execute("DELETE FROM items WHERE id = 1");
        }
        client.send(new ClientMessage.NextBatch(1));

        ServerMessage.Batch rest = client.expect(ServerMessage.Batch.class);
        ServerMessage.NetUpdate since = client.expect(ServerMessage.NetUpdate.class);

        assertThat(rest.position().offset()).isLessThan(written);
        assertThat(rest.rows()).hasSize(10);
        assertThat(since.offset()).isEqualTo(written + 1);
        assertThat(since.changes()).hasSize(20);
        assertThat(since.changes())
                .filteredOn(RowChange.Delete.class::isInstance)
                .hasSize(1);
    }

    @Test
    void a_snapshot_nobody_fetches_is_given_up() {
        client.execute("INSERT INTO items SELECT i, 1, 'x' FROM generate_series(1, 20) AS g(i)");
        client.subscribe(1, ALL, new LiveOptions(10, OptionalInt.empty(), null));
        client.expect(ServerMessage.Subscribed.class);
        client.expect(ServerMessage.Batch.class);

        ServerMessage.SubscriptionEnded ended = client.expect(ServerMessage.SubscriptionEnded.class);

        assertThat(ended.error().code()).isEqualTo("SUBSCRIPTION_LAGGED");
        assertThat(ended.error().retryable()).isTrue();
    }

    @Test
    void the_newest_rows_only() {
        client.execute("INSERT INTO items SELECT i, 1, 'x' FROM generate_series(1, 20) AS g(i)");
        client.subscribe(1, ALL, new LiveOptions(0, OptionalInt.of(3), null));
        ServerMessage.Subscribed subscribed = client.expect(ServerMessage.Subscribed.class);

        ServerMessage.Batch batch = client.expect(ServerMessage.Batch.class);

        assertThat(Rows.of(subscribed.rowType(), batch.rows()))
                .extracting(row -> row.get(0))
                .containsExactly(18, 19, 20);
    }

    @Test
    void parameters_select_a_result_and_equal_ones_share_it() {
        String sql = "SELECT id FROM items WHERE grp = $1";
        client.subscribe(1, sql, LiveOptions.DEFAULT, new TypedValue(ScalarType.I32, 1));
        client.subscribe(2, sql, LiveOptions.DEFAULT, new TypedValue(ScalarType.I32, 2));
        client.subscribe(3, sql, LiveOptions.DEFAULT, new TypedValue(ScalarType.I64, 1L));
        Map<Integer, Long> results = new HashMap<>();
        for (int live = 0; live < 3; ) {
            switch (client.next()) {
                case ServerMessage.Subscribed m -> results.put(m.subscriptionId(), m.resultId());
                case ServerMessage.Live m -> live++;
                case ServerMessage.Batch m -> {}
                default -> throw new AssertionError();
            }
        }

        assertThat(results.get(1)).isEqualTo(results.get(3)).isNotEqualTo(results.get(2));
        try (TestClient writer = TestClient.connect(server)) {
            writer.execute("INSERT INTO items VALUES (1, 1, 'x')");
        }
        assertThat(client.expect(ServerMessage.Update.class).resultId()).isEqualTo(results.get(1));
        assertThat(client.poll(100)).isNull();
    }

    @Test
    void unsubscribing_is_confirmed_and_final() {
        LiveView.open(client, 1, ALL, LiveOptions.DEFAULT);
        client.send(new ClientMessage.Unsubscribe(1));

        assertThat(client.expect(ServerMessage.SubscriptionEnded.class).error()).isNull();
        try (TestClient writer = TestClient.connect(server)) {
            writer.execute("INSERT INTO items VALUES (1, 1, 'x')");
        }
        assertThat(client.poll(100)).isNull();
        LiveView again = LiveView.open(client, 1, ALL, LiveOptions.DEFAULT);
        assertThat(again.rows()).hasSize(1);
    }

    @Test
    void unsubscribing_at_once_is_confirmed_too() {
        for (int i = 0; i < 50; i++) {
            client.send(
                    new ClientMessage.Subscribe(1, Statement.of(ALL), LiveOptions.DEFAULT),
                    new ClientMessage.Unsubscribe(1));
            assertThat(client.skipTo(ServerMessage.SubscriptionEnded.class).error())
                    .isNull();
        }
    }

    @Test
    void what_cannot_be_live_is_refused_with_a_reason() {
        client.subscribe(1, "SELECT nope FROM items");
        assertThat(client.expect(ServerMessage.SubscriptionEnded.class).error().code())
                .isEqualTo("UNKNOWN_COLUMN");
        client.subscribe(1, "DELETE FROM items");
        assertThat(client.expect(ServerMessage.SubscriptionEnded.class).error().code())
                .isEqualTo("LIVE_UNSUPPORTED");
    }

    @Test
    void dropping_the_table_ends_the_subscription() {
        LiveView.open(client, 1, ALL, LiveOptions.DEFAULT);
        try (TestClient writer = TestClient.connect(server)) {
            writer.execute("DROP TABLE items");
        }

        ServerMessage.SubscriptionEnded ended = client.expect(ServerMessage.SubscriptionEnded.class);

        assertThat(ended.error().code()).isEqualTo("SCHEMA_CHANGED");
    }

    @Test
    void resuming_gives_exactly_the_net_difference() {
        client.execute("INSERT INTO items VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 1, 'c')");
        LiveView view = LiveView.open(client, 1, SOME, LiveOptions.DEFAULT);
        client.abort();
        try (TestClient writer = TestClient.connect(server)) {
            writer.execute("DELETE FROM items WHERE id = 1");
            writer.execute("UPDATE items SET v = 'B' WHERE id = 2");
            writer.execute("UPDATE items SET v = 'BB' WHERE id = 2");
            writer.execute("UPDATE items SET grp = 2 WHERE id = 3");
            writer.execute("INSERT INTO items VALUES (4, 1, 'd')");
            writer.execute("INSERT INTO items VALUES (5, 1, 'gone')");
            writer.execute("DELETE FROM items WHERE id = 5");
        }
        client = TestClient.connect(server);
        client.subscribe(1, SOME, new LiveOptions(0, OptionalInt.empty(), view.position()));

        ServerMessage.Subscribed subscribed = client.expect(ServerMessage.Subscribed.class);
        ServerMessage.NetUpdate difference = client.expect(ServerMessage.NetUpdate.class);

        assertThat(subscribed.start()).isEqualTo(Start.RESUMED);
        assertThat(subscribed.position()).isEqualTo(server.database("").position());
        assertThat(difference.offset()).isEqualTo(subscribed.position().offset());
        assertThat(difference.last()).isTrue();
        assertThat(difference.changes()).hasSize(4);
        view.take(subscribed);
        view.take(difference);
        assertThat(view.rows()).isEqualTo(LiveView.fresh(server, SOME));
    }

    @Test
    void resuming_where_nothing_has_changed_says_so() {
        LiveView view = LiveView.open(client, 1, SOME, LiveOptions.DEFAULT);
        Position position = view.position();
        client.abort();
        client = TestClient.connect(server);
        client.subscribe(1, SOME, new LiveOptions(0, OptionalInt.empty(), position));

        assertThat(client.expect(ServerMessage.Subscribed.class).start()).isEqualTo(Start.RESUMED);
        assertThat(client.expect(ServerMessage.NetUpdate.class).changes()).isEmpty();
    }

    @Test
    void positions_that_cannot_be_resumed_are_reset_with_the_reason() {
        client.execute("INSERT INTO items VALUES (1, 1, 'a')");
        Position now = server.database("").position();

        assertReset(new Position(now.epoch() + 1, 1), ResetReason.OTHER_EPOCH);
        assertReset(now.withOffset(now.offset() + 5), ResetReason.POSITION_AHEAD);
        assertReset(now.withOffset(0), ResetReason.SCHEMA_CHANGED);
        client.execute("ALTER TABLE items ADD COLUMN extra integer");
        assertReset(now, ResetReason.SCHEMA_CHANGED);
        now = server.database("").position();
        client.execute("DROP TABLE items");
        client.execute("CREATE TABLE items (id integer PRIMARY KEY, grp integer NOT NULL, v text)");
        assertReset(now, ResetReason.SCHEMA_CHANGED);
    }

    @Test
    void history_that_is_gone_is_a_reset() {
        close();
        start(ServerConfig.memory().withLimit(Limit.MEMORY_LOG_BYTES, 0).withLimit(Limit.HISTORY_ROWS, 0));
        Position early = client.execute("INSERT INTO items VALUES (1, 1, 'a')").position();
        for (int i = 0; i < 300; i++) {
            client.execute("UPDATE items SET v = repeat('x', 300000 + " + i + ")");
        }

        assertReset(early, ResetReason.HISTORY_TRUNCATED);
    }

    @Test
    void a_derived_result_is_shared_and_follows_each_commit() {
        client.execute("INSERT INTO items VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 1, 'c')");
        LiveView first = LiveView.open(client, 1, GROUPED, LiveOptions.DEFAULT);
        try (TestClient other = TestClient.connect(server);
                TestClient writer = TestClient.connect(server)) {
            LiveView second = LiveView.open(other, 1, GROUPED, LiveOptions.DEFAULT);
            long moved = writer.execute("UPDATE items SET grp = 2 WHERE id = 3")
                    .position()
                    .offset();
            first.readTo(moved);
            second.readTo(moved);

            assertThat(first.started().resultId()).isEqualTo(second.started().resultId());
            assertThat(first.started().keyColumns()).containsExactly(0);
            assertThat(first.rows()).containsExactly("[1, 1, a]", "[2, 2, c]");
            assertThat(second.rows()).isEqualTo(first.rows());
        }
    }

    @Test
    void a_derived_result_cannot_be_resumed_and_says_so() {
        LiveView view = LiveView.open(client, 1, TOP, LiveOptions.DEFAULT);
        try (TestClient other = TestClient.connect(server)) {
            other.subscribe(1, TOP, new LiveOptions(0, OptionalInt.empty(), view.position()));

            assertThat(other.expect(ServerMessage.Subscribed.class).start())
                    .isEqualTo(new Start.Reset(ResetReason.NOT_RESUMABLE));
        }
    }

    @Test
    void a_derived_result_that_cannot_be_computed_ends_with_the_reason() {
        client.execute("INSERT INTO items VALUES (1, 1, 'a')");
        client.subscribe(1, "SELECT sum(1 / (grp - 1)) FROM items");

        assertThat(client.expect(ServerMessage.SubscriptionEnded.class).error().code())
                .isEqualTo("DIVISION_BY_ZERO");
    }

    @Test
    void clients_that_come_and_go_while_writers_run_end_up_right() throws InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = writer(1, stop);
        LiveView view = LiveView.open(client, 1, SOME, LiveOptions.DEFAULT);
        for (int i = 0; i < 15; i++) {
            int messages = random.nextInt(20);
            for (int m = 0; m < messages; m++) {
                view.take(client.next());
            }
            client.abort();
            Thread.sleep(random.nextInt(30));
            client = TestClient.connect(server);
            view = view.resumeOn(client, SOME);
        }
        stop.set(true);
        writer.join();

        assertConverges(view, SOME);
    }

    @Test
    void progress_tells_quiet_subscribers_how_far_they_are() {
        LiveView view = LiveView.open(client, 1, SOME, LiveOptions.DEFAULT);
        long last;
        try (TestClient writer = TestClient.connect(server)) {
            last = writer.execute("INSERT INTO items VALUES (1, 2, 'other')")
                    .position()
                    .offset();
        }

        view.readTo(last);

        assertThat(view.rows()).isEmpty();
        assertThat(view.position().offset()).isEqualTo(last);
    }

    private void assertReset(Position from, ResetReason reason) {
        try (TestClient other = TestClient.connect(server)) {
            other.subscribe(1, ALL, new LiveOptions(0, OptionalInt.empty(), from));

            assertThat(other.expect(ServerMessage.Subscribed.class).start()).isEqualTo(new Start.Reset(reason));
            assertThat(other.expect(ServerMessage.Batch.class).hasMore()).isFalse();
        }
    }

    private void assertConverges(LiveView view, String sql) {
        try (TestClient writer = TestClient.connect(server)) {
            long last = writer.execute("INSERT INTO items VALUES ($1, 1, 'end')", id())
                    .position()
                    .offset();
            view.readTo(last);
            assertThat(view.rows()).isEqualTo(LiveView.fresh(server, sql));
        }
    }

    private int nextEnd = 1_000_000;

    private TypedValue id() {
        return new TypedValue(ScalarType.I32, nextEnd++);
    }

    /** Inserts, updates and deletes at random until told to stop. */
    private Thread writer(int number, AtomicBoolean stop) {
        return Thread.ofPlatform().start(() -> {
            Random random = new Random(number);
            try (TestClient writer = TestClient.connect(server)) {
                for (int i = 0; !stop.get(); i++) {
                    int id = number * 100_000 + random.nextInt(200);
                    TypedValue key = new TypedValue(ScalarType.I32, id);
                    TypedValue group = new TypedValue(ScalarType.I32, random.nextInt(3));
                    TypedValue value = new TypedValue(ScalarType.TEXT, "v" + i);
                    switch (random.nextInt(3)) {
                        case 0 ->
                            writer.execute(
                                    "INSERT INTO items VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET v ="
                                            + " excluded.v",
                                    key,
                                    group,
                                    value);
                        case 1 -> writer.execute("UPDATE items SET grp = $2, v = $3 WHERE id = $1", key, group, value);
                        default -> writer.execute("DELETE FROM items WHERE id = $1", key);
                    }
                }
            }
        });
    }
}
