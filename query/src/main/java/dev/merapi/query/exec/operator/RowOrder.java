package dev.merapi.query.exec.operator;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.row.ArrayRow;
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
    /** Which columns stored rows give as numbers that are in the same order, so that no values have to be made. */
    private final boolean[] numbers;

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
        numbers = new boolean[size];
        for (int i = 0; i < size; i++) {
            RelFieldCollation collation = collations.get(i);
            columns[i] = collation.getFieldIndex();
            descending[i] = collation.direction.isDescending();
            nullsFirst[i] = nullsFirst(collation);
            ColumnType type = types.get(columns[i]);
            orders[i] = ValueOrder.comparator(type);
            numbers[i] = type instanceof ScalarType scalar && scalar.isLongCompatible() && scalar != ScalarType.U64;
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
        boolean made = left instanceof ArrayRow || right instanceof ArrayRow;
        for (int i = 0; i < columns.length; i++) {
            int sign = numbers[i] && !made
                    ? compareNumbers(i, left, right)
                    : compare(i, left.get(columns[i]), right.get(columns[i]));
            if (sign != 0) {
                return sign;
            }
        }
        return 0;
    }

    private int compareNumbers(int part, Row left, Row right) {
        int column = columns[part];
        boolean leftNull = left.isNull(column);
        boolean rightNull = right.isNull(column);
        if (leftNull || rightNull) {
            return compareNulls(part, leftNull, rightNull);
        }
        int sign = Long.compare(left.getLong(column), right.getLong(column));
        return descending[part] ? -sign : sign;
    }

    private int compare(int part, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return compareNulls(part, left == null, right == null);
        }
        int sign = orders[part].compare(left, right);
        return descending[part] ? -sign : sign;
    }

    private int compareNulls(int part, boolean left, boolean right) {
        return left == right ? 0 : left == nullsFirst[part] ? -1 : 1;
    }

    /** Whether rows are compared without making values, if they are stored ones. */
    public boolean isOfNumbers() {
        for (boolean number : numbers) {
            if (!number) {
                return false;
            }
        }
        return true;
    }
}
