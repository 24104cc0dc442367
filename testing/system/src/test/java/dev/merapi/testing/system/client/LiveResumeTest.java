package dev.merapi.testing.system.client;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.ClientBuilder;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.Statement;
import dev.merapi.client.connection.ReconnectPolicy;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import dev.merapi.testing.property.Draw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live results stay equal to fresh queries: under random writes, over restarts of the server, for slow applications.
 */
final class LiveResumeTest {
    private static final String CREATE =
            "CREATE TABLE items (id bigint PRIMARY KEY, grp integer NOT NULL, body text, amount numeric(10,2) NOT"
                    + " NULL)";

    private static final List<String> QUERIES = List.of(
            "SELECT * FROM items",
            "SELECT id, body FROM items WHERE grp = 1",
            "SELECT body, amount FROM items WHERE grp <> 2 AND amount > 50",
            "SELECT grp FROM items WHERE body IS NULL OR body LIKE 'b%'");

    @TempDir
    private Path directory;

    @Test
    void random_writes_leave_every_live_query_equal_to_a_fresh_one() {
        try (Server server = Server.start(ServerConfig.memory().withPort(0));
                MerapiClient writer = connect(server.port());
                MerapiClient watcher = connect(server.port())) {
            writer.execute(CREATE);
            property().runs(15).explore(draw -> {
                writer.execute("DELETE FROM items");
                write(draw, writer, draw.intBetween(0, 10));
                List<LiveRows> live = open(watcher, draw);
                write(draw, writer, draw.intBetween(0, 40));
                assertEqualToFresh(live, writer);
                live.forEach(LiveRows::close);
            });
        }
    }

    @Test
    void live_queries_survive_restarts_of_the_server() {
        ServerConfig config = ServerConfig.directory(directory).withPort(0);
        Server server = Server.start(config);
        ServerConfig samePort = config.withPort(server.port());
        try (MerapiClient watcher = builder(server.port()).connect()) {
            List<LiveRows> live = new ArrayList<>();
            List<String> starts = new ArrayList<>();
            Map<Row, Integer> replayed = new HashMap<>();
            try (MerapiClient writer = connect(server.port())) {
                writer.execute(CREATE);
                for (String sql : QUERIES) {
                    live.add(watcher.live(sql, LiveOptions.DEFAULT));
                }
                watcher.liveEvents(QUERIES.getFirst(), LiveOptions.DEFAULT, event -> {
                    synchronized (starts) {
                        replay(event, starts, replayed);
                    }
                });
                assertEqualToFresh(live, writer);
            }
            for (int restart = 0; restart < 3; restart++) {
                try (MerapiClient writer = connect(server.port())) {
                    writeALittle(writer, restart);
                }
                server.close();
                server = Server.start(samePort);
                try (MerapiClient writer = connect(server.port())) {
                    writeALittle(writer, restart + 100);
                    assertEqualToFresh(live, writer);
                    awaitEqual(() -> copy(starts, replayed), () -> counted(writer.query(QUERIES.getFirst())));
                }
            }
            synchronized (starts) {
                assertThat(starts).containsExactly("FRESH", "RESUMED", "RESUMED", "RESUMED");
            }
        } finally {
            server.close();
        }
    }

    @Test
    void a_database_that_was_made_anew_resets_its_clients() throws Exception {
        Server server = Server.start(ServerConfig.memory().withPort(0));
        int port = server.port();
        ConcurrentLinkedQueue<String> resets = new ConcurrentLinkedQueue<>();
        try (MerapiClient watcher = builder(port).connect()) {
            try (MerapiClient writer = connect(port)) {
                writer.execute(CREATE);
                writeALittle(writer, 1);
            }
            LiveRows live = watcher.live(
                    QUERIES.getFirst(),
                    LiveOptions.builder()
                            .onReset(reset -> resets.add(reset.reason()))
                            .build());
            live.first().toCompletableFuture().get(20, TimeUnit.SECONDS);
            server.close();

            server = Server.start(ServerConfig.memory().withPort(port));
            try (MerapiClient writer = connect(port)) {
                writer.execute(CREATE);
                writer.execute("INSERT INTO items VALUES (1, 1, 'only', 1)");
                // The table may not have been there yet when the client came back: then the query was ended by that.
                awaitEqual(
                        () -> live.completion().toCompletableFuture().isDone()
                                || (live.rows().size() == 1 && resets.contains("OTHER_EPOCH")),
                        () -> true);
            }
        } finally {
            server.close();
        }
    }

    @Test
    void an_application_that_is_slower_than_the_writers_misses_nothing() {
        try (Server server = Server.start(ServerConfig.memory().withPort(0));
                MerapiClient writer = connect(server.port());
                MerapiClient watcher = connect(server.port())) {
            writer.execute(CREATE);
            Map<Row, Integer> replayed = new HashMap<>();
            List<String> starts = new ArrayList<>();
            LiveOptions options = LiveOptions.builder().maxBufferedRows(20).build();
            try (LiveEvents live = watcher.liveEvents("SELECT * FROM items", options)) {
                var events = live.iterator();
                for (int round = 0; round < 30; round++) {
                    writeALittle(writer, round);
                    events.poll(Duration.ofMillis(5)).ifPresent(event -> replay(event, starts, replayed));
                }
                awaitEqual(
                        () -> {
                            events.poll(Duration.ofMillis(20)).ifPresent(event -> replay(event, starts, replayed));
                            return Map.copyOf(replayed);
                        },
                        () -> counted(writer.query("SELECT * FROM items")));
            }
            assertThat(starts).as("the query was paused and resumed").contains("RESUMED");
        }
    }

