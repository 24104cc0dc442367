package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Row;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The part of {@code docs/guide/live.md} about ORDER BY. */
final class LiveOrderGuideTest {
    private Server server;
    private MerapiClient client;

    @BeforeEach
    void start() {
        server = Server.start(ServerConfig.memory().withPort(0));
        client = MerapiClient.builder().uri("ws://127.0.0.1:" + server.port()).connect();
        client.execute("CREATE TABLE players (name text PRIMARY KEY, score integer NOT NULL)");
        client.execute("INSERT INTO players VALUES ('Ada', 7), ('Bob', 5)");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void a_list_in_order() throws Exception {
        BlockingQueue<String> screen = new LinkedBlockingQueue<>();

        // tag::ordered[]
        LiveRows ranking = client.live(
                "SELECT name FROM players ORDER BY score DESC",
                LiveOptions.DEFAULT,
                rows -> screen.add(rows.toString()));
        // end::ordered[]

        assertThat(take(screen)).isEqualTo("[{name=Ada}, {name=Bob}]");
        client.execute("UPDATE players SET score = 9 WHERE name = 'Bob'");
        assertThat(take(screen)).isEqualTo("[{name=Bob}, {name=Ada}]");
        client.execute("INSERT INTO players VALUES ('Abe', 7)");
        assertThat(take(screen)).isEqualTo("[{name=Bob}, {name=Abe}, {name=Ada}]");
        ranking.close();
    }

    @Test
    void a_list_that_follows_the_places() throws Exception {
        List<Row> list = new ArrayList<>();
        BlockingQueue<String> screen = new LinkedBlockingQueue<>();

        // tag::places[]
        LiveEvents places =
                client.liveEvents("SELECT name FROM players ORDER BY score DESC", LiveOptions.DEFAULT, event -> {
                    switch (event) {
                        case LiveEvent.InitialBatch batch -> list.addAll(batch.rows());
                        case LiveEvent.Reset reset -> list.clear();
                        case LiveEvent.Change change -> {
                            List<Integer> from = change.oldIndexes();
                            List<Integer> to = change.newIndexes();
                            for (int i = 0; i < Math.max(from.size(), to.size()); i++) {
                                if (i < from.size()) {
                                    list.remove((int) from.get(i));
                                }
                                if (i < to.size()) {
                                    list.add(to.get(i), change.rows().get(i));
                                }
                            }
                        }
                        case LiveEvent.Ack ack -> {}
                        case LiveEvent.Error error -> {}
                    }
                    screen.add(list.toString());
                });
        // end::places[]

        assertThat(take(screen)).isEqualTo("[]");
        assertThat(take(screen)).isEqualTo("[{name=Ada}, {name=Bob}]");
        client.execute("UPDATE players SET score = 9 WHERE name = 'Bob'");
        assertThat(take(screen)).isEqualTo("[{name=Bob}, {name=Ada}]");
        client.execute("DELETE FROM players WHERE name = 'Bob'");
        assertThat(take(screen)).isEqualTo("[{name=Ada}]");
        places.close();
    }

    private static String take(BlockingQueue<String> screen) throws InterruptedException {
        String shown = screen.poll(20, TimeUnit.SECONDS);
        assertThat(shown).as("nothing came").isNotNull();
        return shown;
    }
}
