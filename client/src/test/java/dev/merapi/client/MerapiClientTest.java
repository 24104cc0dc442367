package dev.merapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.client.connection.ClientLimits;
import dev.merapi.client.connection.ConnectionListener;
import dev.merapi.client.connection.ConnectionState;
import dev.merapi.client.connection.ReconnectPolicy;
import dev.merapi.client.connection.Timeouts;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.ConnectionLimits;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.Result;
import dev.merapi.wire.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests and the connection under them, against a peer that follows a script. */
final class MerapiClientTest {
    private static final RowType TYPE =
            RowType.of(Column.required("id", ScalarType.I64), Column.required("body", ScalarType.TEXT));
    private static final RowLayout LAYOUT = RowLayout.of(TYPE);

    private final ScriptedPeer peer = new ScriptedPeer();
    private World world = new World(peer);

    @AfterEach
    void close() {
        world.client().close();
    }

    // ---- queries

    @Test
    void nothing_connects_before_it_is_needed() {
        world.run();
        assertThat(world.client().state()).isEqualTo(new ConnectionState.Idle());
        assertThat(world.transport().links()).isEmpty();

        world.client().async().query("SELECT 1");
        world.run();
        assertThat(world.client().state()).isEqualTo(new ConnectionState.Connected(1, "ann", "main"));
    }

    @Test
    void a_query_gives_rows_and_the_position_they_are_from() {
        Rows rows = answered(
                world.client().async().query("SELECT * FROM items WHERE id > $1", 3),
                ClientMessage.Query.class,
                query -> results(query.requestId(), rows(4, 5)));

        assertThat(ids(rows)).containsExactly(4L, 5L);
        assertThat(rows.position()).isEqualTo("42@0000000000000007");
    }

