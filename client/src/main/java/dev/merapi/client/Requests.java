package dev.merapi.client;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.internal.connection.Call;
import dev.merapi.client.internal.connection.ClientCore;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes requests of calls and results of answers, for the blocking face and, as {@link AsyncClient}, for the other. */
final class Requests implements AsyncClient {
    private final ClientCore core;
    private final Confirmation defaultConfirmation;
    private final Duration timeout;
    private final AtomicLong ids = new AtomicLong();

    Requests(ClientCore core, Confirmation defaultConfirmation, Duration timeout) {
        this.core = core;
        this.defaultConfirmation = defaultConfirmation;
        this.timeout = timeout;
    }

    // ---- requests

    Call read(Statement statement) {
        dev.merapi.wire.Statement sent = wire(statement);
        return Call.read(
                new ClientMessage.Query(ids.incrementAndGet(), sent),
                new ClientMessage.Execute(ids.incrementAndGet(), List.of(sent), wire(defaultConfirmation)),
                deadline());
    }

    Call write(List<Statement> statements, Confirmation confirmation) {
        List<dev.merapi.wire.Statement> sent = new ArrayList<>(statements.size());
        for (Statement statement : statements) {
            sent.add(wire(statement));
        }
        return Call.write(new ClientMessage.Execute(ids.incrementAndGet(), sent, wire(confirmation)), deadline());
    }

    Call request(String function, byte[] arguments, Confirmation confirmation) {
        return Call.of(
                new ClientMessage.Call(ids.incrementAndGet(), function, arguments, wire(confirmation)), deadline());
    }

    Call write(Statement statement) {
        return write(List.of(statement), defaultConfirmation);
    }

    Confirmation defaultConfirmation() {
        return defaultConfirmation;
    }

    static dev.merapi.wire.Statement wire(Statement statement) {
        return new dev.merapi.wire.Statement(statement.sql(), Parameters.of(statement.parameters()));
    }

    private static Confirm wire(Confirmation confirmation) {
        return switch (confirmation) {
            case DURABLE -> Confirm.DURABLE;
            case COMMITTED -> Confirm.COMMITTED;
        };
    }

    private long deadline() {
        return core.nanoTime() + timeout.toNanos();
    }

    // ---- answers

    /** Sends a request and waits for its answer. */
    <R> R await(Call call, Function<Call.Reply, R> convert) {
        core.submit(call, true);
        try {
            return convert.apply(call.answer().get());
        } catch (InterruptedException e) {
            core.forget(call);
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.REQUEST_INTERRUPTED, "waiting for an answer was interrupted")
                    .hint("a write may have taken effect")
                    .causedBy(e);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    /** Sends a request; the stage is completed on the callback executor. */
    private <R> CompletionStage<R> later(Call call, Function<Call.Reply, R> convert) {
        core.submit(call, false);
        return call.answer()
                .handleAsync(
                        (reply, failure) -> {
                            if (failure != null) {
                                throw unwrapped(failure);
                            }
                            return convert.apply(reply);
                        },
                        core.callbacks());
    }

    private static RuntimeException unwrapped(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case CodedException coded -> coded;
            case CancellationException cancelled -> cancelled;
            case null, default -> new IllegalStateException("unexpected failure of a request", cause);
        };
    }

    static Rows rows(Call.Reply reply) {
        Result last = reply.results().getLast();
        return Rows.ofBytes(last.rowType(), last.rows(), reply.position().toString());
    }

    /** What a function returned; nothing from a reducer. */
    static Optional<Row> returned(Call.Reply reply) {
        return Optional.ofNullable(rows(reply).first());
    }

    static Optional<Row> one(Call.Reply reply) {
        Rows rows = rows(reply);
        if (rows.size() > 1) {
            throw new CodedException(ErrorCode.MORE_THAN_ONE_ROW, "the query gave more than one row")
                    .with("rows", rows.size())
                    .hint("use query, or add LIMIT 1");
        }
        return Optional.ofNullable(rows.first());
    }

    static ExecuteResult result(Call.Reply reply) {
        return results(reply).getLast();
    }

    static List<ExecuteResult> results(Call.Reply reply) {
        String position = reply.position().toString();
        List<ExecuteResult> results = new ArrayList<>(reply.results().size());
        for (Result result : reply.results()) {
            Rows rows = Rows.ofBytes(result.rowType(), result.rows(), position);
            results.add(new ExecuteResult(result.command(), result.rowCount(), rows));
        }
        return results;
    }

    // ---- the asynchronous face

    @Override
    public CompletionStage<Rows> query(String sql, @Nullable Object... parameters) {
        return later(read(Statement.of(sql, parameters)), Requests::rows);
    }

    @Override
    public CompletionStage<Optional<Row>> queryOne(String sql, @Nullable Object... parameters) {
        return later(read(Statement.of(sql, parameters)), Requests::one);
    }

    @Override
    public CompletionStage<List<Map<String, @Nullable Object>>> queryRows(String sql, @Nullable Object... parameters) {
        return later(read(Statement.of(sql, parameters)), reply -> rows(reply).asMaps());
    }

    @Override
    public CompletionStage<ExecuteResult> execute(String sql, @Nullable Object... parameters) {
        return execute(Statement.of(sql, parameters), defaultConfirmation);
    }

    @Override
    public CompletionStage<ExecuteResult> execute(Statement statement, Confirmation confirmation) {
        return later(write(List.of(statement), confirmation), Requests::result);
    }

    @Override
    public CompletionStage<List<ExecuteResult>> batch(Statement... statements) {
        return batch(List.of(statements), defaultConfirmation);
    }

    @Override
    public CompletionStage<List<ExecuteResult>> batch(List<Statement> statements, Confirmation confirmation) {
        return later(write(statements, confirmation), Requests::results);
    }

    @Override
    public CompletionStage<Optional<Row>> call(String function, byte[] arguments) {
        return call(function, arguments, defaultConfirmation);
    }

    @Override
    public CompletionStage<Optional<Row>> call(String function, byte[] arguments, Confirmation confirmation) {
        return later(request(function, arguments, confirmation), Requests::returned);
    }

    @Override
    public CompletionStage<ExecuteResult> insert(String table, Map<String, ? extends @Nullable Object> values) {
        return execute(TableSql.insert(table, values), defaultConfirmation);
    }

    @Override
    public CompletionStage<ExecuteResult> update(
            String table, Map<String, ?> key, Map<String, ? extends @Nullable Object> values) {
        return execute(TableSql.update(table, key, values), defaultConfirmation);
    }

    @Override
    public CompletionStage<ExecuteResult> delete(String table, Map<String, ?> key) {
        return execute(TableSql.delete(table, key), defaultConfirmation);
    }
}
