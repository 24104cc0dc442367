package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.ChangeType;
import dev.merapi.client.live.Checkpoint;
import dev.merapi.client.live.LiveError;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The page {@code docs/guide/live.md}: its snippets are regions of this file, and every name it maps is tried out
 * against a real server. The names are those of the Python page our users come from.
 */
final class LiveGuideTest {
    private static final Path PAGE = Path.of("../../docs/guide/live.md");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String QUERY = "SELECT id, body FROM chat.messages WHERE thread_id = 1";

    private Server server;
    private MerapiClient client;
    private String url;

    @BeforeEach
    void start() {
        server = Server.start(ServerConfig.memory().withPort(0));
        url = "ws://127.0.0.1:" + server.port();
        client = MerapiClient.builder().uri(url).connect();
        client.execute("CREATE SCHEMA chat");
        client.execute(
                "CREATE TABLE chat.messages (id bigint PRIMARY KEY, thread_id integer NOT NULL, body text NOT NULL)");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    // ---- the snippets

    @Test
    void materialized_rows() throws Exception {
        insert(1, "hello");
        BlockingQueue<List<Message>> rendered = new LinkedBlockingQueue<>();
        AtomicReference<String> saved = new AtomicReference<>();

        // tag::rows[]
        LiveRows live = client.live(
                "SELECT id, body FROM chat.messages WHERE thread_id = $1",
                LiveOptions.builder()
                        .parameters(1)
                        .lastRows(20)
                        .limit(20)
                        .keyColumns("id")
                        .onCheckpoint(checkpoint -> saved.set(checkpoint.lastSeqId()))
                        .build(),
                rows -> rendered.add(rows.as(Message.class)));
        // end::rows[]

        assertThat(take(rendered)).containsExactly(new Message(1, "hello"));
        insert(2, "world");
        assertThat(take(rendered)).containsExactly(new Message(1, "hello"), new Message(2, "world"));
        live.close();
        live.completion().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(saved.get()).contains("@");
    }

    // tag::record[]
    record Message(long id, String body) {}
    // end::record[]

    @Test
    void a_whole_table() throws Exception {
        insert(1, "hello");
        List<String> seen = new ArrayList<>();

        // tag::table[]
        try (LiveRows messages = client.liveTable(
                "chat.messages", LiveOptions.builder().lastRows(20).build())) {
            for (Rows rows : messages) {
                seen.add(rows.getFirst().getString("body"));
                break;
            }
        }
        // end::table[]

        assertThat(seen).containsExactly("hello");
    }

    @Test
    void low_level_events() throws Exception {
        insert(1, "hello");
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        Map<Long, Row> hydrated = new LinkedHashMap<>();

        // tag::events[]
        LiveEvents events = client.liveEvents(
                "SELECT * FROM chat.messages WHERE thread_id = 1",
                LiveOptions.builder()
                        .batchSize(100)
                        .lastRows(50)
                        .onCheckpoint(checkpoint -> log.add("save " + checkpoint.lastSeqId()))
                        .onError(error -> log.add("error " + error.code()))
                        .build(),
                event -> {
                    switch (event) {
                        case LiveEvent.Ack ack -> log.add("opened " + ack.subscriptionId());
                        case LiveEvent.InitialBatch batch ->
                            batch.rows().forEach(row -> hydrated.put(row.getLong("id"), row));
                        case LiveEvent.Change change -> {
                            change.oldValues().forEach(row -> hydrated.remove(row.getLong("id")));
                            change.rows().forEach(row -> hydrated.put(row.getLong("id"), row));
                        }
                        case LiveEvent.Reset reset -> hydrated.clear();
                        case LiveEvent.Error error ->
                            log.add("ended by " + error.error().code());
                    }
                });
        // end::events[]

        assertThat(take(log)).startsWith("opened live-");
        assertThat(take(log)).startsWith("save ");
        client.execute("UPDATE chat.messages SET body = 'hi' WHERE id = 1");
        assertThat(take(log)).startsWith("save ");
        assertThat(hydrated.get(1L).getString("body")).isEqualTo("hi");
        client.execute("DELETE FROM chat.messages");
        assertThat(take(log)).startsWith("save ");
        assertThat(hydrated).isEmpty();
        events.close();
    }

    @Test
    void three_ways_to_take_rows() throws Exception {
        insert(1, "hello");
        String sql = QUERY;

        // tag::first[]
        CompletionStage<Rows> first = client.live(sql, LiveOptions.DEFAULT).first();
        // end::first[]
        assertThat(first.toCompletableFuture().get(20, TimeUnit.SECONDS)).hasSize(1);

        CompletableFuture<Void> done = new CompletableFuture<>();
        // tag::publisher[]
        Flow.Publisher<Rows> publisher = client.live(sql, LiveOptions.DEFAULT);
        // end::publisher[]
        publisher.subscribe(new FirstOnly(done));
        done.get(20, TimeUnit.SECONDS);
        assertThat(done).isCompleted();
    }

    @Test
    void resuming_in_another_session() {
        insert(1, "hello");
        LiveOptions none = LiveOptions.DEFAULT;
        Checkpoint checkpoint;
        try (LiveEvents session = client.liveEvents(QUERY, none)) {
            LiveIterator<LiveEvent> events = session.iterator();
            await(events, LiveEvent.InitialBatch.class::isInstance);
            events.poll(Duration.ZERO);
            checkpoint = session.checkpoint().orElseThrow();
        }
        client.execute("DELETE FROM chat.messages WHERE id = 1");
        insert(2, "world");

        // tag::resume[]
        LiveEvents resumed = client.liveEvents(
                QUERY, LiveOptions.builder().from(checkpoint.lastSeqId()).build());
        // end::resume[]

        LiveIterator<LiveEvent> events = resumed.iterator();
        LiveEvent.Ack ack = (LiveEvent.Ack) await(events, event -> true);
        assertThat(ack.start()).isEqualTo(LiveEvent.Start.RESUMED);
        assertThat(((LiveEvent.Change) await(events, event -> true)).changeType())
                .isEqualTo(ChangeType.DELETE);
        assertThat(((LiveEvent.Change) await(events, event -> true)).changeType())
                .isEqualTo(ChangeType.INSERT);
        resumed.close();
    }

    /** Takes one list and is content. */
    private record FirstOnly(CompletableFuture<Void> done) implements Flow.Subscriber<Rows> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(Rows rows) {
            done.complete(null);
        }

        @Override
        public void onError(Throwable error) {
            done.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            done.complete(null);
        }
    }

