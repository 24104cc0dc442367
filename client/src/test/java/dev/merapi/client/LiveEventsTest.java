package dev.merapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveIterator;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.Overflow;
import dev.merapi.client.row.Row;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.RowChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events of a live query, their order and their limits. */
final class LiveEventsTest {
    private final ModelServer server = new ModelServer();
    private final World world = new World(server);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        world.client().close();
    }

    @Test
    void events_tell_the_story_in_order() {
        insert(1, 2, 3);
        world.client().liveEvents("all", LiveOptions.builder().batchSize(2).build(), event -> log.add(text(event)));
        world.run();
        insert(4);
        world.run();
        server.update(1, "z", 1);
        world.run();
        server.delete(2);
        world.run();

        assertThat(log)
                .containsExactly(
                        "ack FRESH [id] at 3",
                        "batch 1a 2a more",
                        "batch 3a",
                        "INSERT [] -> [4a] end at 4",
                        "UPDATE [1a] -> [1z] end at 5",
                        "DELETE [2a] -> [] end at 6");
    }

    @Test
    void one_commit_is_told_as_deletes_then_updates_then_inserts() {
        insert(1, 2);
        world.client().liveEvents("all", LiveOptions.DEFAULT, event -> log.add(text(event)));
        world.run();
        log.clear();

        server.commit(List.of(
                new RowChange.Insert(ModelServer.row(3, "c", 1)),
                new RowChange.Update(server.current(1), ModelServer.row(1, "z", 1)),
                new RowChange.Delete(server.current(2))));
        world.run();

        assertThat(log)
                .containsExactly("DELETE [2a] -> [] at 2", "UPDATE [1a] -> [1z] at 2", "INSERT [] -> [3c] end at 3");
    }

    @Test
    void the_time_of_the_commit_is_told() {
        List<Instant> times = new ArrayList<>();
        world.client().liveEvents("all", LiveOptions.DEFAULT, event -> {
            if (event instanceof LiveEvent.Change change) {
                times.add(change.commitTime());
            }
        });
        world.run();
        insert(1);
        world.run();

        assertThat(times).containsExactly(Instant.EPOCH.plusMillis(1));
    }

    @Test
    void after_a_lost_connection_only_the_difference_is_told() {
        insert(1, 2);
        world.client().liveEvents("all", LiveOptions.DEFAULT, event -> log.add(text(event)));
        world.run();
        log.clear();
        world.drop();
        server.delete(1);
        insert(3);
        world.run();
        world.pass(Duration.ofSeconds(2));

        assertThat(log)
                .containsExactly("ack RESUMED [id] at 4", "DELETE [1a] -> [] at 2", "INSERT [] -> [3a] end at 4");
    }

    @Test
    void a_position_that_is_of_no_use_leads_to_a_reset() {
        insert(1);
        world.client().liveEvents("all", LiveOptions.DEFAULT, event -> log.add(text(event)));
        world.run();
        log.clear();
        server.startNewHistory();
        world.run();
        world.pass(Duration.ofSeconds(2));

        assertThat(log).containsExactly("ack RESET [id] at 100", "reset OTHER_EPOCH", "batch 1a");
    }

    @Test
    void an_offset_is_resumed_in_the_history_the_server_has() {
        insert(1, 2, 3);

        world.client().liveEvents("all", LiveOptions.builder().from(2).build(), event -> log.add(text(event)));
        world.run();

        assertThat(log).containsExactly("ack RESUMED [id] at 3", "INSERT [] -> [3a] end at 3");
    }

    @Test
    void an_offset_in_digits_is_an_offset() {
        insert(1, 2, 3);

        world.client().liveEvents("all", LiveOptions.builder().from("2").build(), event -> log.add(text(event)));
        world.run();

        assertThat(log).contains("INSERT [] -> [3a] end at 3");
    }

    @Test
    void batches_are_fetched_as_the_application_takes_them() {
        insert(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        LiveEvents live = world.client()
                .liveEvents("all", LiveOptions.builder().batchSize(2).build());
        LiveIterator<LiveEvent> events = live.iterator();
        world.run();
        // The first batch comes unasked, three more are asked for ahead.
        assertThat(server.received(ClientMessage.NextBatch.class)).hasSize(3);

        log.add(text(events.next()));
        world.run();
        assertThat(server.received(ClientMessage.NextBatch.class)).hasSize(3);

        log.add(text(events.next()));
        world.run();
        assertThat(server.received(ClientMessage.NextBatch.class)).hasSize(4);

        for (int i = 0; i < 5; i++) {
            log.add(text(events.next()));
            world.run();
        }
        assertThat(log)
                .containsExactly(
                        "ack FRESH [id] at 12",
                        "batch 1a 2a more",
                        "batch 3a 4a more",
                        "batch 5a 6a more",
                        "batch 7a 8a more",
                        "batch 9a 10a more",
                        "batch 11a 12a");
    }

    @Test
    void a_slow_application_pauses_the_query_and_gets_the_difference_later() {
        LiveOptions options = LiveOptions.builder().maxBufferedRows(3).build();
        LiveEvents live = world.client().liveEvents("all", options);
        LiveIterator<LiveEvent> events = live.iterator();
        world.run();
        for (int id = 1; id <= 20; id++) {
            insert(id);
            world.run();
        }
        assertThat(server.subscriptions()).isZero();

        drain(events);

        List<String> inserted =
                log.stream().filter(line -> line.startsWith("INSERT")).toList();
        assertThat(inserted)
                .hasSize(5)
                .last()
                .asString()
                .startsWith("INSERT [] -> [5a, 6a, 7a")
                .endsWith("20a] end at 20");
        assertThat(log).contains("ack RESUMED [id] at 20");
        assertThat(server.subscriptions()).isOne();
    }

    @Test
    void a_slow_application_can_choose_to_be_ended() {
        List<String> errors = new ArrayList<>();
        LiveOptions options = LiveOptions.builder()
                .maxBufferedRows(2)
                .overflow(Overflow.END)
                .onError(error -> errors.add(error.code()))
                .build();
        LiveEvents live = world.client().liveEvents("all", options);
        LiveIterator<LiveEvent> events = live.iterator();
        world.run();
        insert(1, 2, 3, 4, 5);
        world.run();

        assertThatThrownBy(() -> drain(events))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIVE_CONSUMER_TOO_SLOW));
        assertThat(log)
                .containsExactly(
                        "ack FRESH [id] at 0",
                        "batch ",
                        "INSERT [] -> [1a] end at 1",
                        "INSERT [] -> [2a] end at 2",
                        "INSERT [] -> [3a] end at 3",
                        "error LIVE_CONSUMER_TOO_SLOW");
        assertThat(errors).containsExactly("LIVE_CONSUMER_TOO_SLOW");
        assertThat(server.subscriptions()).isZero();
    }

    @Test
    void an_error_is_the_last_event() {
        server.refuse(ErrorCode.UNKNOWN_TABLE);
        world.client().liveEvents("all", LiveOptions.DEFAULT, event -> log.add(text(event)));
        world.run();

        assertThat(log).containsExactly("error UNKNOWN_TABLE");
    }

    @Test
    void options_that_belong_to_lists_are_refused() {
        LiveOptions limit = LiveOptions.builder().limit(5).build();
        LiveOptions keys = LiveOptions.builder().keyColumns("id").build();

        assertThatThrownBy(() -> world.client().liveEvents("all", limit)).isInstanceOf(CodedException.class);
        assertThatThrownBy(() -> world.client().liveEvents("all", keys)).isInstanceOf(CodedException.class);
    }

    @Test
    void positions_and_sizes_that_make_no_sense_are_refused_at_once() {
        assertThatThrownBy(() -> LiveOptions.builder().batchSize(0)).hasMessageContaining("batchSize");
        assertThatThrownBy(() -> LiveOptions.builder().lastRows(-1)).hasMessageContaining("lastRows");
        assertThatThrownBy(() -> LiveOptions.builder().limit(0)).hasMessageContaining("limit");
        assertThatThrownBy(() -> LiveOptions.builder().from(-1)).hasMessageContaining("from");
        assertThatThrownBy(() -> LiveOptions.builder().from("")).hasMessageContaining("from");
        assertThatThrownBy(() -> LiveOptions.builder().from("99999999999999999999"))
                .hasMessageContaining("from");
        LiveOptions nonsense = LiveOptions.builder().from("12@xyz").build();
        assertThatThrownBy(() -> world.client().liveEvents("all", nonsense))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_POSITION));
        assertThatThrownBy(() -> world.client().live("all", nonsense)).isInstanceOf(CodedException.class);
    }

    private void drain(LiveIterator<LiveEvent> events) {
        for (int quiet = 0; quiet < 3; quiet++) {
            world.run();
            for (Optional<LiveEvent> event = events.poll(Duration.ZERO);
                    event.isPresent();
                    event = events.poll(Duration.ZERO)) {
                log.add(text(event.get()));
                quiet = 0;
            }
        }
    }

    private void insert(int... ids) {
        for (int id : ids) {
            server.insert(id, "a", 1);
        }
    }

    private static String text(LiveEvent event) {
        return switch (event) {
            case LiveEvent.Ack ack -> "ack " + ack.start() + " " + ack.keyColumns() + " at " + offset(ack.position());
            case LiveEvent.InitialBatch batch ->
                "batch " + LiveRowsTest.text(batch.rows()) + (batch.hasMore() ? " more" : "");
            case LiveEvent.Change change ->
                change.changeType() + " " + rows(change.oldValues()) + " -> " + rows(change.rows())
                        + (change.endOfCommit() ? " end" : "") + " at "
                        + offset(change.checkpoint().lastSeqId());
            case LiveEvent.Reset reset -> "reset " + reset.reason();
            case LiveEvent.Error error -> "error " + error.error().code();
        };
    }

    private static List<String> rows(List<Row> rows) {
        return rows.stream()
                .map(row -> row.getLong("id") + row.getString("body"))
                .toList();
    }

    private static String offset(String position) {
        return position.substring(0, position.indexOf('@'));
    }
}
