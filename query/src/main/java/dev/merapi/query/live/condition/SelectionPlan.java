package dev.merapi.query.live.condition;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.scan.KeyValue;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.pattern.LikePattern;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.live.index.Bounds;
import dev.merapi.query.live.index.KeyColumns;
import dev.merapi.query.live.index.RangeColumn;
import dev.merapi.query.live.index.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one request become its selection in one alternative. Immutable.
 *
 * @param keys one for each key column, in their order
 * @param bounds null where the alternative has no range column
 * @param firstLoose the first parameter of what is asked only where bounds are loose
 * @param endLoose the one behind the last of them
 */
public record SelectionPlan(
        Alternative alternative,
        List<KeyPart> keys,
        @Nullable BoundsPart bounds,
        int firstLoose,
        int endLoose) {
    private static final String DEFAULT_ESCAPE = "\\";

    /** The values a column may have. */
    record KeyPart(ColumnType column, List<KeyValue> values, List<ArrayValue> arrays) {
        List<Object> of(EvalContext context) {
            List<Object> wanted = new ArrayList<>(values.size());
            for (KeyValue one : values) {
                Object value = one.value(ArrayRow.EMPTY, context);
                if (value != null) {
                    wanted.add(value);
                }
            }
            for (ArrayValue one : arrays) {
                collect(one.array().eval(ArrayRow.EMPTY, context), one.element(), wanted);
            }
            return wanted;
        }

        /** NULL equals nothing; arrays in arrays count by their elements. */
        private void collect(@Nullable Object value, ColumnType element, List<Object> into) {
            if (value instanceof List<?> list) {
                list.forEach(inner -> collect(inner, element, into));
                return;
            }
            Object narrowed = KeyValue.narrowed(value, column, element);
            if (narrowed != null) {
                into.add(narrowed);
            }
        }
    }

    /** An array of values. */
    record ArrayValue(Evaluator array, ColumnType element) {}

    /** Bounds of a range column. */
    sealed interface BoundsPart {
        /** Null when no value lies between them. */
        @Nullable
        Bounds of(RangeColumn column, EvalContext context);
    }

    /** {@code column >= lower AND column < upper}, or one of them. */
    record Between(
            @Nullable Evaluator lower,
            boolean lowerIncluded,
            @Nullable Evaluator upper,
            boolean upperIncluded) implements BoundsPart {
        @Override
        public @Nullable Bounds of(RangeColumn column, EvalContext context) {
            Object from = lower == null ? null : lower.eval(ArrayRow.EMPTY, context);
            Object to = upper == null ? null : upper.eval(ArrayRow.EMPTY, context);
            boolean comparesWithNull = (lower != null && from == null) || (upper != null && to == null);
            return comparesWithNull ? null : column.between(from, lowerIncluded, to, upperIncluded);
        }
    }

    /** {@code column LIKE start}, {@code starts_with(column, start)}. */
    record StartingWith(Evaluator start, @Nullable Evaluator escape, boolean isPattern) implements BoundsPart {
        @Override
        public @Nullable Bounds of(RangeColumn column, EvalContext context) {
            Object text = start.eval(ArrayRow.EMPTY, context);
            Object escaping = escape == null ? DEFAULT_ESCAPE : escape.eval(ArrayRow.EMPTY, context);
            if (text == null || escaping == null) {
                return null;
            }
            if (!isPattern) {
                return column.startingWith((String) text, false);
            }
            LikePattern pattern = LikePattern.of((String) text, (String) escaping, false);
            return column.startingWith(pattern.prefix(), !pattern.isPrefix());
        }
    }

    /** The selection with these values; null when no row can be wanted. */
    public @Nullable Selection select(EvalContext context) {
        Bounds between = null;
        RangeColumn range = alternative.range();
        if (bounds != null && range != null) {
            between = bounds.of(range, context);
            if (between == null) {
                return null;
            }
        }
        KeyColumns columns = alternative.keys();
        if (columns == null) {
            return Selection.withoutKey(between);
        }
        List<byte[]> wanted = keys(columns, context);
        return wanted.isEmpty() ? null : Selection.of(columns, wanted, between);
    }

    /**
     * Whether nobody will ask for a parameter of the template: it belongs to a condition that the bounds have answered.
     */
    public boolean isIdle(int parameter, @Nullable Selection selection) {
        return parameter >= firstLoose && parameter < endLoose && (selection == null || !selection.isLoose());
    }

    private List<byte[]> keys(KeyColumns columns, EvalContext context) {
        @Nullable Object[] key = new @Nullable Object[keys.size()];
        List<Object> several = List.of();
        int severalAt = 0;
        for (int i = 0; i < key.length; i++) {
            List<Object> values = keys.get(i).of(context);
            if (values.isEmpty()) {
                return List.of();
            }
            key[i] = values.getFirst();
            if (values.size() > 1) {
                several = values;
                severalAt = i;
            }
        }
        if (several.isEmpty()) {
            return List.of(columns.keyLayout().encode(key));
        }
        List<byte[]> wanted = new ArrayList<>(several.size());
        for (Object value : several) {
            key[severalAt] = value;
            wanted.add(columns.keyLayout().encode(key));
        }
        return wanted;
    }
}
