package dev.merapi.query.dataflow.expression;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueForms;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes from a row an object that is equal for rows whose parts are equal in SQL's sense: what rows are arranged and
 * grouped by. Immutable.
 */
public final class Key {
    /**
     * A part of a key.
     *
     * @param function from a value to what equals for equal values; null if the value itself does
     * @param several whether equal values may look different
     */
    public record Part(
            Expression expression, @Nullable UnaryOperator<Object> function, boolean nullsMatch, boolean several) {
        /**
         * A part.
         *
         * @param type of the expression
         * @param nullsMatch whether NULL equals NULL; otherwise a row whose part is NULL has no key
         */
        public static Part of(Expression expression, ColumnType type, boolean nullsMatch) {
            return new Part(expression, ValueOrder.keyFunction(type), nullsMatch, ValueForms.areSeveral(type));
        }

        /** A column of a tag, whose values equal themselves alone or NULL. */
        public static Part tag(int column) {
            return tag(Expression.column(column));
        }

        /** The same, wherever the column stands. */
        public static Part tag(Expression column) {
            return new Part(column, null, true, false);
        }
    }

    private static final Object NULL = new Object();
    private static final Object EVERYTHING = new Object();

    private final Part[] parts;

    public Key(List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
    }

    /** The columns of a row from the first on, NULLs equal to one another. */
    public static Key ofColumns(List<ColumnType> types) {
        return new Key(IntStream.range(0, types.size())
                .mapToObj(i -> Part.of(Expression.column(i), types.get(i), true))
                .toList());
    }

    /** Whether rows of the same key may look different in the parts of the key. */
    public boolean hasSeveralForms() {
        return Arrays.stream(parts).anyMatch(Part::several);
    }

    /** Whether all rows have the same key. */
    public boolean isEmpty() {
        return parts.length == 0;
    }

    /** The key of a row, or null if the row equals nothing. */
    public @Nullable Object of(Row row, EvalContext constants) {
        if (parts.length == 1) {
            return part(parts[0], row, constants);
        }
        if (parts.length == 0) {
            return EVERYTHING;
        }
        Object[] values = new Object[parts.length];
        for (int i = 0; i < values.length; i++) {
            Object value = part(parts[i], row, constants);
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return new Composite(values);
    }

    /** The key of a row under a key all of whose parts let NULLs match. */
    public Object required(Row row, EvalContext constants) {
        Object key = of(row, constants);
        if (key == null) {
            throw new IllegalStateException("a key that must not be missing is missing");
        }
        return key;
    }

    private static @Nullable Object part(Part part, Row row, EvalContext constants) {
        Object value = part.expression().eval(row, constants);
        if (value == null) {
            return part.nullsMatch() ? NULL : null;
        }
        return part.function() == null ? value : part.function().apply(value);
    }

    /** Several values at once. */
    private static final class Composite {
        private final Object[] values;
        private final int hash;

        Composite(Object[] values) {
            this.values = values;
            this.hash = Arrays.hashCode(values);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Composite key && hash == key.hash && Arrays.equals(values, key.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
