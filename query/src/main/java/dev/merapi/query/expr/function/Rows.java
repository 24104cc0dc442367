package dev.merapi.query.expr.function;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Rows of one column, which is what most set-returning functions return. */
final class Rows {
    private Rows() {}

    /** The column is named after the function. */
    static RowType column(String name, ColumnType type) {
        return RowType.of(new Column(name, type, true));
    }

    /** Wraps each value as a row. */
    static Iterator<@Nullable Object[]> of(Iterator<? extends @Nullable Object> values) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return values.hasNext();
            }

            @Override
            public @Nullable Object[] next() {
                return new @Nullable Object[] {values.next()};
            }
        };
    }
}
