package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.cli.output.JsonLines;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveIterator;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the front page shows is what happens. */
final class ReadmeTest {
    private static final Path PAGE = Path.of("../../README.md");
    private static final int LINES_MAX = 60;

    record Order(long id, String customer, int amount) {}

    @Test
    void the_client_on_the_front_page_works() throws Exception {
        try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
            String url = "ws://127.0.0.1:" + server.port();
            List<List<Order>> seen = new ArrayList<>();
            try (MerapiClient setup = MerapiClient.builder().uri(url).connect()) {
                setup.execute("CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount integer)");
            }

            // tag::client[]
            try (MerapiClient client = MerapiClient.builder().uri(url).connect()) {
                client.execute("INSERT INTO orders VALUES ($1, $2, $3)", 1, "ann", 5);
                try (LiveRows live = client.liveTable("orders", LiveOptions.DEFAULT)) {
                    for (Rows rows : live) {
                        seen.add(rows.as(Order.class)); // again after each change
                        // end::client[]
                        break;
                        // tag::client[]
                    }
                }
            }
            // end::client[]

            assertThat(seen).containsExactly(List.of(new Order(1, "ann", 5)));
        }
    }

    @Test
    void the_commit_on_the_front_page_causes_what_it_says() throws Exception {
        try (Server server = Server.start(ServerConfig.memory().withPort(0));
                MerapiClient client = MerapiClient.builder()
                        .uri("ws://127.0.0.1:" + server.port())
                        .connect()) {
            client.execute("CREATE TABLE orders (id bigint PRIMARY KEY, customer text, amount integer)");
            client.execute("INSERT INTO orders VALUES (1, 'ann', 5), (2, 'bob', 30)");
            List<String> queries = List.of(
                    "SELECT id, amount FROM orders WHERE customer = 'ann'",
                    "SELECT id, customer FROM orders WHERE amount >= 20");
            List<LiveIterator<LiveEvent>> live = new ArrayList<>();
            for (String sql : queries) {
                LiveIterator<LiveEvent> events =
                        client.liveEvents(sql, LiveOptions.DEFAULT).iterator();
                assertThat(events.next()).isInstanceOf(LiveEvent.Ack.class);
                assertThat(events.next()).isInstanceOf(LiveEvent.InitialBatch.class);
                live.add(events);
            }

            client.execute(
                    "UPDATE orders SET amount = amount + 15 WHERE customer = 'ann'; DELETE FROM orders WHERE id = 2");

            List<String> page = Files.readAllLines(PAGE);
            assertThat(page).hasSizeLessThanOrEqualTo(LINES_MAX);
            for (int i = 0; i < queries.size(); i++) {
                int shown = page.indexOf("live    " + queries.get(i));
                assertThat(shown).as("%s in %s", queries.get(i), PAGE).isPositive();
                List<String> expected = page.subList(shown + 1, page.size()).stream()
                        .takeWhile(line -> line.startsWith("        "))
                        .map(String::strip)
                        .toList();
                assertThat(changes(live.get(i))).isEqualTo(expected);
            }
        }
    }

    private static List<String> changes(LiveIterator<LiveEvent> events) {
        List<String> lines = new ArrayList<>();
        while (true) {
            LiveEvent.Change change =
                    (LiveEvent.Change) events.poll(Duration.ofSeconds(20)).orElseThrow();
            for (int i = 0;
                    i < Math.max(change.rows().size(), change.oldValues().size());
                    i++) {
                lines.add(change.changeType().name().toLowerCase(Locale.ROOT) + " "
                        + text(change.oldValues(), i)
                        + (change.rows().isEmpty() || change.oldValues().isEmpty() ? "" : " -> ")
                        + text(change.rows(), i));
            }
            if (change.endOfCommit()) {
                return lines;
            }
        }
    }

    private static String text(List<Row> rows, int index) {
        return index < rows.size() ? JsonLines.row(rows.get(index)) : "";
    }
}
