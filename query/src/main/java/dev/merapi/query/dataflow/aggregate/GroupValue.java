package dev.merapi.query.dataflow.aggregate;

import org.jspecify.annotations.Nullable;

/** One aggregate of one group, kept up to date. */
public interface GroupValue {
    /** Adds a row's arguments so many times, or takes them out so many times when negative. */
    void add(@Nullable Object[] arguments, int weight);

    /** The value for the rows that are there now. */
    @Nullable
    Object result();

    /** The number of values held. */
    default long held() {
        return 0;
    }
}
