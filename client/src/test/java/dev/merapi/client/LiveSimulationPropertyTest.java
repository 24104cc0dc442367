package dev.merapi.client;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.live.Checkpoint;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveIterator;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A client and a model of the server live through commits, lost connections, slow phases, forgotten history and
 * restored databases, in an order that chance decides. Whatever the client shows must be exactly what the query gave at
 * the position it names, and in the end everything.
 */
final class LiveSimulationPropertyTest {
    private static final Duration NOW = Duration.ZERO;

    /** What happened in all runs together: a simulation in which nothing happens proves nothing. */
    private static final Map<String, Integer> HAPPENED = new TreeMap<>();

    @AfterAll
    static void everything_that_can_happen_did_happen() {
        if (System.getProperty("property.seed") == null) {
            assertThat(HAPPENED)
                    .containsKeys(
                            "Fresh[]",
                            "Resumed[]",
                            "Reset[reason=OTHER_EPOCH]",
                            "Reset[reason=HISTORY_TRUNCATED]",
                            "Reset[reason=POSITION_AHEAD]",
                            "commits lost",
                            "batch with more to come",
                            "last batch",
                            "difference in parts",
                            "difference at once",
                            "unsubscribed");
        }
    }

    private static void close(World world, ModelServer server) {
        world.client().close();
        server.happened().forEach((what, count) -> HAPPENED.merge(what, count, Integer::sum));
    }

    @Test
    void every_list_of_rows_is_what_the_query_gave_at_its_position() {
        property().runs(300).explore(draw -> {
            boolean small = draw.bool();
            ModelServer server = new ModelServer();
            if (draw.oneIn(4)) {
                server.withoutKeys();
            }
            World world = new World(server);
            Turmoil.fill(draw, server);
            LiveOptions.Builder options = LiveOptions.builder();
            if (draw.bool()) {
                options.batchSize(draw.intBetween(1, 5));
            }
            try (LiveRows live = world.client().live(small ? ModelServer.SMALL : "all", options.build())) {
                LiveIterator<Rows> lists = live.iterator();

                for (int i = draw.intBetween(0, 40); i > 0; i--) {
                    Turmoil.happen(draw, world, server);
                    lists.poll(NOW).ifPresent(rows -> assertExact(server, rows, small));
                }
                Turmoil.settle(world, server);
                Optional<Rows> last = lists.poll(NOW);
                last.ifPresent(rows -> assertExact(server, rows, small));

                assertThat(texts(live.rows())).isEqualTo(texts(server.rows(small)));
            }
            close(world, server);
        });
    }

    @Test
    void with_a_limit_the_newest_rows_are_shown_however_many_leave() {
        property().runs(300).explore(draw -> {
            ModelServer server = new ModelServer();
            World world = new World(server);
            Turmoil.fill(draw, server);
            int limit = draw.intBetween(1, 6);
            LiveOptions.Builder options = LiveOptions.builder().limit(limit);
            if (draw.bool()) {
                options.lastRows(limit + draw.intBetween(0, 3));
            }
            try (LiveRows live = world.client().live("all", options.build())) {
                LiveIterator<Rows> lists = live.iterator();

                for (int i = draw.intBetween(0, 60); i > 0; i--) {
                    Turmoil.happen(draw, world, server);
                    lists.poll(NOW).ifPresent(rows -> assertNewest(server, rows, limit));
                }
                Turmoil.settle(world, server);

                assertNewest(server, live.rows(), limit);
                assertThat(ids(live.rows())).isEqualTo(newest(server.rows(false), limit));
            }
            close(world, server);
        });
    }

    @Test
    void replayed_events_give_the_rows_of_the_query_at_every_checkpoint() {
        property().runs(300).explore(draw -> {
            boolean small = draw.bool();
            ModelServer server = new ModelServer();
            World world = new World(server);
            Turmoil.fill(draw, server);
            LiveOptions options = LiveOptions.builder()
                    .batchSize(draw.intBetween(1, 5))
                    .maxBufferedRows(draw.intBetween(1, 6))
                    .build();
            try (LiveEvents live = world.client().liveEvents(small ? ModelServer.SMALL : "all", options)) {
                LiveIterator<LiveEvent> events = live.iterator();
                Replay replay = new Replay();

                for (int i = draw.intBetween(0, 60); i > 0; i--) {
                    Turmoil.happen(draw, world, server);
                    if (draw.bool()) {
                        Optional<LiveEvent> event = events.poll(NOW);
                        event.ifPresent(replay::apply);
                        event.flatMap(Replay::consistentAt)
                                .ifPresent(position ->
                                        assertThat(replay.texts()).isEqualTo(texts(server.rowsAt(position, small))));
                    }
                }
                for (int quiet = 0; quiet < 3; quiet++) {
                    Turmoil.settle(world, server);
                    for (Optional<LiveEvent> e = events.poll(NOW); e.isPresent(); e = events.poll(NOW)) {
                        quiet = 0;
                        replay.apply(e.get());
                        world.run();
                    }
                }

                assertThat(replay.texts()).isEqualTo(texts(server.rows(small)));
            }
            close(world, server);
        });
    }

