package dev.merapi.query.live.row;

import dev.merapi.api.value.RowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one result, added up: what came and went again is not in it. Rows are told apart by their bytes and
 * counted, because a result may hold a row several times.
 *
 * <p>Invariant: {@link #toChanges} applied to the rows before the first change gives the rows after the last. Used by
 * one thread.
 */
public final class NetChanges {
    private final @Nullable RowKey key;
    private final Map<RowImage, Integer> weights = new LinkedHashMap<>();

    /**
     * @param key by which a row that went and one that came are one updated row; null when the result has no key
     */
    public NetChanges(@Nullable RowKey key) {
        this.key = key;
    }

    /** Adds a row so many times; removes it when negative. */
    public void add(byte[] row, int times) {
        weights.merge(new RowImage(row), times, (before, more) -> before + more == 0 ? null : before + more);
    }

    /** Adds what was handed out as an update. */
    public void add(List<RowChange> changes) {
        for (RowChange change : changes) {
            byte[] before = change.before();
            if (before != null) {
                add(before, -1);
            }
            byte[] after = change.after();
            if (after != null) {
                add(after, 1);
            }
        }
    }

    /** The number of distinct rows that differ. */
    public int size() {
        return weights.size();
    }

    public boolean isEmpty() {
        return weights.isEmpty();
    }

    /** The changes, deleted rows first; a row deleted and one inserted with the same key are one update. */
    public List<RowChange> toChanges() {
        Map<RowImage, byte[]> goneByKey = new LinkedHashMap<>();
        List<RowChange> changes = new ArrayList<>();
        weights.forEach((row, weight) -> {
            if (weight == -1 && key != null) {
                goneByKey.put(new RowImage(key.extract(row.bytes())), row.bytes());
            } else {
                for (int i = weight; i < 0; i++) {
                    changes.add(new RowChange(row.bytes(), null));
                }
            }
        });
        List<RowChange> came = new ArrayList<>();
        weights.forEach((row, weight) -> {
            byte[] gone = key == null || weight < 1 ? null : goneByKey.remove(new RowImage(key.extract(row.bytes())));
            for (int i = 0; i < weight; i++) {
                came.add(new RowChange(i == 0 ? gone : null, row.bytes()));
            }
        });
        goneByKey.values().forEach(row -> changes.add(new RowChange(row, null)));
        changes.addAll(came);
        return changes;
    }
}
