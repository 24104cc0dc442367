package dev.merapi.api.schema;

import java.util.Arrays;
import java.util.List;

/** The columns of a row, in order. Names need not be unique: a query result may repeat them. */
public record RowType(List<Column> columns) {
    public static final RowType EMPTY = new RowType(List.of());

    public RowType {
        columns = List.copyOf(columns);
    }

    public static RowType of(Column... columns) {
        return new RowType(Arrays.asList(columns));
    }

    public int size() {
        return columns.size();
    }

    public Column column(int index) {
        return columns.get(index);
    }

    /** The index of the first column with this exact name, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The row type made of some of these columns, in the given order. */
    public RowType project(int... indexes) {
        return new RowType(Arrays.stream(indexes).mapToObj(columns::get).toList());
    }
}
