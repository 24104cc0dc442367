package dev.merapi.server.module;

import dev.merapi.api.module.spi.FunctionCall;
import dev.merapi.server.database.Request;
import dev.merapi.store.Transaction;

/** One call of a reducer, as a transaction: all of what it does, or nothing. Runs on the writer's thread. */
record ReducerRun<D>(ModuleTransaction<D> transaction, FunctionCall.OfReducer<D> call)
        implements Request.Work<Boolean> {
    @Override
    public Boolean run(Transaction tx) {
        return transaction.run(tx, context -> {
            call.run(context);
            return true;
        });
    }
}