    // ---- the names

    /** What the page maps, and what holds for each. */
    private Map<String, Runnable> names() {
        Map<String, Runnable> names = new LinkedHashMap<>();
        names.put("live()", this::live_gives_the_current_rows);
        names.put("live_table()", this::live_table_is_select_all);
        names.put("live_events()", this::live_events_gives_the_protocol_events);
        names.put("async for rows in live_rows", this::rows_are_iterated);
        names.put("close()", this::close_ends_the_subscription);
        names.put("batch_size", this::batch_size_bounds_each_initial_batch);
        names.put("last_rows", this::last_rows_begin_with_the_newest);
        names.put("from_", this::from_resumes_after_a_position);
        names.put("auto_fetch_batches", this::batches_wait_to_be_fetched);
        names.put("limit", this::limit_keeps_the_newest_and_fills_up);
        names.put("key_columns", this::key_columns_identify_rows);
        names.put("on_checkpoint", this::checkpoints_come_after_the_rows);
        names.put("on_error", this::errors_are_told_separately);
        names.put("checkpoint[\"subscription_id\"]", this::a_checkpoint_names_its_subscription);
        names.put("checkpoint[\"last_seq_id\"]", this::a_checkpoint_can_be_resumed_from);
        names.put("event[\"type\"]", this::events_are_told_apart_by_type);
        names.put("subscription_ack", this::the_first_event_acknowledges);
        names.put("event[\"subscription_id\"]", this::the_acknowledgement_names_the_subscription);
        names.put("initial_data_batch", this::initial_rows_come_in_batches);
        names.put("change", this::changes_follow_the_batches);
        names.put("event[\"change_type\"]", this::a_change_says_what_happened);
        names.put("event[\"rows\"]", this::a_change_has_the_new_rows);
        names.put("event[\"old_values\"]", this::a_change_has_the_old_rows);
        names.put("error", this::an_error_is_the_last_event);
        return names;
    }

    @TestFactory
    Stream<DynamicTest> every_mapped_name_exists_and_behaves() {
        return names().entrySet().stream()
                .map(name -> dynamicTest(name.getKey(), () -> {
                    client.execute("DELETE FROM chat.messages");
                    name.getValue().run();
                }));
    }

