package dev.merapi.query.expr;

import org.jspecify.annotations.Nullable;

/** The running state of one aggregate over one group. Owned by one execution; not safe for several threads. */
public interface Accumulator {
    /** Takes one row's arguments. */
    void add(EvalContext context, @Nullable Object[] arguments);

    /** Returns the value for the rows taken so far; more rows may follow. */
    @Nullable
    Object result(EvalContext context);

    /** Whether {@link #remove} works: a sliding window frame is then maintained instead of computed afresh. */
    default boolean isRetractable() {
        return false;
    }

    /** Takes back a row added earlier. */
    default void remove(EvalContext context, @Nullable Object[] arguments) {
        throw new UnsupportedOperationException("not retractable");
    }
}
