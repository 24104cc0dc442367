package dev.merapi.client;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.live.ChangeType;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveIterator;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The rows of a query with an order, whatever happens: at each position they are those of the query, place for place.
 * What is ordered by is hidden, so nobody but the client itself can know the order.
 */
final class LiveOrderPropertyTest {
    private static final Duration NOW = Duration.ZERO;

    @Test
    void every_list_is_in_the_order_of_the_query() {
        property().runs(300).explore(draw -> {
            boolean small = draw.bool();
            ModelServer server = new ModelServer().inOrder();
            if (draw.bool()) {
                server.withoutKeys();
            }
            World world = new World(server);
            Turmoil.fill(draw, server);
            LiveOptions.Builder options = LiveOptions.builder();
            if (draw.oneIn(4)) {
                options.keyColumns("id");
            }
            try (LiveRows live = world.client().live(small ? ModelServer.SMALL : "all", options.build())) {
                LiveIterator<Rows> lists = live.iterator();

                for (int i = draw.intBetween(0, 40); i > 0; i--) {
                    Turmoil.happen(draw, world, server);
                    lists.poll(NOW)
                            .ifPresent(rows ->
                                    assertThat(texts(rows)).isEqualTo(texts(server.rowsAt(rows.position(), small))));
                }
                Turmoil.settle(world, server);

                assertThat(texts(live.rows())).isEqualTo(texts(server.rows(small)));
            }
            world.client().close();
        });
    }

    @Test
    void a_limit_shows_the_beginning_of_the_order_however_many_leave() {
        property().runs(300).explore(draw -> {
            ModelServer server = new ModelServer().inOrder();
            World world = new World(server);
            Turmoil.fill(draw, server);
            int limit = draw.intBetween(1, 6);
            LiveOptions options = LiveOptions.builder().limit(limit).build();
            try (LiveRows live = world.client().live("all", options)) {
                LiveIterator<Rows> lists = live.iterator();

                for (int i = draw.intBetween(0, 60); i > 0; i--) {
                    Turmoil.happen(draw, world, server);
                    lists.poll(NOW)
                            .ifPresent(rows -> assertThat(texts(rows))
                                    .isEqualTo(first(limit, texts(server.rowsAt(rows.position(), false)))));
                }
                Turmoil.settle(world, server);

                assertThat(texts(live.rows())).isEqualTo(first(limit, texts(server.rows(false))));
            }
            world.client().close();
        });
    }

    @Test
    void a_list_that_follows_the_indexes_of_events_is_the_result() {
        property().runs(300).explore(draw -> {
            ModelServer server = new ModelServer().inOrder();
            World world = new World(server);
            Turmoil.fill(draw, server);
            LiveOptions options = LiveOptions.builder()
                    .batchSize(draw.intBetween(1, 5))
                    .maxBufferedRows(draw.intBetween(1, 6))
                    .build();
            try (LiveEvents live = world.client().liveEvents("all", options)) {
                LiveIterator<LiveEvent> events = live.iterator();
                List<Row> list = new ArrayList<>();

                for (int i = draw.intBetween(0, 60); i > 0; i--) {
                    Turmoil.happen(draw, world, server);
                    events.poll(NOW).ifPresent(event -> {
                        String position = follow(event, list);
                        if (!position.isEmpty()) {
                            assertThat(shown(list)).isEqualTo(texts(server.rowsAt(position, false)));
                        }
                    });
                }
                for (int quiet = 0; quiet < 3; quiet++) {
                    Turmoil.settle(world, server);
                    for (Optional<LiveEvent> e = events.poll(NOW); e.isPresent(); e = events.poll(NOW)) {
                        quiet = 0;
                        follow(e.get(), list);
                        world.run();
                    }
                }

                assertThat(shown(list)).isEqualTo(texts(server.rows(false)));
            }
            world.client().close();
        });
    }

    /** Does what an event says; returns the position at which the list is consistent then, if it is. */
    private static String follow(LiveEvent event, List<Row> list) {
        switch (event) {
            case LiveEvent.Ack ack -> {}
            case LiveEvent.Reset reset -> list.clear();
            case LiveEvent.InitialBatch batch -> {
                list.addAll(batch.rows());
                return batch.hasMore() ? "" : batch.rows().position();
            }
            case LiveEvent.Change change -> {
                for (int i = 0;
                        i < Math.max(change.rows().size(), change.oldValues().size());
                        i++) {
                    if (change.changeType() != ChangeType.INSERT) {
                        Row removed = list.remove((int) change.oldIndexes().get(i));
                        assertThat(removed).isEqualTo(change.oldValues().get(i));
                    }
                    if (change.changeType() != ChangeType.DELETE) {
                        list.add(change.newIndexes().get(i), change.rows().get(i));
                    }
                }
                return change.endOfCommit() ? change.checkpoint().lastSeqId() : "";
            }
            case LiveEvent.Error error -> throw new AssertionError(error);
        }
        return "";
    }

    private static List<String> first(int limit, List<String> texts) {
        return texts.subList(0, Math.min(limit, texts.size()));
    }

    private static List<String> shown(List<Row> rows) {
        return rows.stream().map(Row::toString).toList();
    }

    private static List<String> texts(Rows rows) {
        return shown(rows);
    }

    private static List<String> texts(List<byte[]> rows) {
        return Rows.ofBytes(ModelServer.TYPE, rows, "").stream()
                .map(row -> "{id=" + row.get("id") + ", body=" + row.get("body") + "}")
                .toList();
    }
}