    @Test
    void the_page_maps_exactly_these_names() throws Exception {
        Pattern row = Pattern.compile("\\| `([^`]+)` \\| `[^`]+`.*\\|");
        List<String> mapped = Files.readAllLines(PAGE).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();

        assertThat(mapped).containsExactlyElementsOf(names().keySet());
    }

    private void live_gives_the_current_rows() {
        insert(1, "a");
        try (LiveRows live = client.live(QUERY, LiveOptions.DEFAULT)) {
            LiveIterator<Rows> lists = live.iterator();
            assertThat(bodies(lists.next())).containsExactly("a");
            client.execute("UPDATE chat.messages SET body = 'b' WHERE id = 1");
            assertThat(bodies(lists.next())).containsExactly("b");
            client.execute("UPDATE chat.messages SET thread_id = 2 WHERE id = 1");
            assertThat(lists.next()).as("a row that leaves the filter").isEmpty();
        }
    }

    private void live_table_is_select_all() {
        insert(1, "a");
        try (LiveRows live = client.liveTable("chat.messages", LiveOptions.DEFAULT)) {
            Rows rows = live.iterator().next();
            assertThat(rows.columns().names()).containsExactly("id", "thread_id", "body");
            assertThat(bodies(rows)).containsExactly("a");
        }
    }

    private void live_events_gives_the_protocol_events() {
        try (LiveEvents live = client.liveEvents(QUERY, LiveOptions.DEFAULT)) {
            LiveIterator<LiveEvent> events = live.iterator();
            assertThat(events.next()).isInstanceOf(LiveEvent.Ack.class);
            assertThat(events.next()).isInstanceOf(LiveEvent.InitialBatch.class);
        }
    }

    private void rows_are_iterated() {
        insert(1, "a");
        List<Integer> sizes = new ArrayList<>();
        try (LiveRows live = client.live(QUERY, LiveOptions.DEFAULT)) {
            for (Rows rows : live) {
                sizes.add(rows.size());
                if (sizes.size() == 2) {
                    break;
                }
                insert(2, "b");
            }
        }
        assertThat(sizes).containsExactly(1, 2);
    }

    private void close_ends_the_subscription() {
        LiveRows live = client.live(QUERY, LiveOptions.DEFAULT);
        LiveIterator<Rows> lists = live.iterator();
        lists.next();
        live.close();
        assertThat(lists.hasNext()).isFalse();
    }

    private void batch_size_bounds_each_initial_batch() {
        for (int id = 1; id <= 5; id++) {
            insert(id, "a");
        }
        assertThat(batches(LiveOptions.builder().batchSize(2).build())).containsExactly(2, 2, 1);
    }

    private void last_rows_begin_with_the_newest() {
        for (int id = 1; id <= 5; id++) {
            insert(id, "m" + id);
        }
        try (LiveRows live =
                client.live(QUERY, LiveOptions.builder().lastRows(2).build())) {
            assertThat(bodies(live.iterator().next())).containsExactly("m4", "m5");
        }
    }

    private void from_resumes_after_a_position() {
        insert(1, "old");
        String position = client.query(QUERY).position();
        insert(2, "new");
        try (LiveEvents live =
                client.liveEvents(QUERY, LiveOptions.builder().from(position).build())) {
            LiveIterator<LiveEvent> events = live.iterator();
            assertThat(((LiveEvent.Ack) events.next()).start()).isEqualTo(LiveEvent.Start.RESUMED);
            assertThat(bodies(((LiveEvent.Change) events.next()).rows())).containsExactly("new");
        }
        long offset = Long.parseLong(position.substring(0, position.indexOf('@')));
        try (LiveEvents live =
                client.liveEvents(QUERY, LiveOptions.builder().from(offset).build())) {
            LiveIterator<LiveEvent> events = live.iterator();
            events.next();
            assertThat(bodies(((LiveEvent.Change) events.next()).rows())).containsExactly("new");
        }
    }

    private void batches_wait_to_be_fetched() {
        for (int id = 1; id <= 4; id++) {
            insert(id, "a");
        }
        LiveOptions options =
                LiveOptions.builder().batchSize(2).autoFetchBatches(false).build();
        try (LiveRows live = client.live(QUERY, options)) {
            LiveIterator<Rows> lists = live.iterator();
            Rows part = lists.next();
            assertThat(part).hasSize(2);
            assertThat(part.isComplete()).isFalse();
            assertThat(lists.poll(Duration.ofMillis(100))).isEmpty();
            live.fetchNextBatch();
            Rows all = lists.next();
            while (!all.isComplete()) {
                live.fetchNextBatch();
                all = lists.next();
            }
            assertThat(all).hasSize(4);
        }
    }

