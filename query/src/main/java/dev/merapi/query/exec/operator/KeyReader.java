package dev.merapi.query.exec.operator;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts from a row an object that is equal for rows whose columns are equal in SQL's sense (1.0 and 1.00, 0 and -0):
 * what groups, distinct rows and hash joins are found by. Immutable.
 */
public final class KeyReader {
    /** Stands for NULL in a key of one column, where null would mean that there is no key. */
    private static final Object NULL = new Object();

    private final int[] columns;
    private final @Nullable UnaryOperator<Object>[] keyFunctions;

    /** Makes a reader of some columns; {@code types} are those of the columns, in the same order. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of functions cannot be made otherwise
    public KeyReader(int[] columns, List<ColumnType> types) {
        this.columns = columns.clone();
        this.keyFunctions = new UnaryOperator[columns.length];
        for (int i = 0; i < columns.length; i++) {
            keyFunctions[i] = ValueOrder.keyFunction(types.get(i));
        }
    }

    /** The key of a row, NULLs equal to one another. */
    public Object key(Row row) {
        if (columns.length == 1) {
            Object value = value(row, 0);
            return value == null ? NULL : value;
        }
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, i);
        }
        return new Key(values);
    }

    /** The key of a row, or null if one of its columns is NULL and so equals nothing. */
    public @Nullable Object matchableKey(Row row) {
        for (int column : columns) {
            if (row.isNull(column)) {
                return null;
            }
        }
        return key(row);
    }

    private @Nullable Object value(Row row, int part) {
        Object value = row.get(columns[part]);
        UnaryOperator<Object> function = keyFunctions[part];
        return value == null || function == null ? value : function.apply(value);
    }

    /** Several values at once. */
    private static final class Key {
        private final @Nullable Object[] values;
        private final int hash;

        Key(@Nullable Object[] values) {
            this.values = values;
            this.hash = Arrays.hashCode(values);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && hash == key.hash && Arrays.equals(values, key.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
