package dev.merapi.query.dataflow.zset;

import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A computed row, equal to another when all values are the same down to their form. */
public final class ValueRow implements Row {
    private final @Nullable Object[] values;
    private int hash;

    /** Takes over the array. */
    public ValueRow(@Nullable Object... values) {
        this.values = values;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object get(int column) {
        return values[column];
    }

    @Override
    public boolean isNull(int column) {
        return values[column] == null;
    }

    @Override
    public long getLong(int column) {
        return ArrayRow.raw(required(column));
    }

    @Override
    public double getDouble(int column) {
        return ((Number) required(column)).doubleValue();
    }

    @Override
    public boolean getBoolean(int column) {
        return (Boolean) required(column);
    }

    @Override
    public Row keep() {
        return this;
    }

    @Override
    public @Nullable Object[] toArray() {
        return values.clone();
    }

    private Object required(int column) {
        Object value = values[column];
        if (value == null) {
            throw new IllegalStateException("column " + column + " is NULL");
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof ValueRow row) || row.values.length != values.length || row.hashCode() != hashCode()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (!same(values[i], row.values[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether two values are the same down to their form. */
    static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.equals(a, b);
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(left, right);
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            for (Object value : values) {
                known = 31 * known + hash(value);
            }
            hash = known;
        }
        return known;
    }

    private static int hash(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case byte[] bytes -> Arrays.hashCode(bytes);
            case List<?> list -> {
                int hash = 1;
                for (Object item : list) {
                    hash = 31 * hash + hash(item);
                }
                yield hash;
            }
            default -> value.hashCode();
        };
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