    // ---- what happens

    private static List<LiveRows> open(MerapiClient watcher, Draw draw) {
        List<LiveRows> live = new ArrayList<>();
        for (String sql : QUERIES) {
            LiveOptions.Builder options = LiveOptions.builder();
            if (draw.bool()) {
                options.batchSize(draw.intBetween(1, 7));
            }
            live.add(watcher.live(sql, options.build()));
        }
        return live;
    }

    private static void write(Draw draw, MerapiClient writer, int statements) {
        for (int i = 0; i < statements; i++) {
            int id = draw.intBetween(0, 20);
            int group = draw.intBetween(0, 3);
            String body = draw.bool() ? null : draw.pick(List.of("a", "b", "bb", "c"));
            String amount = draw.intBetween(0, 99) + "." + draw.intBetween(10, 99);
            switch (draw.intBetween(0, 4)) {
                case 0 ->
                    writer.execute(
                            "INSERT INTO items VALUES ($1, $2, $3, $4::text::numeric)"
                                    + " ON CONFLICT (id) DO UPDATE SET grp = excluded.grp, body = excluded.body",
                            id,
                            group,
                            body,
                            amount);
                case 1 -> writer.execute("DELETE FROM items WHERE id = $1", id);
                case 2 -> writer.execute("UPDATE items SET grp = $1 WHERE grp = $2", group, draw.intBetween(0, 3));
                case 3 ->
                    writer.batch(
                            Statement.of("DELETE FROM items WHERE id = $1", id),
                            Statement.of("INSERT INTO items VALUES ($1, $2, $3, 60)", id, group, body),
                            Statement.of("UPDATE items SET body = $2 WHERE id = $1", id, "again"));
                default ->
                    writer.execute("INSERT INTO items SELECT id + 100, grp, body, amount FROM items WHERE id < 100"
                            + " ON CONFLICT DO NOTHING");
            }
        }
    }

    private static void writeALittle(MerapiClient writer, int round) {
        writer.execute(
                "INSERT INTO items VALUES ($1, 1, 'b', 60) ON CONFLICT (id) DO UPDATE SET body = 'c', grp = 1",
                round % 7);
        writer.execute("UPDATE items SET amount = amount + 1 WHERE id = $1", (round + 1) % 7);
        writer.execute("DELETE FROM items WHERE id = $1", (round + 3) % 7);
        writer.execute("INSERT INTO items VALUES ($1, 2, NULL, 1)", 1000 + round);
    }

    // ---- what must hold

    private static void assertEqualToFresh(List<LiveRows> live, MerapiClient fresh) {
        for (int i = 0; i < QUERIES.size(); i++) {
            LiveRows rows = live.get(i);
            String sql = QUERIES.get(i);
            awaitEqual(
                    () -> rows.rows().isComplete() ? counted(rows.rows()) : Map.of(), () -> counted(fresh.query(sql)));
        }
    }

    private static <T> void awaitEqual(Probe<T> actual, Probe<T> expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            T wanted = expected.get();
            T got = actual.get();
            if (got.equals(wanted)) {
                return;
            }
            if (System.nanoTime() > deadline) {
                assertThat(got).isEqualTo(wanted);
            }
            sleep();
        }
    }

    private interface Probe<T> {
        T get();
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<Row, Integer> copy(Object lock, Map<Row, Integer> rows) {
        synchronized (lock) {
            return Map.copyOf(rows);
        }
    }

    private static Map<Row, Integer> counted(Rows rows) {
        Map<Row, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }

    /** An application that keeps its own copy of the rows and trusts the events. */
    private static void replay(LiveEvent event, List<String> starts, Map<Row, Integer> rows) {
        switch (event) {
            case LiveEvent.Ack ack -> starts.add(ack.start().name());
            case LiveEvent.Reset reset -> rows.clear();
            case LiveEvent.InitialBatch batch -> batch.rows().forEach(row -> rows.merge(row, 1, Integer::sum));
            case LiveEvent.Change change -> {
                change.oldValues().forEach(row -> assertThat(rows.remove(row)).isEqualTo(1));
                change.rows().forEach(row -> rows.merge(row, 1, Integer::sum));
            }
            case LiveEvent.Error error -> throw new AssertionError(error);
        }
    }

    private static MerapiClient connect(int port) {
        return builder(port).connect();
    }

    private static ClientBuilder builder(int port) {
        return MerapiClient.builder()
                .uri("ws://127.0.0.1:" + port)
                .reconnect(new ReconnectPolicy(Duration.ofMillis(20), Duration.ofMillis(200), 0.5, Integer.MAX_VALUE));
    }
}
