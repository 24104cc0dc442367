package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.ReducerException;
import dev.merapi.api.module.spi.FunctionCall;
import dev.merapi.server.database.Request;
import dev.merapi.store.Transaction;
import java.util.function.LongSupplier;

/** One call of a reducer, as a transaction: all of what it does, or nothing. Runs on the writer's thread. */
final class ReducerRun<D> implements Request.Work<Boolean> {
    private final HostedModule<D> module;
    private final String function;
    private final FunctionCall.OfReducer<D> call;
    private final ModuleCaller caller;
    private final ModuleSurroundings surroundings;

    ReducerRun(
            HostedModule<D> module,
            String function,
            FunctionCall.OfReducer<D> call,
            ModuleCaller caller,
            ModuleSurroundings surroundings) {
        this.module = module;
        this.function = function;
        this.call = call;
        this.caller = caller;
        this.surroundings = surroundings;
    }

    @Override
    public Boolean run(Transaction tx) {
        ModuleRows rows = module.rows();
        rows.begin(module.tables(tx.catalog()), tx);
        try {
            LongSupplier seeds = surroundings.seeds();
            call.run(new HostedContext<>(
                    caller,
                    surroundings.database(),
                    tx.now(),
                    seeds.getAsLong(),
                    surroundings.log().of(function),
                    module.db()));
            return true;
        } catch (ReducerException e) {
            throw new CodedException(ErrorCode.REDUCER_FAILED, String.valueOf(e.getMessage()))
                    .with("function", function)
                    .causedBy(e);
        } catch (CodedException e) {
            throw e;
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            surroundings.log().of(function).error("reducer ended by an exception it did not expect", e);
            throw new CodedException(ErrorCode.REDUCER_CRASHED, "reducer ended by an exception it did not expect")
                    .with("function", function)
                    .with("exception", e)
                    .hint("the log of the module has the stack trace")
                    .causedBy(e);
        } finally {
            rows.end();
        }
    }
}