    @Test
    void events_taken_up_again_by_another_client_continue_without_gap_or_repetition() {
        property().runs(200).explore(draw -> {
            ModelServer server = new ModelServer();
            Turmoil.fill(draw, server);
            Replay replay = new Replay();
            Checkpoint checkpoint = null;

            for (int session = 0; session < 3; session++) {
                World world = new World(server);
                LiveOptions.Builder options = LiveOptions.builder();
                if (checkpoint != null) {
                    options.from(checkpoint);
                }
                try (LiveEvents live = world.client().liveEvents("all", options.build())) {
                    LiveIterator<LiveEvent> events = live.iterator();
                    for (int i = draw.intBetween(0, 15); i > 0; i--) {
                        Turmoil.happen(draw, world, server);
                    }
                    Turmoil.settle(world, server);
                    // The application stops wherever it happens to be; what it did not checkpoint it does again.
                    Replay attempt = replay.copy();
                    for (int i = draw.intBetween(0, 30); i > 0; i--) {
                        Optional<LiveEvent> event = events.poll(NOW);
                        world.run();
                        event.ifPresent(e -> draw.note(e));
                        event.ifPresent(attempt::apply);
                        if (event.flatMap(Replay::consistentAt).isPresent()) {
                            replay = attempt.copy();
                            checkpoint = event.flatMap(Replay::consistentAt)
                                    .map(position -> new Checkpoint("", position))
                                    .orElseThrow();
                        }
                    }
                }
                close(world, server);
                for (int i = draw.intBetween(0, 5); i > 0; i--) {
                    Turmoil.commit(draw, server);
                }
            }

            if (checkpoint != null) {
                assertThat(replay.texts()).isEqualTo(texts(server.rowsAt(checkpoint.lastSeqId(), false)));
            }
        });
    }

    // ---- what must hold

    private static void assertExact(ModelServer server, Rows rows, boolean small) {
        assertThat(rows.isComplete()).isTrue();
        assertThat(texts(rows)).isEqualTo(texts(server.rowsAt(rows.position(), small)));
    }

    private static void assertNewest(ModelServer server, Rows rows, int limit) {
        assertThat(ids(rows)).isEqualTo(newest(server.rowsAt(rows.position(), false), limit));
    }

    /** The model keeps rows in the order of insertion and an update in place, as a table does. */
    private static Set<Long> newest(List<byte[]> rows, int limit) {
        Set<Long> ids = new TreeSet<>();
        rows.subList(Math.max(0, rows.size() - limit), rows.size())
                .forEach(row -> ids.add(ModelServer.LAYOUT.getLong(row, 0)));
        return ids;
    }

    private static Set<Long> ids(Rows rows) {
        Set<Long> ids = new TreeSet<>();
        rows.forEach(row -> ids.add(row.getLong("id")));
        return ids;
    }

    private static List<String> texts(Rows rows) {
        return rows.stream().map(Row::toString).sorted().toList();
    }

    private static List<String> texts(Collection<byte[]> rows) {
        return texts(Rows.ofBytes(ModelServer.TYPE, List.copyOf(rows), ""));
    }

    /** An application that keeps its own copy of the rows by applying events, by key, one after another. */
    private static final class Replay {
        private final Map<Long, Row> rows = new HashMap<>();

        private Replay copy() {
            Replay copy = new Replay();
            copy.rows.putAll(rows);
            return copy;
        }

        private void apply(LiveEvent event) {
            switch (event) {
                case LiveEvent.Ack ack -> {
                    if (ack.start() == LiveEvent.Start.FRESH) {
                        assertThat(rows).isEmpty();
                    }
                }
                case LiveEvent.Reset reset -> rows.clear();
                case LiveEvent.InitialBatch batch -> {
                    for (Row row : batch.rows()) {
                        assertThat(rows.put(row.getLong("id"), row)).isNull();
                    }
                }
                case LiveEvent.Change change -> applyChange(change);
                case LiveEvent.Error error -> throw new AssertionError(error);
            }
        }

        private void applyChange(LiveEvent.Change change) {
            for (Row old : change.oldValues()) {
                assertThat(rows.remove(old.getLong("id"))).isEqualTo(old);
            }
            for (Row row : change.rows()) {
                assertThat(rows.put(row.getLong("id"), row)).isNull();
            }
        }

        /** The position at which everything is consistent after the event, if it is. */
        private static Optional<String> consistentAt(LiveEvent event) {
            return switch (event) {
                case LiveEvent.InitialBatch batch
                when !batch.hasMore() -> Optional.of(batch.rows().position());
                case LiveEvent.Change change
                when change.endOfCommit() -> Optional.of(change.checkpoint().lastSeqId());
                case LiveEvent.InitialBatch b -> Optional.empty();
                case LiveEvent.Change c -> Optional.empty();
                case LiveEvent.Ack a -> Optional.empty();
                case LiveEvent.Reset r -> Optional.empty();
                case LiveEvent.Error e -> Optional.empty();
            };
        }

        private List<String> texts() {
            return rows.values().stream().map(Row::toString).sorted().toList();
        }
    }
}
