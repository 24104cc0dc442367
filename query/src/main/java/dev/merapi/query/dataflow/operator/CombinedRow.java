package dev.merapi.query.dataflow.operator;

import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/** A view on rows of several inputs side by side, while a join puts them together. */
public final class CombinedRow implements Row {
    private final int[] inputs;
    private final int[] columns;
    private final @Nullable Row[] parts;

    /** Column {@code i} of the view is column {@code columns[i]} of input {@code inputs[i]}. */
    CombinedRow(int inputCount, int[] inputs, int[] columns) {
        this.inputs = inputs;
        this.columns = columns;
        this.parts = new @Nullable Row[inputCount];
    }

    void set(int input, Row row) {
        parts[input] = row;
    }

    private Row part(int column) {
        Row part = parts[inputs[column]];
        if (part == null) {
            throw new IllegalStateException("column " + column + " is asked for before its input is there");
        }
        return part;
    }

    @Override
    public int size() {
        return columns.length;
    }

    @Override
    public @Nullable Object get(int column) {
        return part(column).get(columns[column]);
    }

    @Override
    public boolean isNull(int column) {
        return part(column).isNull(columns[column]);
    }

    @Override
    public long getLong(int column) {
        return part(column).getLong(columns[column]);
    }

    @Override
    public double getDouble(int column) {
        return part(column).getDouble(columns[column]);
    }

    @Override
    public boolean getBoolean(int column) {
        return part(column).getBoolean(columns[column]);
    }

    @Override
    public Row keep() {
        return new ArrayRow(toArray());
    }
}
