package dev.merapi.query.exec.operator;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.jspecify.annotations.Nullable;

/** An ORDER BY over columns. Immutable. */
public final class RowOrder implements Comparator<Row> {
    private final int[] columns;
    private final boolean[] descending;
    private final boolean[] nullsFirst;
    private final Comparator<Object>[] orders;

    /**
     * Makes an order; {@code types} are those of the row's columns. Where nothing is said, NULL is above all values.
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of comparators cannot be made otherwise
    public RowOrder(List<RelFieldCollation> collations, List<ColumnType> types) {
        int size = collations.size();
        columns = new int[size];
        descending = new boolean[size];
        nullsFirst = new boolean[size];
        orders = new Comparator[size];
        for (int i = 0; i < size; i++) {
            RelFieldCollation collation = collations.get(i);
            columns[i] = collation.getFieldIndex();
            descending[i] = collation.direction.isDescending();
            nullsFirst[i] = nullsFirst(collation);
            orders[i] = ValueOrder.comparator(types.get(columns[i]));
        }
    }

    /** Whether NULL comes before all values. */
    public static boolean nullsFirst(RelFieldCollation collation) {
        return switch (collation.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> collation.direction.isDescending();
        };
    }

    @Override
    public int compare(Row left, Row right) {
        for (int i = 0; i < columns.length; i++) {
            int sign = compare(i, left.get(columns[i]), right.get(columns[i]));
            if (sign != 0) {
                return sign;
            }
        }
        return 0;
    }

    private int compare(int part, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            if (left == null && right == null) {
                return 0;
            }
            return (left == null) == nullsFirst[part] ? -1 : 1;
        }
        int sign = orders[part].compare(left, right);
        return descending[part] ? -sign : sign;
    }
}
