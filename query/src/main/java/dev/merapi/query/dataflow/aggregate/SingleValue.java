package dev.merapi.query.dataflow.aggregate;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.dataflow.zset.Bag;
import dev.merapi.query.expr.row.ArrayRow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A query used as a value: that of its one row, NULL when it has none, refused when it has several. */
final class SingleValue implements GroupValue {
    private final Bag values = new Bag();

    @Override
    public void add(@Nullable Object[] arguments, int weight) {
        values.add(new ArrayRow(arguments), weight);
    }

    @Override
    public @Nullable Object result() {
        if (values.size() == 0) {
            return null;
        }
        Bag.Entry only = Objects.requireNonNull(values.first());
        if (values.size() > 1 || only.weight() > 1) {
            throw new CodedException(ErrorCode.TOO_MANY_ROWS, "a sub-query used as a value gave more than one row")
                    .hint("limit it to one row, or aggregate");
        }
        return only.row().get(0);
    }

    @Override
    public long held() {
        return values.size();
    }
}