    @Test
    void large_results_come_in_parts() {
        CompletionStage<Rows> stage = world.client().async().query("SELECT * FROM items");
        world.run();
        peer.next(ClientMessage.Hello.class);
        long id = peer.next(ClientMessage.Query.class).requestId();
        peer.say(new ServerMessage.ResultRows(id, 0, rows(1, 2)));
        peer.say(new ServerMessage.ResultRows(id, 0, rows(3)));
        peer.say(results(id, rows(4)));
        world.run();

        assertThat(ids(now(stage))).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void query_one_takes_one_row_or_none_and_refuses_more() {
        assertThat(one(rows())).isEmpty();
        assertThat(one(rows(5)).orElseThrow().getLong("id")).isEqualTo(5);
        assertThatThrownBy(() -> one(rows(5, 6))).satisfies(e -> assertCode(e, ErrorCode.MORE_THAN_ONE_ROW));
    }

    private Optional<Row> one(List<byte[]> rows) {
        CompletionStage<Optional<Row>> stage = world.client().async().queryOne("SELECT");
        world.run();
        ClientMessage last = peer.rest().getLast();
        peer.say(results(((ClientMessage.Query) last).requestId(), rows));
        world.run();
        return now(stage);
    }

    @Test
    void rows_can_be_had_as_maps() {
        List<Map<String, Object>> maps = answered(
                world.client().async().queryRows("SELECT"),
                ClientMessage.Query.class,
                query -> results(query.requestId(), rows(4)));

        assertThat(maps).containsExactly(Map.of("id", 4L, "body", "row"));
    }

    @Test
    void a_query_that_turns_out_to_write_is_sent_as_a_write() {
        CompletionStage<Rows> stage = world.client().async().query("INSERT INTO items VALUES (1) RETURNING *");
        world.run();
        peer.next(ClientMessage.Hello.class);
        peer.say(failed(peer.next(ClientMessage.Query.class).requestId(), ErrorCode.WRITE_IN_QUERY));
        world.run();
        ClientMessage.Execute execute = peer.next(ClientMessage.Execute.class);
        peer.say(results(execute.requestId(), rows(1)));
        world.run();

        assertThat(ids(now(stage))).containsExactly(1L);
        assertThat(execute.confirm()).isEqualTo(Confirm.DURABLE);
    }

    @Test
    void a_batch_is_one_transaction_with_the_confirmation_that_was_asked_for() {
        List<ExecuteResult> results = answered(
                world.client()
                        .async()
                        .batch(
                                List.of(Statement.of("INSERT …"), Statement.of("UPDATE … $1", 5)),
                                Confirmation.COMMITTED),
                ClientMessage.Execute.class,
                execute -> {
                    assertThat(execute.statements()).hasSize(2);
                    assertThat(execute.confirm()).isEqualTo(Confirm.COMMITTED);
                    return new ServerMessage.Results(
                            execute.requestId(),
                            List.of(
                                    new Result("INSERT", RowType.EMPTY, List.of(), 1),
                                    new Result("UPDATE", TYPE, rows(5), 1)),
                            ScriptedPeer.POSITION,
                            false);
                });

        assertThat(results).extracting(ExecuteResult::command).containsExactly("INSERT", "UPDATE");
        assertThat(ids(results.getLast().rows())).containsExactly(5L);
        assertThat(results.getLast().position()).isEqualTo("42@0000000000000007");
    }

    @Test
    void blocking_calls_wait_for_the_answer() {
        Rows rows = blocking(
                () -> world.client().query("SELECT"),
                ClientMessage.Query.class,
                query -> results(query.requestId(), rows(1)));

        assertThat(ids(rows)).containsExactly(1L);
    }

    @Test
    void a_prepared_statement_runs_with_other_parameters() {
        Prepared insert = world.client().prepare("INSERT INTO items VALUES ($1, $2)");
        List<ExecuteResult> results = blocking(
                () -> insert.executeAll(List.of(List.of(1, "a"), List.of(2, "b"))),
                ClientMessage.Execute.class,
                execute -> {
                    assertThat(execute.statements())
                            .extracting(statement ->
                                    statement.parameters().getFirst().value())
                            .containsExactly(1, 2);
                    Result one = new Result("INSERT", RowType.EMPTY, List.of(), 1);
                    return new ServerMessage.Results(
                            execute.requestId(), List.of(one, one), ScriptedPeer.POSITION, true);
                });

        assertThat(results).hasSize(2);
    }

    @Test
    void an_error_keeps_code_position_and_hint() {
        CompletionStage<Rows> stage = world.client().async().query("SELECT nme FROM items");
        world.run();
        peer.next(ClientMessage.Hello.class);
        CodedException error = new CodedException(ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                .with("column", "nme")
                .at(8)
                .hint("did you mean name?");
        peer.say(new ServerMessage.RequestFailed(
                peer.next(ClientMessage.Query.class).requestId(), ErrorInfo.of(error)));
        world.run();

        assertThatThrownBy(() -> now(stage))
                .asInstanceOf(type(CodedException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
                    assertThat(e.position()).hasValue(8);
                    assertThat(e.hint()).isEqualTo("did you mean name?");
                    assertThat(e.context()).containsEntry("column", "nme");
                });
    }

    @Test
    void helpers_for_tables_send_names_quoted_and_values_as_parameters() {
        world.client().async().insert("items", ordered("id", 1, "body", null));
        world.client().async().update("shop.items", Map.of("id", 1), Map.of("body", "it's"));
        world.client().async().delete("\"Items\"", ordered("id", 1, "body", "x"));
        world.run();

        assertThat(peer.rest().stream()
                        .filter(ClientMessage.Execute.class::isInstance)
                        .map(message ->
                                ((ClientMessage.Execute) message).statements().getFirst())
                        .map(statement -> statement.sql() + " "
                                + statement.parameters().stream()
                                        .map(parameter -> String.valueOf(parameter.value()))
                                        .toList()))
                .containsExactly(
                        "INSERT INTO \"items\" (\"id\", \"body\") VALUES ($1, $2) [1, null]",
                        "UPDATE \"shop\".\"items\" SET \"body\" = $1 WHERE \"id\" = $2 [it's, 1]",
                        "DELETE FROM \"Items\" WHERE \"id\" = $1 AND \"body\" = $2 [1, x]");
    }

    // ---- lost connections

    @Test
    void a_read_under_way_is_sent_again_over_the_next_connection() {
        CompletionStage<Rows> stage = world.client().async().query("SELECT");
        world.run();
        world.reconnect();
        List<ClientMessage> heard = peer.rest();
        assertThat(heard)
                .extracting(message -> message.getClass().getSimpleName())
                .containsExactly("Hello", "Query", "Hello", "Query");

        peer.say(results(((ClientMessage.Query) heard.getLast()).requestId(), rows(1)));
        world.run();
        assertThat(ids(now(stage))).containsExactly(1L);
    }

    @Test
    void a_read_that_outlives_three_connections_fails() {
        CompletionStage<Rows> stage = world.client().async().query("SELECT");
        world.run();
        for (int i = 0; i < 3; i++) {
            world.reconnect();
        }

        assertThatThrownBy(() -> now(stage)).satisfies(e -> assertCode(e, ErrorCode.CONNECTION_LOST));
    }

    @Test
    void the_outcome_of_a_write_under_way_is_unknown() {
        CompletionStage<ExecuteResult> stage = world.client().async().execute("INSERT");
        world.run();
        world.reconnect();

        assertThatThrownBy(() -> now(stage)).satisfies(e -> assertCode(e, ErrorCode.OUTCOME_UNKNOWN));
        assertThat(peer.rest())
                .filteredOn(ClientMessage.Execute.class::isInstance)
                .hasSize(1);
    }

    @Test
    void a_write_that_never_left_is_sent_over_the_next_connection() {
        world.client().async().query("SELECT 1");
        world.run();
        peer.link().hold(true);
        CompletionStage<ExecuteResult> underWay = world.client().async().execute("first");
        CompletionStage<ExecuteResult> behind = world.client().async().execute("second");
        world.run();
        world.reconnect();

        assertThatThrownBy(() -> now(underWay)).satisfies(e -> assertCode(e, ErrorCode.OUTCOME_UNKNOWN));
        assertThat(behind.toCompletableFuture()).isNotDone();
        ClientMessage.Execute second = (ClientMessage.Execute) peer.rest().stream()
                .filter(ClientMessage.Execute.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(second.statements().getFirst().sql()).isEqualTo("second");
    }

    @Test
    void a_server_that_leaves_gets_no_new_requests_and_those_it_refused_go_to_the_next() {
        CompletionStage<ExecuteResult> refused = world.client().async().execute("first");
        world.run();
        peer.next(ClientMessage.Hello.class);
        ClientMessage.Execute first = peer.next(ClientMessage.Execute.class);
        peer.say(new ServerMessage.Goodbye(CloseCode.GOING_AWAY.number(), "restart"));
        peer.say(failed(first.requestId(), ErrorCode.SHUTTING_DOWN));
        world.run();
        CompletionStage<ExecuteResult> late = world.client().async().execute("second");
        world.run();
        assertThat(peer.rest()).isEmpty();

        peer.link().end(CloseCode.GOING_AWAY.number(), "restart");
        world.run();
        world.pass(Duration.ofSeconds(2));
        assertThat(peer.rest())
                .filteredOn(ClientMessage.Execute.class::isInstance)
                .extracting(message -> ((ClientMessage.Execute) message)
                        .statements()
                        .getFirst()
                        .sql())
                .containsExactly("first", "second");
        assertThat(refused.toCompletableFuture()).isNotDone();
        assertThat(late.toCompletableFuture()).isNotDone();
    }

    @Test
    void messages_leave_one_at_a_time_and_together_when_they_had_to_wait() {
        world.client().async().query("SELECT 0");
        world.run();
        peer.link().hold(true);
        for (int i = 1; i <= 50; i++) {
            world.client().async().query("SELECT " + i);
        }
        world.run();
        assertThat(peer.rest()).hasSize(2);

        peer.link().hold(false);
        world.run();
        assertThat(peer.rest()).hasSize(50);
    }

    // ---- limits and times

    @Test
    void no_more_requests_are_under_way_than_the_server_allows() {
        peer.allowing(new ConnectionLimits(1 << 20, 2, 10, 10, 0));
        for (int i = 0; i < 5; i++) {
            world.client().async().query("SELECT");
        }
        world.run();
        peer.next(ClientMessage.Hello.class);
        List<ClientMessage> underWay = peer.rest();
        assertThat(underWay).hasSize(2);

        peer.say(results(((ClientMessage.Query) underWay.getFirst()).requestId(), rows()));
        world.run();
        assertThat(peer.rest()).hasSize(1);
    }

    @Test
    void a_full_queue_refuses_asynchronous_requests() {
        world = new World(peer.silent(), options -> options.limits(new ClientLimits(1, 2, 1 << 20)));
        world.client().async().query("SELECT");
        world.client().async().query("SELECT");
        CompletionStage<Rows> third = world.client().async().query("SELECT");
        world.run();

        assertThatThrownBy(() -> now(third)).satisfies(e -> assertCode(e, ErrorCode.REQUEST_QUEUE_FULL));
    }

    @Test
    void a_full_queue_makes_blocking_requests_wait() throws Exception {
        world = new World(peer.silent(), options -> options.limits(new ClientLimits(1, 1, 1 << 20)));
        world.client().async().query("first");
        CompletableFuture<Rows> blocked =
                CompletableFuture.supplyAsync(() -> world.client().query("second"));
        world.run();
        assertThat(blocked).isNotDone();

        world.client().close();
        assertThatThrownBy(() -> blocked.get(10, TimeUnit.SECONDS))
                .cause()
                .satisfies(e -> assertCode(e, ErrorCode.CLIENT_CLOSED));
    }

    @Test
    void a_request_larger_than_the_server_takes_is_refused_here() {
        peer.allowing(new ConnectionLimits(1000, 10, 10, 10, 0));
        CompletionStage<Rows> large = world.client().async().query("SELECT '" + "x".repeat(2000) + "'");
        CompletionStage<Rows> small = world.client().async().query("SELECT 1");
        world.run();

        assertThatThrownBy(() -> now(large)).satisfies(e -> assertCode(e, ErrorCode.FRAME_TOO_LARGE));
        assertThat(small.toCompletableFuture()).isNotDone();
        assertThat(peer.rest()).hasSize(2);
    }

    @Test
    void a_read_without_answer_times_out_and_is_cancelled_at_the_server() {
        CompletionStage<Rows> stage = world.client().async().query("SELECT");
        world.run();
        peer.rest();
        world.pass(Duration.ofSeconds(31));

        assertThatThrownBy(() -> now(stage)).satisfies(e -> assertCode(e, ErrorCode.REQUEST_TIMEOUT));
        assertThat(peer.rest()).anyMatch(ClientMessage.Cancel.class::isInstance);
    }

    @Test
    void a_write_without_answer_has_an_unknown_outcome() {
        CompletionStage<ExecuteResult> stage = world.client().async().execute("INSERT");
        world.run();
        world.pass(Duration.ofSeconds(31));

        assertThatThrownBy(() -> now(stage)).satisfies(e -> assertCode(e, ErrorCode.OUTCOME_UNKNOWN));
    }

    @Test
    void a_request_that_finds_no_server_says_why() {
        world.transport().refuse(true);
        CompletionStage<ExecuteResult> stage = world.client().async().execute("INSERT");
        world.run();
        for (int i = 0; i < 40; i++) {
            world.pass(Duration.ofSeconds(1));
        }

        assertThatThrownBy(() -> now(stage))
                .satisfies(e -> assertCode(e, ErrorCode.REQUEST_TIMEOUT))
                .hasMessageContaining("connection refused");
    }

    @Test
    void an_answer_that_comes_too_late_is_ignored() {
        world.client().async().query("SELECT");
        world.run();
        peer.next(ClientMessage.Hello.class);
        long id = peer.next(ClientMessage.Query.class).requestId();
        world.pass(Duration.ofSeconds(31));
        peer.say(results(id, rows(1)));
        peer.say(results(999, rows(1)));
        world.run();

        assertThat(world.client().state()).isInstanceOf(ConnectionState.Connected.class);
    }

    // ---- the connection

    @Test
    void a_token_is_asked_for_at_every_attempt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        world = new World(peer, options -> options.tokenProvider(() -> "token " + asked.incrementAndGet()));
        world.client().async().query("SELECT");
        runUntil(() -> !world.transport().links().isEmpty());
        world.drop();
        world.run();
        world.pass(Duration.ofSeconds(2));
        runUntil(() -> world.transport().links().size() == 2);
        world.run();

        assertThat(peer.rest().stream()
                        .filter(ClientMessage.Hello.class::isInstance)
                        .map(hello -> ((ClientMessage.Hello) hello).token()))
                .containsExactly("token 1", "token 2");
    }

    @Test
    void listeners_hear_of_the_connection_in_order() {
        List<String> log = new ArrayList<>();
        world = new World(
                peer,
                options -> options.listener(new ConnectionListener() {
                    @Override
                    public void onConnect(ConnectionState.Connected state) {
                        log.add("connect " + state.connectionId());
                    }

                    @Override
                    public void onDisconnect(Disconnect disconnect) {
                        log.add("disconnect " + disconnect.code() + " " + disconnect.reconnecting());
                    }

                    @Override
                    public void onError(CodedException error, boolean recoverable) {
                        log.add("error " + error.code() + " " + recoverable);
                    }

                    @Override
                    public boolean wantsMessages() {
                        return true;
                    }

                    @Override
                    public void onSend(Message message) {
                        log.add("> " + message.kind());
                    }

                    @Override
                    public void onReceive(Message message) {
                        log.add("< " + message.kind());
                    }
                }));
        world.client().async().query("SELECT");
        world.run();
        world.reconnect();

        assertThat(log)
                .containsExactly(
                        "> Hello",
                        "< Welcome",
                        "connect 1",
                        "> Query",
                        "disconnect 1006 true",
                        "error CONNECTION_LOST true",
                        "> Hello",
                        "< Welcome",
                        "connect 2",
                        "> Query");
    }

    @Test
    void a_listener_that_fails_does_no_harm() {
        world = new World(
                peer,
                options -> options.listener(new ConnectionListener() {
                    @Override
                    public void onConnect(ConnectionState.Connected state) {
                        throw new IllegalStateException("listener");
                    }
                }));

        Rows rows = answered(
                world.client().async().query("SELECT"),
                ClientMessage.Query.class,
                query -> results(query.requestId(), rows(1)));

        assertThat(rows).hasSize(1);
    }

    @Test
    void a_connection_without_a_sign_of_life_is_replaced() {
        world.client().async().query("SELECT");
        world.run();
        peer.link().hold(true);
        world.pass(Duration.ofSeconds(10));
        world.pass(Duration.ofSeconds(5));

        assertThat(world.client().state()).isInstanceOf(ConnectionState.Waiting.class);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.client().state()).isEqualTo(new ConnectionState.Connected(2, "ann", "main"));
    }

    @Test
    void bytes_that_are_no_message_end_the_client() {
        CompletionStage<Rows> stage = world.client().async().query("SELECT");
        world.run();
        peer.sayBytes((byte) 1, (byte) 2, (byte) 3);
        world.run();

        assertThat(world.client().state()).isInstanceOf(ConnectionState.Closed.class);
        assertThatThrownBy(() -> now(stage)).satisfies(e -> assertCode(e, ErrorCode.MALFORMED_MESSAGE));
        CompletionStage<Rows> later = world.client().async().query("SELECT");
        world.run();
        assertThatThrownBy(() -> now(later)).satisfies(e -> assertCode(e, ErrorCode.MALFORMED_MESSAGE));
    }

    @Test
    void connecting_blocks_until_the_welcome_and_fails_with_the_reason() throws Exception {
        CompletableFuture<Void> connected =
                CompletableFuture.runAsync(() -> world.client().connect());
        runUntil(connected::isDone);
        connected.get();
        world.client().close();

        World unreachable = new World(peer);
        unreachable.transport().refuse(true);
        CompletableFuture<Void> refused =
                CompletableFuture.runAsync(() -> unreachable.client().connect());
        while (!refused.isDone()) {
            unreachable.run();
            Thread.onSpinWait();
        }
        assertThatThrownBy(refused::join).cause().satisfies(e -> assertCode(e, ErrorCode.CONNECTION_FAILED));
        unreachable.client().close();
    }

    @Test
    void a_policy_of_never_reconnecting_ends_the_client_with_the_first_loss() {
        world = new World(peer, options -> options.reconnect(ReconnectPolicy.NEVER));
        world.client().async().query("SELECT");
        world.run();
        world.drop();
        world.run();

        assertThat(world.client().state()).isInstanceOf(ConnectionState.Closed.class);
    }

    @Test
    void closing_says_goodbye_and_fails_what_comes_after() {
        world = new World(peer, options -> options.timeouts(Timeouts.DEFAULT.withClose(Duration.ofMillis(500))));
        answered(
                world.client().async().query("SELECT"),
                ClientMessage.Query.class,
                query -> results(query.requestId(), rows()));
        Thread closing = Thread.ofPlatform().start(() -> world.client().close());
        runUntil(() -> !closing.isAlive());
        world.client().close();

        assertThat(peer.closeCodes()).containsExactly(1000);
        assertThatThrownBy(() -> world.client().query("SELECT")).satisfies(e -> assertCode(e, ErrorCode.CLIENT_CLOSED));
    }

    @Test
    void closing_waits_for_answers_under_way() throws Exception {
        world = new World(peer, options -> options.timeouts(Timeouts.DEFAULT.withClose(Duration.ofSeconds(20))));
        CompletionStage<ExecuteResult> stage = world.client().async().execute("INSERT");
        world.run();
        peer.next(ClientMessage.Hello.class);
        ClientMessage.Execute execute = peer.next(ClientMessage.Execute.class);
        Thread closing = Thread.ofPlatform().start(() -> world.client().close());
        runUntil(() -> closing.getState() == Thread.State.TIMED_WAITING);
        CompletionStage<Rows> late = world.client().async().query("SELECT");
        peer.say(new ServerMessage.Results(
                execute.requestId(),
                List.of(new Result("INSERT", RowType.EMPTY, List.of(), 1)),
                ScriptedPeer.POSITION,
                true));
        runUntil(() -> !closing.isAlive());

        assertThat(now(stage).rowCount()).isEqualTo(1);
        assertThatThrownBy(() -> now(late)).satisfies(e -> assertCode(e, ErrorCode.CLIENT_CLOSED));
    }

    @Test
    void an_interrupted_caller_gets_its_thread_back() throws Exception {
        Thread caller = Thread.currentThread();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                world.client().query("SELECT");
            } catch (CodedException e) {
                outcome.complete(e);
            }
        });
        runUntil(() -> peer.rest().stream().anyMatch(ClientMessage.Query.class::isInstance));
        waiting.interrupt();

        assertCode(outcome.get(10, TimeUnit.SECONDS), ErrorCode.REQUEST_INTERRUPTED);
        assertThat(caller.isInterrupted()).isFalse();
        world.run();
        assertThat(peer.rest()).anyMatch(ClientMessage.Cancel.class::isInstance);
    }

    @Test
    void addresses_are_checked() {
        for (String bad : List.of("localhost:3000", "ftp://x", "ws://", "ws://x#y", "ws://u:p@x", "nonsense %")) {
            assertThatThrownBy(() -> MerapiClient.builder().uri(bad))
                    .as(bad)
                    .satisfies(e -> assertCode(e, ErrorCode.INVALID_OPTION));
        }
    }

    // ---- help

    private <R, M extends ClientMessage> R answered(
            CompletionStage<R> stage, Class<M> kind, Function<M, ServerMessage> answer) {
        world.run();
        peer.next(ClientMessage.Hello.class);
        peer.say(answer.apply(peer.next(kind)));
        world.run();
        return now(stage);
    }

    private <R, M extends ClientMessage> R blocking(
            Supplier<R> call, Class<M> kind, Function<M, ServerMessage> answer) {
        CompletableFuture<R> result = CompletableFuture.supplyAsync(call);
        List<ClientMessage> heard = new ArrayList<>();
        runUntil(() -> {
            heard.addAll(peer.rest());
            return heard.stream().anyMatch(kind::isInstance);
        });
        peer.say(answer.apply(kind.cast(heard.getLast())));
        runUntil(result::isDone);
        return now(result);
    }

    private void runUntil(Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.get()) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadline);
            world.run();
            Thread.onSpinWait();
        }
        world.run();
    }

    private static <R> R now(CompletionStage<R> stage) {
        CompletableFuture<R> future = stage.toCompletableFuture();
        assertThat(future).as("an answer").isDone();
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void assertCode(Throwable error, ErrorCode code) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static ServerMessage results(long requestId, List<byte[]> rows) {
        return new ServerMessage.Results(
                requestId, List.of(new Result("SELECT", TYPE, rows, rows.size())), ScriptedPeer.POSITION, true);
    }

    private static ServerMessage failed(long requestId, ErrorCode code) {
        return new ServerMessage.RequestFailed(requestId, ErrorInfo.of(new CodedException(code, "no")));
    }

    private static List<byte[]> rows(long... ids) {
        List<byte[]> rows = new ArrayList<>();
        for (long id : ids) {
            rows.add(LAYOUT.encode(id, "row"));
        }
        return rows;
    }

    private static List<Long> ids(Rows rows) {
        return rows.stream().map(row -> row.getLong("id")).toList();
    }

    private static Map<String, Object> ordered(String name, Object value, String otherName, Object otherValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        map.put(otherName, otherValue);
        return map;
    }
}
