package dev.merapi.api.module;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a procedure works with. The procedure runs on a thread of its own, which may block; its transactions run on the
 * database's thread, which may not.
 *
 * @param <D> the generated class {@code Db} of the module
 */
public interface ProcedureContext<D> extends CallContext {
    /**
     * Runs a piece of work as one transaction, waits until it is committed, and returns its result. The work gets a
     * context with the tables and the time of the transaction; it keeps to the rules of a {@link Reducer}. If it
     * throws, everything it did is taken back and the exception is thrown here.
     */
    <T> T transaction(Function<ReducerContext<D>, T> work);

    /** The same for work without a result. */
    default void run(Consumer<ReducerContext<D>> work) {
        transaction(context -> {
            work.accept(context);
            return true;
        });
    }
}