    private void limit_keeps_the_newest_and_fills_up() {
        for (int id = 1; id <= 4; id++) {
            insert(id, "m" + id);
        }
        LiveOptions options = LiveOptions.builder().lastRows(2).limit(2).build();
        try (LiveRows live = client.live(QUERY, options)) {
            LiveIterator<Rows> lists = live.iterator();
            assertThat(bodies(lists.next())).containsExactly("m3", "m4");
            client.execute("DELETE FROM chat.messages WHERE id = 4");
            assertThat(bodies(lists.next())).containsExactly("m2", "m3");
        }
    }

    private void key_columns_identify_rows() {
        insert(1, "a");
        insert(2, "b");
        String withoutId = "SELECT thread_id, body FROM chat.messages";
        try (LiveRows live = client.live(
                withoutId, LiveOptions.builder().keyColumns("thread_id").build())) {
            LiveIterator<Rows> lists = live.iterator();
            assertThat(bodies(lists.next())).as("the latest row of each thread").containsExactly("b");
            insert(3, "c");
            assertThat(bodies(lists.next())).containsExactly("c");
        }
    }

    private void checkpoints_come_after_the_rows() {
        List<String> log = new ArrayList<>();
        LiveOptions options = LiveOptions.builder()
                .onCheckpoint(checkpoint -> log.add("checkpoint"))
                .build();
        try (LiveRows live = client.live(QUERY, options)) {
            LiveIterator<Rows> lists = live.iterator();
            lists.next();
            log.add("rows processed");
            lists.poll(Duration.ofMillis(1));
        }
        assertThat(log).startsWith("rows processed", "checkpoint");
    }

    private void errors_are_told_separately() {
        BlockingQueue<LiveError> errors = new LinkedBlockingQueue<>();
        client.liveEvents(
                "SELECT * FROM chat.nothing",
                LiveOptions.builder().onError(errors::add).build());
        LiveError error = take(errors);
        assertThat(error.code()).isEqualTo("UNKNOWN_TABLE");
        assertThat(error.message()).isNotBlank();
        assertThat(error.fatal()).isTrue();
    }

    private void a_checkpoint_names_its_subscription() {
        BlockingQueue<Checkpoint> checkpoints = new LinkedBlockingQueue<>();
        LiveOptions options =
                LiveOptions.builder().onCheckpoint(checkpoints::add).build();
        try (LiveRows live = client.live(QUERY, options, rows -> {})) {
            assertThat(take(checkpoints).subscriptionId()).isEqualTo(live.subscriptionId());
        }
    }

    private void a_checkpoint_can_be_resumed_from() {
        BlockingQueue<Checkpoint> checkpoints = new LinkedBlockingQueue<>();
        LiveOptions options =
                LiveOptions.builder().onCheckpoint(checkpoints::add).build();
        LiveRows session = client.live(QUERY, options, rows -> {});
        String lastSeqId = take(checkpoints).lastSeqId();
        session.close();
        insert(1, "since then");
        try (LiveEvents live =
                client.liveEvents(QUERY, LiveOptions.builder().from(lastSeqId).build())) {
            LiveEvent.Change change = (LiveEvent.Change) await(live.iterator(), LiveEvent.Change.class::isInstance);
            assertThat(bodies(change.rows())).containsExactly("since then");
        }
    }

    private void events_are_told_apart_by_type() {
        try (LiveEvents live = client.liveEvents(QUERY, LiveOptions.DEFAULT)) {
            String kind = switch (live.iterator().next()) {
                case LiveEvent.Ack ack -> "ack";
                case LiveEvent.InitialBatch batch -> "batch";
                case LiveEvent.Change change -> "change";
                case LiveEvent.Reset reset -> "reset";
                case LiveEvent.Error error -> "error";
            };
            assertThat(kind).isEqualTo("ack");
        }
    }

    private void the_first_event_acknowledges() {
        try (LiveEvents live = client.liveEvents(QUERY, LiveOptions.DEFAULT)) {
            LiveEvent.Ack ack = (LiveEvent.Ack) live.iterator().next();
            assertThat(ack.columns().names()).containsExactly("id", "body");
            assertThat(ack.keyColumns()).containsExactly("id");
            assertThat(ack.start()).isEqualTo(LiveEvent.Start.FRESH);
        }
    }

