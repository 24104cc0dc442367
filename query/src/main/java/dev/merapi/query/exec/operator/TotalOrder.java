package dev.merapi.query.exec.operator;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueForms;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An order that tells all different rows apart: first the order asked for, then all columns ascending with NULL last,
 * and where SQL sees no difference, the form of the values. It settles every tie the same way whatever happened before.
 */
public final class TotalOrder implements Comparator<Row> {
    private final @Nullable Comparator<Row> wanted;
    private final int[] columns;
    private final Comparator<Object>[] orders;

    /**
     * Makes an order.
     *
     * @param wanted the order asked for, null for none
     * @param from the first column that counts; those before are the same in all rows compared
     * @param types of all columns
     */
    public TotalOrder(@Nullable Comparator<Row> wanted, int from, List<ColumnType> types) {
        this(wanted, IntStream.range(from, types.size()).boxed().toList(), types);
    }

    /**
     * Makes an order.
     *
     * @param wanted the order asked for, null for none
     * @param columns those that settle what it leaves open, one after the other
     * @param types of all columns
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of comparators cannot be made otherwise
    public TotalOrder(@Nullable Comparator<Row> wanted, List<Integer> columns, List<ColumnType> types) {
        this.wanted = wanted;
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.orders = new Comparator[columns.size()];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = ValueOrder.comparator(types.get(this.columns[i]));
        }
    }

    @Override
    public int compare(Row left, Row right) {
        if (left == right) {
            return 0;
        }
        int sign = wanted == null ? 0 : wanted.compare(left, right);
        for (int i = 0; sign == 0 && i < columns.length; i++) {
            sign = compare(orders[i], left.get(columns[i]), right.get(columns[i]));
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
        for (int i = 0; sign == 0 && i < columns.length; i++) {
            sign = ValueForms.compare(left.get(columns[i]), right.get(columns[i]));
        }
        return sign;
    }
}
