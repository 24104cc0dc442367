package dev.merapi.query.exec.window;

import dev.merapi.query.exec.operator.KeyReader;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.relation.WindowFrame;
import dev.merapi.query.expr.row.Row;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call with OVER. Immutable; columns are those of the input.
 *
 * @param filter the column that says whether a row counts, or -1
 * @param partition finds the partition of a row; null: all rows are one
 * @param offsets the offsets of the frame
 */
public record WindowCallPlan(
        OverFunction function,
        List<Integer> arguments,
        int filter,
        boolean ignoreNulls,
        @Nullable KeyReader partition,
        Comparator<Row> order,
        WindowFrame frame,
        FramePlan offsets) {
    @Nullable
    Object[] argumentsOf(Row row) {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(arguments.get(i));
        }
        return values;
    }
}
