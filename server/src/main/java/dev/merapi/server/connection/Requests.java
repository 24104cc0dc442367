package dev.merapi.server.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.SqlResult;
import dev.merapi.server.auth.Identity;
import dev.merapi.server.config.Limit;
import dev.merapi.server.database.Cancellation;
import dev.merapi.server.database.Request;
import dev.merapi.server.database.SqlCall;
import dev.merapi.server.database.SqlStatement;
import dev.merapi.server.module.ModuleCaller;
import dev.merapi.server.module.PreparedCall;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.Result;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection that have not been answered: at most so many at a time, each answered exactly once.
 * They come from the event loop, answers from any thread.
 */
final class Requests {
    private static final String CALL = "CALL";

    /** What a reducer returns. */
    private static final List<Result> CALLED = List.of(new Result(CALL, RowType.EMPTY, List.of(), 0));

    private final Connection connection;
    private final ConnectionHost host;
    private final int limit;
    private final int messageBytes;
    private final Map<Long, Cancellation> inFlight = new ConcurrentHashMap<>();
    /** What to do once nothing is in flight; null when nobody waits for that. */
    private final AtomicReference<@Nullable Runnable> onIdle = new AtomicReference<>();

    private final Submissions submissions;

    Requests(Connection connection, ConnectionHost host, Submissions submissions) {
        this.connection = connection;
        this.host = host;
        this.submissions = submissions;
        this.limit = host.limits().getInt(Limit.REQUESTS_IN_FLIGHT);
        this.messageBytes = host.limits().getInt(Limit.MESSAGE_BYTES);
    }

    void execute(ClientMessage.Execute m, DatabaseGate database, Identity identity) {
        Cancellation cancellation = register(m.requestId());
        if (cancellation == null) {
            return;
        }
        List<SqlStatement> statements = new ArrayList<>(m.statements().size());
        for (Statement statement : m.statements()) {
            statements.add(translate(statement));
        }
        SqlCall call = new SqlCall(identity.caller(), identity.session(), cancellation);
        Request request = database.sql().request(call, statements, m.confirm(), new Reply(m.requestId()));
        submissions.write(database.sql(), identity.session(), statements, request);
    }

    void query(ClientMessage.Query m, DatabaseGate database, Identity identity) {
        Cancellation cancellation = register(m.requestId());
        if (cancellation == null) {
            return;
        }
        SqlCall call = new SqlCall(identity.caller(), identity.session(), cancellation);
        SqlStatement statement = translate(m.statement());
        Reply reply = new Reply(m.requestId());
        submissions.inOrder(() -> database.sql().query(call, statement, reply));
    }

    void call(ClientMessage.Call m, DatabaseGate database, ModuleCaller caller, Identity identity) {
        if (register(m.requestId()) == null) {
            return;
        }
        Reply reply = new Reply(m.requestId());
        try {
            PreparedCall call = database.modules()
                    .prepare(
                            m.function(),
                            m.arguments(),
                            caller,
                            identity.session().privileged());
            switch (call) {
                case PreparedCall.OfReducer reducer -> {
                    Request request = reducer.request(m.confirm(), reply.ofCall());
                    submissions.write(database.sql(), identity.session(), List.of(), request);
                }
                case PreparedCall.OfProcedure procedure ->
                    submissions.inOrder(
                            () -> host.workers().execute(() -> reply.run(database, procedure, m.confirm())));
            }
        } catch (CodedException e) {
            reply.failed(e);
        }
    }

    void cancel(long requestId) {
        Cancellation cancellation = inFlight.get(requestId);
        if (cancellation != null) {
            cancellation.cancel();
        }
    }

    void cancelAll() {
        inFlight.values().forEach(Cancellation::cancel);
    }

    void refuse(long requestId, CodedException reason) {
        host.statistics().failures.increment();
        connection.send(new ServerMessage.RequestFailed(requestId, ErrorInfo.of(reason)));
    }

    /** Runs the action once nothing is in flight any more; at once if nothing is. */
    void whenAnswered(Runnable action) {
        onIdle.set(action);
        runIfIdle();
    }

    private void runIfIdle() {
        if (inFlight.isEmpty()) {
            Runnable action = onIdle.getAndSet(null);
            if (action != null) {
                action.run();
            }
        }
    }

