package dev.merapi.api.module;

/**
 * What a reducer works with: who called, when, and the tables. Everything done by way of {@link #db} is one
 * transaction.
 *
 * @param <D> the generated class {@code Db} of the module
 */
public interface ReducerContext<D> extends CallContext {
    /** The tables; a function sees its own writes at once. */
    D db();
}
