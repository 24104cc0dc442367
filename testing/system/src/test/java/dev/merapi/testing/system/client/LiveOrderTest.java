package dev.merapi.testing.system.client;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.MerapiClient;
import dev.merapi.client.connection.ReconnectPolicy;
import dev.merapi.client.live.ChangeType;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Row;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import dev.merapi.server.config.Limit;
import dev.merapi.testing.property.Draw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ordered live queries of all kinds, against a real server: after each commit the client's list is the answer of the
 * same query asked once, place for place, and so is a list that follows the indexes of events.
 */
final class LiveOrderTest {
    private static final List<String> CREATE = List.of(
            "CREATE TABLE items (id bigint PRIMARY KEY, grp integer, body text, amount numeric(10,2) NOT NULL)",
            "CREATE INDEX items_grp ON items (grp)",
            "CREATE TABLE groups (id integer PRIMARY KEY, name text NOT NULL)",
            "INSERT INTO groups VALUES (0, 'zero'), (1, 'one'), (2, 'two'), (3, 'two')");

    /** A query: how many columns it selects, everything up to ORDER BY, and possible orders. */
    private record Ordered(int columns, String select, List<String> orders) {}

    private static final List<Ordered> QUERIES = List.of(
            new Ordered(
                    4,
                    "SELECT * FROM items",
                    List.of("grp", "amount DESC, id", "body NULLS FIRST, grp DESC", "4 DESC")),
            new Ordered(
                    1,
                    "SELECT id FROM items WHERE grp >= 1",
                    List.of("grp", "amount", "lower(body) DESC", "id % 5, grp")),
            new Ordered(2, "SELECT body, grp AS g FROM items", List.of("g DESC NULLS LAST", "body", "amount DESC")),
            new Ordered(1, "SELECT DISTINCT grp FROM items", List.of("grp DESC", "grp NULLS FIRST")),
            new Ordered(
                    2,
                    "SELECT g.name, i.body FROM items i JOIN groups g ON g.id = i.grp",
                    List.of("i.amount DESC", "name, i.id DESC", "i.body")),
            new Ordered(
                    2,
                    "SELECT grp, count(*) AS n FROM items GROUP BY grp",
                    List.of("n DESC", "sum(amount)", "max(body) NULLS FIRST, n", "grp")),
            new Ordered(1, "SELECT grp FROM items UNION ALL SELECT id FROM groups", List.of("grp", "1 DESC")),
            new Ordered(
                    2,
                    "SELECT body, rank() OVER (PARTITION BY grp ORDER BY amount) AS r FROM items",
                    List.of("r", "body DESC, r", "amount")));

    @TempDir
    private Path directory;

    @Test
    void lists_stand_as_in_the_answer_of_the_query() {
        ServerConfig config = ServerConfig.memory().withPort(0).withLimit(Limit.LIVE_TICK_MILLIS, 1);
        try (Server server = Server.start(config)) {
            follow(server, 5);
        }
    }

    @Test
    void they_do_for_those_who_lag_behind() {
        ServerConfig config = ServerConfig.memory()
                .withPort(0)
                .withLimit(Limit.LIVE_TICK_MILLIS, 1)
                .withLimit(Limit.OUTBOX_BYTES, 1 << 10);
        try (Server server = Server.start(config)) {
            follow(server, 3);
        }
    }

    private static void follow(Server server, int runs) {
        try (MerapiClient writer = connect(server.port());
                MerapiClient watcher = connect(server.port())) {
            CREATE.forEach(writer::execute);
            property().runs(runs).explore(draw -> {
                writer.execute("DELETE FROM items");
                write(draw, writer, draw.intBetween(0, 10));
                List<Watch> watches = watches(draw, watcher);
                try {
                    for (int commit = draw.intBetween(1, 8); commit > 0; commit--) {
                        write(draw, writer, draw.oneIn(3) ? 10 : 1);
                        watches.forEach(watch -> watch.check(writer));
                    }
                } finally {
                    watches.forEach(Watch::close);
                }
            });
        }
    }

    @Test
    void they_do_after_the_server_was_gone() {
        ServerConfig config = ServerConfig.directory(directory).withPort(0);
        Server server = Server.start(config);
        ServerConfig samePort = config.withPort(server.port());
        List<Watch> watches = new ArrayList<>();
        try (MerapiClient watcher = connect(server.port())) {
            try (MerapiClient writer = connect(server.port())) {
                CREATE.forEach(writer::execute);
                writeALittle(writer, 1);
                for (Ordered query : QUERIES) {
                    watches.add(new Watch(watcher, query, query.orders().getFirst(), ""));
                }
                watches.forEach(watch -> watch.check(writer));
            }
            for (int restart = 0; restart < 2; restart++) {
                try (MerapiClient writer = connect(server.port())) {
                    writeALittle(writer, 10 + restart);
                }
                server.close();
                server = Server.start(samePort);
                try (MerapiClient writer = connect(server.port())) {
                    writeALittle(writer, 20 + restart);
                    watches.forEach(watch -> watch.check(writer));
                }
            }
        } finally {
            server.close();
        }
    }

