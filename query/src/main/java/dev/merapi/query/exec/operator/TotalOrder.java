package dev.merapi.query.exec.operator;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.Bsatn;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An order that tells all different rows apart: first the order asked for, then columns ascending with NULL last, and
 * where SQL sees no difference, the bytes of the values. It settles every tie the same way whatever happened before,
 * and as {@link dev.merapi.api.value.ResultComparator} does for whoever shows the rows. Immutable.
 */
public final class TotalOrder implements Comparator<Row> {
    private final @Nullable Comparator<Row> wanted;
    private final int[] columns;
    private final ColumnType[] types;
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
        this.types = new ColumnType[this.columns.length];
        this.orders = new Comparator[this.columns.length];
        for (int i = 0; i < orders.length; i++) {
            this.types[i] = types.get(this.columns[i]);
            orders[i] = ValueOrder.comparator(this.types[i]);
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
        return sign != 0 || left.equals(right) ? sign : compareForms(left, right);
    }

    private static int compare(Comparator<Object> order, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        return order.compare(left, right);
    }

    /**
     * Values that are equal in SQL's sense and not the same, as 1.0 and 1.00: by their encoding. A computed value may
     * have a form that is not encoded (0E+1); it stays different from others.
     */
    private int compareForms(Row left, Row right) {
        int sign = 0;
        for (int i = 0; sign == 0 && i < columns.length; i++) {
            Object a = left.get(columns[i]);
            Object b = right.get(columns[i]);
            if (a != null && b != null && !Objects.deepEquals(a, b)) {
                sign = Arrays.compareUnsigned(encoded(types[i], a), encoded(types[i], b));
                sign = sign != 0 ? sign : a.toString().compareTo(b.toString());
            }
        }
        return sign;
    }

    private static byte[] encoded(ColumnType type, Object value) {
        BsatnWriter out = new BsatnWriter(32);
        Bsatn.write(out, type, value);
        return out.toByteArray();
    }
}
