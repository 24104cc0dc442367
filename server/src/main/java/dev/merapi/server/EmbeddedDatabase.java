package dev.merapi.server;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlResult;
import dev.merapi.server.auth.Roles;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.server.connection.DatabaseGate;
import dev.merapi.server.database.Cancellation;
import dev.merapi.server.database.DatabaseLoop;
import dev.merapi.server.database.Request;
import dev.merapi.server.database.SqlCall;
import dev.merapi.server.database.SqlStatement;
import dev.merapi.server.module.ModuleCaller;
import dev.merapi.server.module.PreparedCall;
import dev.merapi.store.Caller;
import dev.merapi.store.Transaction;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.Position;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A database of a server in the same process, without a socket in between. Everything is asynchronous: futures are
 * completed on threads of the server, so what depends on them must not block; use {@code …Async} methods for more than
 * a few instructions. Failures are {@link CodedException}s inside the futures. Any thread.
 */
public final class EmbeddedDatabase {
    private final DatabaseGate gate;
    private final DatabaseLoop loop;
    private final Roles roles;
    private final ServerLimits limits;
    private final Caller caller;
    private final SessionInfo session;

    /** For the system itself. */
    EmbeddedDatabase(DatabaseGate gate, DatabaseLoop loop, Roles roles, ServerLimits limits) {
        this(gate, loop, roles, limits, Caller.SYSTEM, Roles.system());
    }

    private EmbeddedDatabase(
            DatabaseGate gate,
            DatabaseLoop loop,
            Roles roles,
            ServerLimits limits,
            Caller caller,
            SessionInfo session) {
        this.gate = gate;
        this.loop = loop;
        this.roles = roles;
        this.limits = limits;
        this.caller = caller;
        this.session = session;
    }

    /**
     * The same database on behalf of somebody: statements may what they might if they came over the network. The role
     * is the caller's claim {@code role}, else {@code authenticated}, or the role of anonymous callers when the caller
     * has no identity. Does not hold for {@link #transact}, which is code of the program.
     */
    public EmbeddedDatabase as(Caller newCaller) {
        return new EmbeddedDatabase(gate, loop, roles, limits, newCaller, roles.session(newCaller));
    }

    /**
     * What came of a request.
     *
     * @param position of the transaction's own commit, or of what was read
     * @param durable whether that was on disk when the future was completed
     */
    public record Outcome<T>(T value, Position position, boolean durable) {}

    public String name() {
        return gate.name();
    }

    /** The newest commit. */
    public Position position() {
        return gate.sql().position();
    }

    /**
     * Runs a statement, or a script of several, as one transaction, and waits until it is on disk.
     *
     * @param parameters values of {@code $1 …}; only for a single statement
     */
    public CompletableFuture<Outcome<List<SqlResult>>> execute(String sql, @Nullable Object... parameters) {
        Answer<List<SqlResult>> answer = new Answer<>();
        gate.sql().execute(call(), List.of(statement(sql, parameters)), Confirm.DURABLE, answer);
        return answer;
    }

    /** Runs one reading statement on a snapshot. */
    public CompletableFuture<Outcome<SqlResult>> query(String sql, @Nullable Object... parameters) {
        Answer<List<SqlResult>> answer = new Answer<>();
        gate.sql().query(call(), statement(sql, parameters), answer);
        return answer.thenApply(
                outcome -> new Outcome<>(outcome.value().getFirst(), outcome.position(), outcome.durable()));
    }

    /**
     * Runs code as a transaction, on the thread that owns the database: it must be quick and must not wait for
     * anything. If it throws, nothing has happened.
     *
     * @param cause what it is, in a word; goes into the log
     * @param body reads and writes; the transaction must not be used after it returns
     */
    public <T> CompletableFuture<Outcome<T>> transact(
            Caller caller, String cause, Confirm confirm, Function<? super Transaction, ? extends T> body) {
        Answer<T> answer = new Answer<>();
        loop.submit(new Request.Write<T>(caller, cause, body::apply, confirm, answer));
        return answer;
    }

    /**
     * Publishes a module: makes its tables, runs its init function if none of them was there, and lets it answer calls.
     * It replaces the module that was there.
     *
     * @return fails with MODULE_UNSUPPORTED, with MODULE_INCOMPATIBLE and a list, or with whatever init throws; then
     *     the module that was there goes on
     */
    public CompletableFuture<Outcome<Boolean>> publish(ModuleDescriptor<?> module) {
        Answer<Boolean> answer = new Answer<>();
        gate.modules().publish(module, ModuleCaller.ofDatabase(name()), answer);
        return answer;
    }

    /**
     * Calls a reducer of the module as the database itself.
     *
     * @param arguments its arguments in BSATN, one after another
     * @return fails with REDUCER_FAILED and what the reducer had to say, or another CodedException
     */
    public CompletableFuture<Outcome<Boolean>> call(String function, byte[] arguments, Confirm confirm) {
        Answer<Boolean> answer = new Answer<>();
        try {
            switch (gate.modules().prepare(function, arguments, ModuleCaller.ofDatabase(name()), true)) {
                case PreparedCall.OfReducer reducer -> loop.submit(reducer.request(confirm, answer));
                case PreparedCall.OfProcedure procedure ->
                    throw new CodedException(ErrorCode.UNKNOWN_REDUCER, "function is a procedure, not a reducer")
                            .with("function", function)
                            .hint("connect a client to call it");
            }
        } catch (CodedException e) {
            answer.failed(e);
        }
        return answer;
    }

    private SqlCall call() {
        return new SqlCall(caller, session, new Cancellation(System::nanoTime, limits.get(Limit.STATEMENT_MILLIS)));
    }

    private static SqlStatement statement(String sql, @Nullable Object[] parameters) {
        return new SqlStatement(sql, Arrays.asList(parameters));
    }

    private static final class Answer<T> extends CompletableFuture<Outcome<T>> implements Request.Completion<T> {
        @Override
        public void completed(T value, Request.Receipt receipt) {
            complete(new Outcome<>(value, receipt.position(), receipt.durable()));
        }

        @Override
        public void failed(CodedException reason) {
            completeExceptionally(reason);
        }
    }
}