    private static List<Watch> watches(Draw draw, MerapiClient watcher) {
        List<Watch> watches = new ArrayList<>();
        for (Ordered query : QUERIES) {
            String limit = draw.oneIn(3) ? " LIMIT " + draw.intBetween(1, 5) : "";
            String offset = !limit.isEmpty() && draw.bool() ? " OFFSET " + draw.intBetween(0, 3) : "";
            String order = draw.pick(query.orders());
            draw.note(query.select() + " ORDER BY " + order + limit + offset);
            watches.add(new Watch(watcher, query, order, limit + offset));
        }
        return watches;
    }

    /** One query, watched as a list and as events. */
    private static final class Watch implements AutoCloseable {
        private final String once;
        private final LiveRows rows;
        private final LiveEvents events;
        private final List<Row> followed = new ArrayList<>();

        Watch(MerapiClient watcher, Ordered query, String order, String limit) {
            String live = query.select() + " ORDER BY " + order;
            // Without a limit a query asked once leaves rows as they come that ORDER BY does not tell apart.
            String rest = String.join(
                    ", ",
                    IntStream.rangeClosed(1, query.columns())
                            .mapToObj(Integer::toString)
                            .toList());
            this.once = (limit.isEmpty() ? live + ", " + rest : live) + limit;
            rows = watcher.live(live + limit, LiveOptions.DEFAULT);
            events = watcher.liveEvents(live + limit, LiveOptions.DEFAULT, this::follow);
        }

        private void follow(LiveEvent event) {
            synchronized (followed) {
                switch (event) {
                    case LiveEvent.Ack ack -> {}
                    case LiveEvent.Reset reset -> followed.clear();
                    case LiveEvent.InitialBatch batch -> followed.addAll(batch.rows());
                    case LiveEvent.Change change -> follow(change);
                    case LiveEvent.Error error -> throw new AssertionError(error);
                }
            }
        }

        private void follow(LiveEvent.Change change) {
            for (int i = 0;
                    i < Math.max(change.rows().size(), change.oldValues().size());
                    i++) {
                if (change.changeType() != ChangeType.INSERT) {
                    Row removed = followed.remove((int) change.oldIndexes().get(i));
                    assertThat(removed).isEqualTo(change.oldValues().get(i));
                }
                if (change.changeType() != ChangeType.DELETE) {
                    followed.add(change.newIndexes().get(i), change.rows().get(i));
                }
            }
        }

        void check(MerapiClient fresh) {
            List<String> expected = texts(fresh.query(once));
            awaitEqual(() -> rows.rows().isComplete() ? texts(rows.rows()) : List.of("not complete"), expected);
            awaitEqual(
                    () -> {
                        synchronized (followed) {
                            return texts(followed);
                        }
                    },
                    expected);
        }

        private void awaitEqual(Supplier<List<String>> actual, List<String> expected) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!actual.get().equals(expected)) {
                if (System.nanoTime() > deadline) {
                    assertThat(actual.get()).as(once).isEqualTo(expected);
                }
                pause();
            }
        }

        @Override
        public void close() {
            rows.close();
            events.close();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(List<Row> rows) {
        return rows.stream().map(Row::toString).toList();
    }

    private static void write(Draw draw, MerapiClient writer, int statements) {
        for (int i = 0; i < statements; i++) {
            int id = draw.intBetween(0, 15);
            Integer group = draw.oneIn(5) ? null : draw.intBetween(0, 3);
            String body = draw.oneIn(4) ? null : draw.pick(List.of("a", "b", "B", "é", "\uD83C\uDF0B"));
            switch (draw.intBetween(0, 4)) {
                case 0, 1 ->
                    writer.execute(
                            "INSERT INTO items VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET grp ="
                                    + " excluded.grp, body = excluded.body, amount = excluded.amount",
                            id,
                            group,
                            body,
                            draw.intBetween(0, 3));
                case 2 -> writer.execute("DELETE FROM items WHERE id = $1", id);
                case 3 -> writer.execute("UPDATE items SET grp = $1 WHERE grp = $2", group, draw.intBetween(0, 3));
                default -> writer.execute("UPDATE items SET amount = 3 - amount WHERE id <= $1", id);
            }
        }
    }

    private static void writeALittle(MerapiClient writer, int round) {
        for (int i = 0; i < 5; i++) {
            writer.execute(
                    "INSERT INTO items VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET amount = 1, grp = 2",
                    (long) (round * 3 + i),
                    i % 3,
                    "b" + i % 2,
                    i % 2);
        }
        writer.execute("DELETE FROM items WHERE id = $1", round * 3L - 1);
    }

    private static MerapiClient connect(int port) {
        return MerapiClient.builder()
                .uri("ws://127.0.0.1:" + port)
                .reconnect(new ReconnectPolicy(Duration.ofMillis(20), Duration.ofMillis(200), 0.5, Integer.MAX_VALUE))
                .connect();
    }
}