    private @Nullable Cancellation register(long requestId) {
        host.statistics().requests.increment();
        if (inFlight.size() >= limit) {
            refuse(
                    requestId,
                    new CodedException(ErrorCode.TOO_MANY_REQUESTS, "connection has too many requests in flight")
                            .with("limit", limit)
                            .hint("wait for answers before sending more"));
            return null;
        }
        Cancellation cancellation =
                new Cancellation(host.nanoTime(), host.limits().get(Limit.STATEMENT_MILLIS));
        if (inFlight.putIfAbsent(requestId, cancellation) != null) {
            throw new CodedException(ErrorCode.REQUEST_ID_IN_USE, "request id is in use").with("requestId", requestId);
        }
        return cancellation;
    }

    private static SqlStatement translate(Statement statement) {
        return new SqlStatement(statement.sql(), Parameters.of(statement.parameters()));
    }

    /** Turns the outcome of one request into its answer. */
    private final class Reply implements Request.Completion<List<SqlResult>> {
        private final long requestId;

        Reply(long requestId) {
            this.requestId = requestId;
        }

        @Override
        public void completed(List<SqlResult> results, Request.Receipt receipt) {
            long bytes = 0;
            List<Result> translated = new ArrayList<>(results.size());
            for (int i = 0; i < results.size(); i++) {
                SqlResult r = results.get(i);
                bytes += MessageSize.rows(r.rows());
                translated.add(new Result(r.command(), r.columns(), r.rows(), r.rowCount()));
            }
            if (bytes <= messageBytes) {
                inFlight.remove(requestId);
                connection.sendOnFlush(
                        new ServerMessage.Results(requestId, translated, receipt.position(), receipt.durable()));
                runIfIdle();
            } else {
                host.workers().execute(() -> sendInParts(translated, receipt));
            }
        }

        /** Runs a procedure and answers. Worker. */
        void run(DatabaseGate database, PreparedCall.OfProcedure procedure, Confirm confirm) {
            try {
                PreparedCall.Returned returned = procedure.run(confirm);
                Result result = new Result(
                        CALL, returned.type(), returned.rows(), returned.rows().size());
                answer(new ServerMessage.Results(
                        requestId, List.of(result), database.sql().position(), confirm == Confirm.DURABLE));
            } catch (CodedException e) {
                failed(e);
            }
        }

        /** The same for a call of a reducer, which returns nothing. */
        Request.Completion<Boolean> ofCall() {
            return new Request.Completion<>() {
                @Override
                public void completed(Boolean value, Request.Receipt receipt) {
                    inFlight.remove(requestId);
                    connection.sendOnFlush(
                            new ServerMessage.Results(requestId, CALLED, receipt.position(), receipt.durable()));
                    runIfIdle();
                }

                @Override
                public void failed(CodedException reason) {
                    Reply.this.failed(reason);
                }

                @Override
                public void flush() {
                    connection.flush();
                }
            };
        }

        @Override
        public void flush() {
            connection.flush();
        }

        @Override
        public void failed(CodedException reason) {
            host.statistics().failures.increment();
            answer(new ServerMessage.RequestFailed(requestId, ErrorInfo.of(reason)));
        }

        /** A large result goes piece by piece, at the pace of the client. Worker. */
        private void sendInParts(List<Result> results, Request.Receipt receipt) {
            try {
                List<Result> last = new ArrayList<>(results.size());
                for (int i = 0; i < results.size(); i++) {
                    Result result = results.get(i);
                    List<byte[]> rest = sendRows(i, result.rows());
                    last.add(new Result(result.command(), result.rowType(), rest, result.rowCount()));
                }
                if (connection.awaitRoom()) {
                    answer(new ServerMessage.Results(requestId, last, receipt.position(), receipt.durable()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Sends all but the last piece, which it returns. */
        private List<byte[]> sendRows(int statement, List<byte[]> rows) throws InterruptedException {
            int start = 0;
            long bytes = 0;
            for (int i = 0; i < rows.size(); i++) {
                int size = rows.get(i).length + Integer.BYTES;
                if (i > start && bytes + size > messageBytes) {
                    if (!connection.awaitRoom()) {
                        return List.of();
                    }
                    connection.send(new ServerMessage.ResultRows(requestId, statement, rows.subList(start, i)));
                    start = i;
                    bytes = 0;
                }
                bytes += size;
            }
            return rows.subList(start, rows.size());
        }

        private void answer(ServerMessage message) {
            // First out of the books, then on the way: the client may use the id again once it has the answer.
            inFlight.remove(requestId);
            connection.send(message);
            runIfIdle();
        }
    }
}
