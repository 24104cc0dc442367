package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.ProcedureContext;
import dev.merapi.api.module.ReducerContext;
import dev.merapi.api.module.spi.FunctionCall;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.server.database.DatabaseLoop;
import dev.merapi.server.database.Request;
import dev.merapi.wire.Confirm;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One call of a procedure, on a thread of its own that may wait. Its transactions go through the writer like
 * everybody's.
 */
final class ProcedureRun<D> {
    private final ModuleTransaction<D> transactions;
    private final FunctionCall.OfProcedure<D> call;
    private final DatabaseLoop loop;
    private final Confirm confirm;
    private final HostedContext<?> about;

    /**
     * @param confirm how safe each transaction has to be before the procedure goes on
     * @param now when the call began
     */
    ProcedureRun(
            ModuleTransaction<D> transactions,
            FunctionCall.OfProcedure<D> call,
            DatabaseLoop loop,
            Confirm confirm,
            Instant now,
            long seed) {
        this.transactions = transactions;
        this.call = call;
        this.loop = loop;
        this.confirm = confirm;
        ModuleSurroundings surroundings = transactions.surroundings();
        this.about = new HostedContext<>(
                transactions.caller(),
                surroundings.database(),
                now,
                seed,
                surroundings.log().of(transactions.function()),
                this);
    }

    /**
     * Runs it on the thread of the caller.
     *
     * @return what it returned, encoded; empty when it returns nothing
     * @throws CodedException as {@link ModuleTransaction#run}
     */
    byte[] run() {
        BsatnWriter result = new BsatnWriter();
        try {
            call.run(new Context(), result);
            return result.toByteArray();
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            throw transactions.surroundings().log().explain(transactions.function(), e);
        }
    }

    private <T> T transaction(Function<ReducerContext<D>, T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        CompletableFuture<RuntimeException> thrown = new CompletableFuture<>();
        Request.Work<T> body = tx -> transactions.run(tx, context -> {
            try {
                return work.apply(context);
            } catch (RuntimeException e) {
                thrown.complete(e);
                throw new CodedException(ErrorCode.REDUCER_FAILED, "transaction of a procedure was taken back");
            }
        });
        loop.submit(new Request.Write<>(
                transactions.caller().caller(), transactions.function(), body, confirm, new Outcome<>(outcome)));
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.REQUEST_CANCELLED, "procedure was interrupted")
                    .with("function", transactions.function())
                    .causedBy(e);
        } catch (ExecutionException e) {
            // What the work threw is thrown where it was handed over; everything else is an error of the database.
            throw thrown.isDone() ? thrown.join() : coded(e);
        }
    }

    private static CodedException coded(ExecutionException e) {
        return e.getCause() instanceof CodedException coded
                ? coded
                : new CodedException(ErrorCode.INTERNAL, "transaction failed in an unforeseen way").causedBy(e);
    }

    private record Outcome<T>(CompletableFuture<T> future) implements Request.Completion<T> {
        @Override
        public void completed(T value, Request.Receipt receipt) {
            future.complete(value);
        }

        @Override
        public void failed(CodedException reason) {
            future.completeExceptionally(reason);
        }
    }

    /** What the procedure sees. */
    private final class Context implements ProcedureContext<D> {
        private final Thread thread = Thread.currentThread();

        @Override
        public <T> T transaction(Function<ReducerContext<D>, T> work) {
            if (!Thread.currentThread().equals(thread)) {
                // Above all not the writer's, which would wait for itself.
                throw new IllegalStateException("transactions of a procedure begin on its own thread");
            }
            return ProcedureRun.this.transaction(work);
        }

        @Override
        public Identity sender() {
            return about.sender();
        }

        @Override
        public Optional<ConnectionId> connectionId() {
            return about.connectionId();
        }

        @Override
        public Map<String, String> claims() {
            return about.claims();
        }

        @Override
        public Identity databaseIdentity() {
            return about.databaseIdentity();
        }

        @Override
        public Instant timestamp() {
            return about.timestamp();
        }

        @Override
        public RandomGenerator random() {
            return about.random();
        }

        @Override
        public UUID newUuid() {
            return about.newUuid();
        }

        @Override
        public Log log() {
            return about.log();
        }
    }
}
