package dev.merapi.query.exec.aggregate;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * min and max without GROUP BY, where ordered indexes have the least or greatest value in front: one row with the value
 * of the first row of each input, NULL where there is none.
 */
public final class FirstValues extends Operator {
    private final int[] columns;
    private final String text;

    /** Makes the operator; {@code columns} has for each input the column whose value is wanted. */
    public FirstValues(List<Operator> inputs, List<Integer> columns, String text) {
        super(inputs.size(), inputs);
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.text = text;
    }

    @Override
    protected RowSource start(QueryContext context) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            Row first = inputs().get(i).open(context).next();
            values[i] = first == null ? null : first.get(columns[i]);
        }
        return RowSource.of(new ArrayRow(values));
    }

    @Override
    public long estimate(QueryContext context) {
        return 1;
    }

    @Override
    public String describe() {
        return "First of Index: " + text;
    }
}
