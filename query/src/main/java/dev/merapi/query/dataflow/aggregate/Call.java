package dev.merapi.query.dataflow.aggregate;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of a grouping. Immutable.
 *
 * @param columns of the input row whose values the aggregate is given
 * @param strict whether rows with a NULL among the first {@code arguments} columns do not count
 * @param filter the column that says whether a row counts, or -1
 * @param values makes the aggregate of an empty group
 */
public record Call(List<Integer> columns, int arguments, boolean strict, int filter, Maker values) {
    /** Makes the aggregate of an empty group. */
    @FunctionalInterface
    public interface Maker {
        GroupValue newValue(EvalContext context);
    }

    /** The number of rows of the group. */
    public static Call rowCount() {
        return new Call(List.of(), 0, false, -1, context -> new RowCount());
    }

    /** The number of rows of the group for which a column says so. */
    public static Call rowCountWhere(int column) {
        return new Call(List.of(), 0, false, column, context -> new RowCount());
    }

    /** The value of a column in the one row of the group. */
    public static Call singleValue(int column) {
        return new Call(List.of(column), 1, false, -1, context -> new SingleValue());
    }

    /** The least or greatest value of a column, which may be NULL in some rows. */
    public static Call extreme(int column, ColumnType type, boolean greatest) {
        Comparator<Object> order = ValueOrder.comparator(type);
        return new Call(List.of(column), 1, true, -1, context -> new ExtremeValue(order, greatest));
    }

    /** Tells a group's aggregate of a row. */
    public void add(GroupValue value, Row row, int weight) {
        if (filter >= 0 && (row.isNull(filter) || !row.getBoolean(filter))) {
            return;
        }
        @Nullable Object[] taken = new @Nullable Object[columns.size()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = row.get(columns.get(i));
            if (strict && i < arguments && taken[i] == null) {
                return;
            }
        }
        value.add(taken, weight);
    }
}
