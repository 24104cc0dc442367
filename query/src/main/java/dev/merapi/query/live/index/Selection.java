package dev.merapi.query.live.index;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows one member wants: those that have one of some keys, with the range column between bounds. Immutable.
 */
public final class Selection {
    private static final byte[][] NO_KEYS = {};

    /** The one key, as most have. */
    private final byte @Nullable [] key;

    /** The keys in order, if there are several. */
    private final byte[][] keys;

    private final @Nullable Bounds bounds;

    private Selection(byte @Nullable [] key, byte[][] keys, @Nullable Bounds bounds) {
        this.key = key;
        this.keys = keys;
        this.bounds = bounds;
    }

    /**
     * @param bounds null where there is no range column
     */
    public static Selection withoutKey(@Nullable Bounds bounds) {
        return new Selection(null, NO_KEYS, bounds);
    }

    /**
     * @param keys at least one; equal ones count once
     * @param bounds null where there is no range column
     */
    public static Selection of(KeyColumns columns, List<byte[]> keys, @Nullable Bounds bounds) {
        if (keys.size() == 1) {
            return new Selection(keys.getFirst(), NO_KEYS, bounds);
        }
        byte[][] sorted = keys.toArray(byte[][]::new);
        Arrays.sort(sorted, columns::compareKeys);
        int count = 1;
        for (int i = 1; i < sorted.length; i++) {
            if (!columns.sameKey(sorted[i], sorted[count - 1])) {
                sorted[count++] = sorted[i];
            }
        }
        return count == 1
                ? new Selection(sorted[0], NO_KEYS, bounds)
                : new Selection(null, Arrays.copyOf(sorted, count), bounds);
    }

    /** The number of keys; 0 where there are no key columns. */
    public int keyCount() {
        return key != null ? 1 : keys.length;
    }

    public byte[] key(int i) {
        return key != null && i == 0 ? key : keys[i];
    }

    /** Whether there are bounds. */
    public boolean isBounded() {
        return bounds != null;
    }

    @Nullable
    Bounds bounds() {
        return bounds;
    }

    /** Whether the bounds leave something to ask of the condition they come from, as a LIKE may. */
    public boolean isLoose() {
        return bounds != null && bounds.loose;
    }

    /** Whether a row is among those wanted. */
    public boolean contains(@Nullable KeyColumns columns, @Nullable RangeColumn range, byte[] row) {
        return (columns == null || hasKeyOf(columns, row))
                && (range == null || bounds == null || range.contains(bounds, row));
    }

    private boolean hasKeyOf(KeyColumns columns, byte[] row) {
        if (columns.hasNull(row)) {
            return false;
        }
        if (key != null) {
            return columns.rowHasKey(row, key);
        }
        int from = 0;
        int to = keys.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = columns.compareRow(row, keys[middle]);
            if (order == 0) {
                return true;
            }
            if (order > 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Selection that
                && Arrays.equals(key, that.key)
                && Arrays.deepEquals(keys, that.keys)
                && (bounds == null ? that.bounds == null : bounds.equals(that.bounds));
    }

    @Override
    public int hashCode() {
        int ofKeys = key != null ? Arrays.hashCode(key) : Arrays.deepHashCode(keys);
        return 31 * ofKeys + (bounds == null ? 0 : bounds.hashCode());
    }
}
