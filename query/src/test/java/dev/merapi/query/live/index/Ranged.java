package dev.merapi.query.live.index;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A member that wants some keys and values between two, and says by itself whether it wants a row: value by value, in
 * SQL's order.
 */
record Ranged(
        long id,
        ColumnType type,
        List<Integer> keys,
        @Nullable Object lower,
        boolean lowerIncluded,
        @Nullable Object upper,
        boolean upperIncluded,
        @Nullable String prefix,
        Selection selection)
        implements Member {
    @Override
    public Selection selection(int index) {
        return selection;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    boolean wants(@Nullable Integer key, @Nullable Object value) {
        return (keys.isEmpty() || (key != null && keys.contains(key))) && value != null && isBetween(value);
    }

    private boolean isBetween(Object value) {
        if (prefix != null) {
            return ((String) value).startsWith(prefix);
        }
        Comparator<Object> order = ValueOrder.comparator(type);
        int toLower = lower == null ? 1 : order.compare(value, lower);
        int toUpper = upper == null ? -1 : order.compare(value, upper);
        return (lowerIncluded ? toLower >= 0 : toLower > 0) && (upperIncluded ? toUpper <= 0 : toUpper < 0);
    }

    /** A member with bounds of these values; null where nothing can lie between them. */
    static @Nullable Ranged random(
            long id,
            SplittableRandom random,
            ColumnType type,
            List<Object> values,
            @Nullable KeyColumns keyColumns,
            RangeColumn column) {
        List<Integer> keys = keyColumns == null
                ? List.of()
                : random.ints(1 + random.nextInt(3), 0, 20).boxed().toList();
        Object lower = random.nextInt(4) == 0 ? null : values.get(random.nextInt(values.size()));
        Object upper = random.nextInt(4) == 0 ? null : values.get(random.nextInt(values.size()));
        boolean lowerIncluded = random.nextBoolean();
        boolean upperIncluded = random.nextBoolean();
        String prefix = lower instanceof String text && random.nextBoolean()
                ? text.substring(
                        0, text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1)))
                : null;
        Bounds bounds = prefix != null
                ? column.startingWith(prefix, false)
                : column.between(lower, lowerIncluded, upper, upperIncluded);
        if (bounds == null) {
            return null;
        }
        Selection selection = keyColumns == null
                ? Selection.withoutKey(bounds)
                : Selection.of(
                        keyColumns,
                        keys.stream()
                                .map(key -> keyColumns.keyLayout().encode(key))
                                .toList(),
                        bounds);
        return new Ranged(id, type, keys, lower, lowerIncluded, upper, upperIncluded, prefix, selection);
    }
}
