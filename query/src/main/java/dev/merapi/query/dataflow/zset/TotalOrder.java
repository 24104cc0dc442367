package dev.merapi.query.dataflow.zset;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order that tells all different rows apart: first the order asked for, then all columns ascending with NULL last,
 * and where SQL sees no difference, the form of the values. It settles every tie the same way whatever happened before.
 */
public final class TotalOrder implements Comparator<Row> {
    private final @Nullable Comparator<Row> wanted;
    private final int from;
    private final Comparator<Object>[] columns;

    /**
     * Makes an order.
     *
     * @param wanted the order asked for, null for none
     * @param from the first column that counts; those before are the same in all rows compared
     * @param types of all columns
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of comparators cannot be made otherwise
    public TotalOrder(@Nullable Comparator<Row> wanted, int from, List<ColumnType> types) {
        this.wanted = wanted;
        this.from = from;
        this.columns = new Comparator[types.size()];
        for (int i = from; i < columns.length; i++) {
            columns[i] = ValueOrder.comparator(types.get(i));
        }
    }

    @Override
    public int compare(Row left, Row right) {
        if (left == right) {
            return 0;
        }
        int sign = wanted == null ? 0 : wanted.compare(left, right);
        for (int i = from; sign == 0 && i < columns.length; i++) {
            sign = compare(columns[i], left.get(i), right.get(i));
        }
        return sign != 0 || left.equals(right) ? sign : byForm(left, right);
    }

    private static int compare(Comparator<Object> order, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        return order.compare(left, right);
    }

    private int byForm(Row left, Row right) {
        int sign = 0;
        for (int i = from; sign == 0 && i < columns.length; i++) {
            sign = Rows.compareForms(left.get(i), right.get(i));
        }
        return sign;
    }
}
