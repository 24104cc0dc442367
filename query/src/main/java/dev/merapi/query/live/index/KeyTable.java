package dev.merapi.query.live.index;

import dev.merapi.api.value.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * From keys to what belongs to them, found by the key of a row. The codes of the keys stand side by side in one array:
 * looking up a key among a million fetches its code, its entry and nothing else.
 *
 * <p>Invariant: open addressing by the hash of the code with linear probing: between the place a key's hash names and
 * the place it has, all are taken. At most two thirds are, and at least a twelfth but for the smallest size. Where
 * codes are exact keys are not kept.
 */
final class KeyTable {
    private static final int MIN_CAPACITY = 4;

    private final KeyColumns columns;
    private long[] codes = new long[MIN_CAPACITY];
    private byte @Nullable [] @Nullable [] keys;
    private @Nullable Object[] entries = new @Nullable Object[MIN_CAPACITY];
    private int size;

    KeyTable(KeyColumns columns) {
        this.columns = columns;
        this.keys = columns.isExact() ? null : new byte[MIN_CAPACITY][];
    }

    int size() {
        return size;
    }

    /** What belongs to the key of a row; null for nothing, and for a row without a key. */
    @Nullable
    Object findByRow(byte[] row) {
        if (columns.hasNull(row)) {
            return null;
        }
        long code = columns.codeOfRow(row);
        int at = home(code);
        for (Object entry = entries[at]; entry != null; entry = entries[at]) {
            if (codes[at] == code && (keys == null || columns.rowHasKey(row, key(at)))) {
                return entry;
            }
            at = next(at);
        }
        return null;
    }

    @Nullable
    Object find(byte[] key) {
        return entries[place(key, columns.codeOfKey(key))];
    }

    /** Sets what belongs to a key. */
    void put(byte[] key, Object entry) {
        long code = columns.codeOfKey(key);
        int at = place(key, code);
        if (entries[at] != null) {
            entries[at] = entry;
            return;
        }
        if ((size + 1) * 3L > entries.length * 2L) {
            resize(entries.length * 2);
            at = place(key, code);
        }
        codes[at] = code;
        entries[at] = entry;
        if (keys != null) {
            keys[at] = key;
        }
        size++;
    }

    /** Removes a key and what belongs to it, if it is there. */
    void remove(byte[] key) {
        int at = place(key, columns.codeOfKey(key));
        if (entries[at] == null) {
            return;
        }
        clear(at);
        closeGap(at);
        size--;
        if (entries.length > MIN_CAPACITY && size * 12L < entries.length) {
            resize(entries.length / 4);
        }
    }

    /** Moves up those that had to pass the place that has become free. */
    private void closeGap(int gap) {
        int free = gap;
        for (int at = next(gap); entries[at] != null; at = next(at)) {
            int distance = (at - home(codes[at])) & (entries.length - 1);
            if (distance >= ((at - free) & (entries.length - 1))) {
                codes[free] = codes[at];
                entries[free] = entries[at];
                if (keys != null) {
                    keys[free] = keys[at];
                }
                clear(at);
                free = at;
            }
        }
    }

    private void clear(int at) {
        entries[at] = null;
        if (keys != null) {
            keys[at] = null;
        }
    }

    /** Where a key is, or else the free place for it. */
    private int place(byte[] key, long code) {
        int at = home(code);
        while (entries[at] != null && !(codes[at] == code && (keys == null || columns.sameKey(key, key(at))))) {
            at = next(at);
        }
        return at;
    }

    private byte[] key(int at) {
        byte[] key = keys == null ? null : keys[at];
        if (key == null) {
            throw new IllegalStateException("no key at a place that is taken");
        }
        return key;
    }

    private void resize(int capacity) {
        long[] oldCodes = codes;
        byte @Nullable [] @Nullable [] oldKeys = keys;
        @Nullable Object[] oldEntries = entries;
        int length = Math.max(MIN_CAPACITY, capacity);
        codes = new long[length];
        keys = oldKeys == null ? null : new byte[length][];
        entries = new @Nullable Object[length];
        for (int i = 0; i < oldEntries.length; i++) {
            if (oldEntries[i] != null) {
                int at = home(oldCodes[i]);
                while (entries[at] != null) {
                    at = next(at);
                }
                codes[at] = oldCodes[i];
                entries[at] = oldEntries[i];
                if (keys != null && oldKeys != null) {
                    keys[at] = oldKeys[i];
                }
            }
        }
    }

    private int home(long code) {
        return RowKey.hashOfLong(code) & (entries.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (entries.length - 1);
    }
}
