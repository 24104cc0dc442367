package dev.merapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.live.Checkpoint;
import dev.merapi.client.live.LiveError;
import dev.merapi.client.live.LiveIterator;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveReset;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Rows;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code live} gives, to whom and when. */
final class LiveRowsTest {
    private final ModelServer server = new ModelServer();
    private final World world = new World(server);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        world.client().close();
    }

    @Test
    void a_callback_gets_the_whole_result_and_then_every_change() {
        insert(1, 2);
        world.client().live("all", LiveOptions.DEFAULT, rows -> log.add(text(rows)));

        world.run();
        insert(3);
        world.run();
        server.update(1, "z", 1);
        world.run();
        server.delete(2);
        world.run();

        assertThat(log).containsExactly("1a 2a", "1a 2a 3a", "1z 2a 3a", "1z 3a");
    }

    @Test
    void the_first_list_is_complete_however_many_batches_it_takes() {
        insert(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        world.client().live("all", LiveOptions.builder().batchSize(3).build(), rows -> log.add(text(rows)));

        world.run();

        assertThat(log).containsExactly("1a 2a 3a 4a 5a 6a 7a 8a 9a 10a");
    }

    @Test
    void an_empty_result_is_a_first_list_too() {
        world.client().live("all", LiveOptions.DEFAULT, rows -> log.add("[" + text(rows) + "] " + rows.isComplete()));

        world.run();

        assertThat(log).containsExactly("[] true");
    }

    @Test
    void a_slow_consumer_gets_the_newest_list_and_skips_those_between() {
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        LiveIterator<Rows> lists = live.iterator();
        insert(1);
        world.run();
        insert(2);
        world.run();
        insert(3);
        world.run();

        assertThat(text(lists.next())).isEqualTo("1a 2a 3a");
        assertThat(lists.poll(Duration.ZERO)).isEmpty();
    }

    @Test
    void the_first_result_is_a_stage_that_consumes_nothing() {
        insert(1);
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        CompletableFuture<Rows> first = live.first().toCompletableFuture();
        assertThat(first).isNotDone();

        world.run();

        assertThat(text(first.join())).isEqualTo("1a");
        assertThat(text(live.iterator().next())).isEqualTo("1a");
        assertThat(text(live.rows())).isEqualTo("1a");
    }

    @Test
    void a_publisher_gives_what_was_asked_for() {
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
        live.subscribe(logging(subscription));
        world.run();
        assertThat(log).isEmpty();

        subscription.get().request(1);
        world.run();
        insert(1);
        insert(2);
        world.run();
        assertThat(log).containsExactly("next ");

        subscription.get().request(5);
        world.run();
        assertThat(log).containsExactly("next ", "next 1a 2a");

        live.close();
        world.run();
        assertThat(log).containsExactly("next ", "next 1a 2a", "complete");
    }

    @Test
    void a_publisher_refuses_nonsensical_demand() {
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
        live.subscribe(logging(subscription));

        subscription.get().request(0);
        world.run();

        assertThat(log).containsExactly("error IllegalArgumentException");
    }

    @Test
    void cancelling_closes_the_live_query() {
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
        live.subscribe(logging(subscription));
        world.run();

        subscription.get().cancel();
        subscription.get().request(1);
        world.run();

        assertThat(server.subscriptions()).isZero();
        assertThat(log).isEmpty();
    }

    @Test
    void there_is_one_consumer() {
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        assertThat(live.iterator()).isNotNull();

        assertThatThrownBy(live::iterator)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIVE_CONSUMED_TWICE));

        live.subscribe(logging(new AtomicReference<>()));
        assertThat(log).containsExactly("error LIVE_CONSUMED_TWICE");
    }

    @Test
    void a_checkpoint_comes_after_the_callback_has_returned() {
        LiveOptions options = LiveOptions.builder()
                .onCheckpoint(checkpoint -> log.add("checkpoint " + checkpoint.lastSeqId()))
                .build();
        world.client().live("all", options, rows -> log.add("rows " + text(rows)));
        world.run();
        insert(1);
        world.run();

        assertThat(log)
                .containsExactly("rows ", "checkpoint 0@0000000000000007", "rows 1a", "checkpoint 1@0000000000000007");
    }

    @Test
    void a_checkpoint_comes_when_the_iterator_is_asked_for_more() {
        List<Checkpoint> checkpoints = new ArrayList<>();
        LiveRows live = world.client()
                .live(
                        "all",
                        LiveOptions.builder().onCheckpoint(checkpoints::add).build());
        LiveIterator<Rows> lists = live.iterator();
        world.run();

        lists.next();
        assertThat(checkpoints).isEmpty();
        assertThat(live.checkpoint()).isEmpty();

        lists.poll(Duration.ZERO);
        assertThat(checkpoints).containsExactly(new Checkpoint(live.subscriptionId(), "0@0000000000000007"));
        assertThat(live.checkpoint()).contains(checkpoints.getFirst());
    }

    @Test
    void there_is_no_checkpoint_for_rows_the_callback_failed_on() {
        List<String> errors = new ArrayList<>();
        LiveOptions options = LiveOptions.builder()
                .onCheckpoint(checkpoint -> log.add(checkpoint.lastSeqId()))
                .onError(error -> errors.add(error.code() + " " + error.fatal()))
                .build();
        world.client().live("all", options, rows -> {
            if (rows.size() == 1) {
                throw new IllegalStateException("cannot draw");
            }
        });
        world.run();
        insert(1);
        world.run();
        insert(2);
        world.run();

        assertThat(log).containsExactly("0@0000000000000007", "2@0000000000000007");
        assertThat(errors).containsExactly("LISTENER_FAILED false");
    }

    @Test
    void checkpoints_move_on_while_rows_do_not_change() {
        LiveOptions options = LiveOptions.builder()
                .onCheckpoint(checkpoint -> log.add(checkpoint.lastSeqId()))
                .build();
        world.client().live(ModelServer.SMALL, options, rows -> log.add("rows"));
        world.run();
        server.insert(1, "large", 9);
        server.progress();
        world.run();

        assertThat(log).containsExactly("rows", "0@0000000000000007", "1@0000000000000007");
    }

    @Test
    void after_a_lost_connection_deletes_updates_and_inserts_of_the_meantime_are_there() {
        insert(1, 2, 3);
        world.client().live("all", LiveOptions.DEFAULT, rows -> log.add(text(rows)));
        world.run();
        world.drop();
        world.run();

        server.delete(2);
        server.update(1, "z", 1);
        insert(4);
        world.pass(Duration.ofSeconds(2));

        assertThat(log).containsExactly("1a 2a 3a", "1z 3a 4a");
        assertThat(subscribes().getLast().options().from()).hasToString("3@0000000000000007");
    }

    @Test
    void when_the_history_is_gone_the_rows_are_replaced_and_the_application_is_told() {
        List<LiveReset> resets = new ArrayList<>();
        LiveOptions options = LiveOptions.builder().onReset(resets::add).build();
        insert(1, 2);
        LiveRows live = world.client().live("all", options, rows -> log.add(text(rows)));
        world.run();
        world.drop();
        server.delete(1);
        server.truncateHistory();
        world.run();

        world.pass(Duration.ofSeconds(2));

        assertThat(log).containsExactly("1a 2a", "2a");
        assertThat(resets).containsExactly(new LiveReset(live.subscriptionId(), "HISTORY_TRUNCATED"));
    }

    @Test
    void rows_stay_visible_while_the_connection_is_lost() {
        insert(1);
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        world.run();
        world.drop();
        world.run();

        assertThat(text(live.rows())).isEqualTo("1a");
        assertThat(live.rows().isComplete()).isTrue();
    }

    @Test
    void batches_come_on_request_when_they_are_not_fetched_automatically() {
        insert(1, 2, 3, 4, 5);
        LiveOptions options =
                LiveOptions.builder().batchSize(2).autoFetchBatches(false).build();
        LiveRows live = world.client().live("all", options, rows -> log.add(text(rows) + " " + rows.isComplete()));
        world.run();
        live.fetchNextBatch();
        world.run();
        live.fetchNextBatch();
        world.run();
        insert(6);
        world.run();

        assertThat(log)
                .containsExactly("1a 2a false", "1a 2a 3a 4a false", "1a 2a 3a 4a 5a true", "1a 2a 3a 4a 5a 6a true");
    }

    @Test
    void fetching_ahead_of_the_answer_is_remembered() {
        insert(1, 2, 3);
        LiveOptions options =
                LiveOptions.builder().batchSize(2).autoFetchBatches(false).build();
        LiveRows live = world.client().live("all", options);
        live.fetchNextBatch();

        world.run();

        assertThat(text(live.rows())).isEqualTo("1a 2a 3a");
    }

    @Test
    void a_limit_with_as_many_last_rows_is_filled_from_older_rows_after_a_delete() {
        insert(1, 2, 3, 4, 5);
        LiveOptions options = LiveOptions.builder().lastRows(2).limit(2).build();
        world.client().live("all", options, rows -> log.add(text(rows)));
        world.run();
        server.delete(5);
        world.run();
        server.delete(4);
        world.run();

        assertThat(log).containsExactly("4a 5a", "3a 4a", "2a 3a");
    }

    @Test
    void a_limit_is_filled_up_without_a_shorter_list_in_between() {
        for (int id = 1; id <= 60; id++) {
            insert(id);
        }
        LiveOptions options = LiveOptions.builder().limit(3).build();
        world.client().live("all", options, rows -> log.add(String.valueOf(rows.size())));
        world.run();

        for (int id = 60; id > 3; id--) {
            server.delete(id);
            world.run();
        }

        assertThat(log).containsOnly("3");
        assertThat(subscribes()).hasSizeBetween(2, 6);
        assertThat(server.subscriptions()).isOne();
    }

    @Test
    void last_rows_begin_with_the_newest() {
        insert(1, 2, 3);
        world.client().live("all", LiveOptions.builder().lastRows(2).build(), rows -> log.add(text(rows)));
        world.run();
        insert(4);
        world.run();

        assertThat(log).containsExactly("2a 3a", "2a 3a 4a");
    }

    @Test
    void rows_of_an_earlier_client_are_brought_up_to_date_by_the_difference_alone() {
        insert(1, 2, 3);
        LiveRows earlier = world.client().live("all", LiveOptions.DEFAULT);
        world.run();
        Rows kept = earlier.rows();
        server.delete(1);
        insert(4);
        World next = new World(server);

        next.client().live("all", LiveOptions.builder().from(kept).build(), rows -> log.add(text(rows)));
        next.run();

        assertThat(log).containsExactly("2a 3a 4a");
        assertThat(subscribes().getLast().options().from()).hasToString(kept.position());
        next.client().close();
    }

    @Test
    void a_position_alone_gives_the_whole_result() {
        insert(1, 2);
        String position = server.position().toString();
        insert(3);
        server.delete(1);

        world.client().live("all", LiveOptions.builder().from(position).build(), rows -> log.add(text(rows)));
        world.run();

        assertThat(log).containsExactly("2a 3a");
    }

    @Test
    void an_error_of_the_server_ends_the_live_query() {
        server.refuse(ErrorCode.UNKNOWN_TABLE);
        List<LiveError> errors = new ArrayList<>();
        LiveRows live = world.client()
                .live("all", LiveOptions.builder().onError(errors::add).build(), rows -> log.add("rows"));
        world.run();

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("UNKNOWN_TABLE");
            assertThat(error.fatal()).isTrue();
        });
        assertThat(live.first().toCompletableFuture()).isCompletedExceptionally();
        assertThat(live.completion().toCompletableFuture()).isCompletedExceptionally();
        assertThat(log).isEmpty();
    }

    @Test
    void an_error_reaches_the_iterator() {
        server.refuse(ErrorCode.UNKNOWN_TABLE);
        LiveIterator<Rows> lists =
                world.client().live("all", LiveOptions.DEFAULT).iterator();
        world.run();

        assertThatThrownBy(lists::hasNext)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_TABLE));
    }

    @Test
    void an_error_that_may_pass_is_reported_and_tried_again() {
        server.refuse(ErrorCode.SUBSCRIPTION_LAGGED);
        List<String> errors = new ArrayList<>();
        LiveOptions options = LiveOptions.builder()
                .onError(error -> errors.add(error.code() + " " + error.fatal()))
                .build();
        world.client().live("all", options, rows -> log.add(text(rows)));
        world.run();
        server.refuse(null);
        insert(1);

        world.pass(Duration.ofSeconds(1));

        assertThat(errors).containsExactly("SUBSCRIPTION_LAGGED false");
        assertThat(log).containsExactly("1a");
    }

    @Test
    void a_key_column_the_query_does_not_select_is_an_error() {
        List<String> errors = new ArrayList<>();
        LiveOptions options = LiveOptions.builder()
                .keyColumns("uid")
                .onError(error -> errors.add(error.code()))
                .build();
        world.client().live("all", options);

        world.run();

        assertThat(errors).containsExactly("UNKNOWN_COLUMN");
        assertThat(server.subscriptions()).isZero();
    }

    @Test
    void declared_key_columns_identify_rows() {
        server.insert(1, "oslo", 1);
        server.insert(2, "rome", 1);
        LiveOptions options =
                LiveOptions.builder().keyColumns(" body ", "", "body").build();
        world.client().live("all", options, rows -> log.add(text(rows)));
        world.run();
        server.insert(3, "oslo", 1);
        world.run();

        assertThat(log).containsExactly("1oslo 2rome", "3oslo 2rome");
    }

    @Test
    void a_change_that_contradicts_the_rows_leads_to_fetching_them_anew() {
        List<String> errors = new ArrayList<>();
        insert(1, 2);
        LiveOptions options = LiveOptions.builder()
                .onError(error -> errors.add(error.code() + " " + error.fatal()))
                .build();
        world.client().live("all", options, rows -> log.add(text(rows)));
        world.run();
        List<RowChange> impossible = List.of(new RowChange.Delete(ModelServer.row(99, "never", 1)));
        insert(3);
        server.send(
                world.transport().links().getFirst(),
                new ServerMessage.Update(1, 4, 0, impossible, ServerMessage.Update.End.COMMIT));
        world.run();

        assertThat(errors).containsExactly("LIVE_ROWS_DIVERGED false");
        assertThat(log.getLast()).isEqualTo("1a 2a 3a");
        assertThat(subscribes()).hasSize(2);
    }

    @Test
    void two_live_queries_with_one_result_are_told_apart() {
        List<String> other = new ArrayList<>();
        LiveRows first = world.client().live("all", LiveOptions.DEFAULT, rows -> log.add(text(rows)));
        world.client().live("all", LiveOptions.DEFAULT, rows -> other.add(text(rows)));
        world.run();
        insert(1);
        world.run();
        first.close();
        insert(2);
        world.run();

        assertThat(log).containsExactly("", "1a");
        assertThat(other).containsExactly("", "1a", "1a 2a");
    }

    @Test
    void closing_ends_the_iterator_and_tells_the_server() {
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        LiveIterator<Rows> lists = live.iterator();
        world.run();
        lists.next();

        live.close();
        live.close();
        world.run();

        assertThat(lists.hasNext()).isFalse();
        assertThat(server.subscriptions()).isZero();
        assertThat(live.completion().toCompletableFuture()).isCompleted();
    }

    @Test
    void closing_the_client_ends_its_live_queries_without_error() {
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        LiveIterator<Rows> lists = live.iterator();
        world.run();
        lists.next();

        world.client().close();
        world.run();

        assertThat(lists.hasNext()).isFalse();
        assertThat(live.completion().toCompletableFuture()).isCompleted();
    }

    @Test
    void an_iterator_waits_on_its_own_thread() throws Exception {
        LiveRows live = world.client().live("all", LiveOptions.DEFAULT);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            for (Rows rows : live) {
                seen.add("[" + text(rows) + "]");
            }
            seen.add("closed");
        });

        world.run();
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("[]");
        insert(1);
        world.run();
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("[1a]");
        live.close();
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
        reader.join();
    }

    @Test
    void waiting_can_be_interrupted() {
        LiveIterator<Rows> lists =
                world.client().live("all", LiveOptions.DEFAULT).iterator();
        Thread.currentThread().interrupt();

        assertThatThrownBy(lists::next)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void live_table_reads_the_whole_table() {
        world.client().liveTable("shop.Order", LiveOptions.DEFAULT);
        world.run();

        assertThat(subscribes().getFirst().statement().sql()).isEqualTo("SELECT * FROM \"shop\".\"order\"");
    }

    @Test
    void parameters_travel_with_their_types() {
        world.client()
                .live("all", LiveOptions.builder().parameters(1, "x", null).build());
        world.run();

        assertThat(subscribes().getFirst().statement().parameters())
                .extracting(parameter ->
                        parameter.type() == null ? "null" : parameter.type().sqlName())
                .containsExactly("integer", "text", "null");
    }

    private List<ClientMessage.Subscribe> subscribes() {
        return server.received(ClientMessage.Subscribe.class);
    }

    private void insert(int... ids) {
        for (int id : ids) {
            server.insert(id, "a", 1);
        }
    }

    static String text(Rows rows) {
        return String.join(
                " ",
                rows.stream()
                        .map(row -> row.getLong("id") + row.getString("body"))
                        .toList());
    }

    private Flow.Subscriber<Rows> logging(AtomicReference<Flow.Subscription> given) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                given.set(subscription);
            }

            @Override
            public void onNext(Rows rows) {
                log.add("next " + text(rows));
            }

            @Override
            public void onError(Throwable error) {
                log.add("error "
                        + (error instanceof CodedException coded
                                ? coded.code()
                                : error.getClass().getSimpleName()));
            }

            @Override
            public void onComplete() {
                log.add("complete");
            }
        };
    }
}
