package dev.merapi.query.dataflow.aggregate;

import org.jspecify.annotations.Nullable;

/** How many rows there are. */
final class RowCount implements GroupValue {
    private long count;

    @Override
    public void add(@Nullable Object[] arguments, int weight) {
        count += weight;
    }

    @Override
    public Object result() {
        return count;
    }
}