    private void the_acknowledgement_names_the_subscription() {
        try (LiveEvents live = client.liveEvents(QUERY, LiveOptions.DEFAULT)) {
            assertThat(((LiveEvent.Ack) live.iterator().next()).subscriptionId())
                    .isEqualTo(live.subscriptionId());
        }
    }

    private void initial_rows_come_in_batches() {
        insert(1, "a");
        try (LiveEvents live = client.liveEvents(QUERY, LiveOptions.DEFAULT)) {
            LiveEvent.InitialBatch batch =
                    (LiveEvent.InitialBatch) await(live.iterator(), LiveEvent.InitialBatch.class::isInstance);
            assertThat(bodies(batch.rows())).containsExactly("a");
            assertThat(batch.hasMore()).isFalse();
        }
    }

    private void changes_follow_the_batches() {
        assertThat(change(() -> insert(1, "a")).endOfCommit()).isTrue();
    }

    private void a_change_says_what_happened() {
        assertThat(change(() -> insert(1, "a")).changeType()).isEqualTo(ChangeType.INSERT);
        assertThat(change(() -> client.execute("UPDATE chat.messages SET body = 'b'"))
                        .changeType())
                .isEqualTo(ChangeType.UPDATE);
        assertThat(change(() -> client.execute("DELETE FROM chat.messages")).changeType())
                .isEqualTo(ChangeType.DELETE);
    }

    private void a_change_has_the_new_rows() {
        assertThat(bodies(change(() -> insert(1, "a")).rows())).containsExactly("a");
        assertThat(bodies(change(() -> client.execute("UPDATE chat.messages SET body = 'b'"))
                        .rows()))
                .containsExactly("b");
        assertThat(change(() -> client.execute("DELETE FROM chat.messages")).rows())
                .isEmpty();
    }

    private void a_change_has_the_old_rows() {
        assertThat(change(() -> insert(1, "a")).oldValues()).isEmpty();
        assertThat(bodies(change(() -> client.execute("UPDATE chat.messages SET body = 'b'"))
                        .oldValues()))
                .containsExactly("a");
        assertThat(bodies(change(() -> client.execute("DELETE FROM chat.messages"))
                        .oldValues()))
                .containsExactly("b");
    }

    private void an_error_is_the_last_event() {
        LiveOptions quiet = LiveOptions.builder().onError(error -> {}).build();
        try (LiveEvents live = client.liveEvents("SELECT nothing FROM chat.messages", quiet)) {
            LiveEvent.Error error = (LiveEvent.Error) live.iterator().next();
            assertThat(error.error().code()).isEqualTo("UNKNOWN_COLUMN");
            assertThat(error.error().error().position()).hasValue(8);
        }
    }

    // ---- help

    private void insert(long id, String body) {
        client.execute("INSERT INTO chat.messages (id, thread_id, body) VALUES ($1, 1, $2)", id, body);
    }

    /** The first change after something was done, seen by a live query opened before. */
    private LiveEvent.Change change(Runnable action) {
        try (LiveEvents live = client.liveEvents(QUERY, LiveOptions.DEFAULT)) {
            LiveIterator<LiveEvent> events = live.iterator();
            await(events, event -> event instanceof LiveEvent.InitialBatch batch && !batch.hasMore());
            action.run();
            return (LiveEvent.Change) await(events, LiveEvent.Change.class::isInstance);
        }
    }

    private List<Integer> batches(LiveOptions options) {
        List<Integer> sizes = new ArrayList<>();
        try (LiveEvents live = client.liveEvents(QUERY, options)) {
            for (LiveEvent event : live) {
                if (event instanceof LiveEvent.InitialBatch batch) {
                    sizes.add(batch.rows().size());
                    if (!batch.hasMore()) {
                        break;
                    }
                }
            }
        }
        return sizes;
    }

    private static LiveEvent await(LiveIterator<LiveEvent> events, Predicate<LiveEvent> wanted) {
        while (true) {
            Optional<LiveEvent> event = events.poll(SOON);
            assertThat(event).as("an event").isPresent();
            if (wanted.test(event.get())) {
                return event.get();
            }
        }
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            T item = queue.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(item).as("something within %s", SOON).isNotNull();
            return item;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> bodies(List<Row> rows) {
        return rows.stream().map(row -> row.getString("body")).toList();
    }
}
