package dev.merapi.query.dataflow.zset;

import dev.merapi.query.expr.row.Row;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change while it is collected: rows with weights, in the order in which they came. */
public final class Delta implements Sink {
    /** What stays allocated between two commits. */
    private static final int MAX_KEPT = 4096;

    private @Nullable Row[] rows = new @Nullable Row[8];
    private int[] weights = new int[8];
    private int size;

    @Override
    public void accept(Row row, int weight) {
        if (size == weights.length) {
            rows = Arrays.copyOf(rows, size * 2);
            weights = Arrays.copyOf(weights, size * 2);
        }
        rows[size] = Rows.held(row);
        weights[size++] = weight;
    }

    /** The number of entries. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public Row row(int i) {
        Row row = rows[i];
        if (row == null || i >= size) {
            throw new IndexOutOfBoundsException(i);
        }
        return row;
    }

    public int weight(int i) {
        return weights[i];
    }

    /** Makes one entry of those for equal rows, and none of those that cancel out. */
    public void consolidate() {
        if (size < 2) {
            return;
        }
        if (size == 2) {
            if (row(0).equals(row(1))) {
                weights[0] += weights[1];
                size = weights[0] == 0 ? 0 : 1;
            }
            return;
        }
        Map<Row, Integer> sums = LinkedHashMap.newLinkedHashMap(size);
        for (int i = 0; i < size; i++) {
            sums.merge(row(i), weights[i], Math::addExact);
        }
        if (sums.size() == size) {
            return;
        }
        int at = 0;
        for (Map.Entry<Row, Integer> sum : sums.entrySet()) {
            if (sum.getValue() != 0) {
                rows[at] = sum.getKey();
                weights[at++] = sum.getValue();
            }
        }
        Arrays.fill(rows, at, size, null);
        size = at;
    }

    /** Forgets everything. */
    public void clear() {
        if (weights.length > MAX_KEPT) {
            rows = new @Nullable Row[8];
            weights = new int[8];
        } else {
            Arrays.fill(rows, 0, size, null);
        }
        size = 0;
    }
}
