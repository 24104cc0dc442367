package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/** The rows of one run of an operator, one after the other. */
@FunctionalInterface
public interface RowSource {
    RowSource EMPTY = () -> null;

    /** One row. */
    static RowSource of(Row row) {
        return new RowSource() {
            private @Nullable Row rest = row;

            @Override
            public @Nullable Row next() {
                Row next = rest;
                rest = null;
                return next;
            }
        };
    }

    /**
     * The next row, or null at the end; not to be called again after that. The row may be a view that the next call
     * moves on: whoever holds on to it says {@link Row#keep}.
     */
    @Nullable
    Row next();
}
