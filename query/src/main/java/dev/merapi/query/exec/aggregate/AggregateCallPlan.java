package dev.merapi.query.exec.aggregate;

import dev.merapi.query.exec.operator.KeyReader;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.row.Row;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of a grouping. Immutable.
 *
 * @param arguments columns of the input row
 * @param filter the column that says whether a row counts, or -1
 * @param distinct lets equal arguments count once; null without DISTINCT
 * @param order the order in which rows count; null when it does not matter
 */
public record AggregateCallPlan(
        AggregateFunction function,
        List<Integer> arguments,
        int filter,
        @Nullable KeyReader distinct,
        @Nullable Comparator<Row> order) {
    /** Whether the aggregate sees a row at all. */
    boolean counts(Row row) {
        if (filter >= 0 && (row.isNull(filter) || !row.getBoolean(filter))) {
            return false;
        }
        if (function.strict()) {
            for (int argument : arguments) {
                if (row.isNull(argument)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Nullable
    Object[] argumentsOf(Row row) {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(arguments.get(i));
        }
        return values;
    }
}
