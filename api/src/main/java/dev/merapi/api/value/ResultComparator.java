package dev.merapi.api.value;

import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Puts encoded rows of a result in their {@link ResultOrder}, as SQL compares values: text by code point, numbers by
 * value, NaN above all numbers, both zeros equal, intervals by span, JSON as jsonb.
 *
 * <p>The order is total: what compares as 0 has the same bytes. Rows that the columns of the order do not tell apart
 * are compared by their shown columns from the left, ascending and NULL last, and rows whose values SQL calls equal
 * ({@code 1.0} and {@code 1.00}) by their bytes. A server and its clients that use this class agree on every place.
 *
 * <p>Immutable; any thread. Trusts the rows: bytes from outside go through {@link RowLayout#validate} first.
 */
public final class ResultComparator implements Comparator<byte[]> {
    private final RowLayout layout;
    private final int[] columns;
    private final boolean[] descending;
    private final boolean[] nullsFirst;
    private final ValueOrder[] orders;

    /**
     * Makes a comparator of rows.
     *
     * @param type of the rows, hidden columns included
     */
    public ResultComparator(RowType type, ResultOrder order) {
        this.layout = RowLayout.of(type);
        int ordered = order.columns().size();
        int shown = type.size() - order.hidden();
        boolean[] used = new boolean[type.size()];
        int[] all = new int[ordered + shown];
        boolean[] down = new boolean[all.length];
        boolean[] nulls = new boolean[all.length];
        int count = 0;
        for (ResultOrder.Part part : order.columns()) {
            if (!used[part.column()]) {
                used[part.column()] = true;
                all[count] = part.column();
                down[count] = part.descending();
                nulls[count++] = part.nullsFirst();
            }
        }
        for (int column = 0; column < shown; column++) {
            if (!used[column]) {
                all[count++] = column;
            }
        }
        columns = Arrays.copyOf(all, count);
        descending = down;
        nullsFirst = nulls;
        orders = new ValueOrder[count];
        for (int i = 0; i < count; i++) {
            orders[i] = ValueOrder.sorting(layout.columnType(columns[i]));
        }
    }

    @Override
    public int compare(byte[] left, byte[] right) {
        if (left == right) {
            return 0;
        }
        for (int i = 0; i < columns.length; i++) {
            int sign = compare(i, left, right);
            if (sign != 0) {
                return sign;
            }
        }
        return Arrays.compareUnsigned(left, right);
    }

    private int compare(int part, byte[] left, byte[] right) {
        int column = columns[part];
        int at = layout.valueStart(left, column);
        int otherAt = layout.valueStart(right, column);
        if (at < 0 || otherAt < 0) {
            boolean leftFirst = at < 0 == nullsFirst[part];
            return at < 0 && otherAt < 0 ? 0 : leftFirst ? -1 : 1;
        }
        int sign = orders[part].compare(left, at, right, otherAt);
        return descending[part] ? -sign : sign;
    }
}
