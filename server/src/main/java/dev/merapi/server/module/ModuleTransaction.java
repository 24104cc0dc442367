package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.module.ReducerContext;
import dev.merapi.store.Transaction;

/**
 * The way of a function of a module into a transaction: it gets its tables and its context, and what it throws becomes
 * an error with a code.
 *
 * @param function its name, for errors and the log
 */
record ModuleTransaction<D>(
        HostedModule<D> module, String function, ModuleCaller caller, ModuleSurroundings surroundings) {
    /** What is done inside. */
    interface Body<D, T> {
        T run(ReducerContext<D> context) throws Exception;
    }

    /**
     * Runs a body. Writer's thread.
     *
     * @throws CodedException REDUCER_FAILED with the words of a ReducerException, REDUCER_CRASHED for what nobody
     *     expected, and coded exceptions as they are
     */
    <T> T run(Transaction tx, Body<D, T> body) {
        ModuleRows rows = module.rows();
        rows.begin(module.tables(tx.catalog()), tx);
        try {
            return body.run(new HostedContext<>(
                    caller,
                    surroundings.database(),
                    tx.now(),
                    surroundings.seeds().getAsLong(),
                    surroundings.log().of(function),
                    module.db()));
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError | AssertionError e) {
            throw surroundings.log().explain(function, e);
        } finally {
            rows.end();
        }
    }
}
