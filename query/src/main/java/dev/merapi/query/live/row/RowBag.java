package dev.merapi.query.live.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/** The rows of a derived result; a row may be there several times. Used by one thread. */
public final class RowBag {
    /** About what a row takes besides its bytes: the array's head, the image, the entry of the map and its bucket. */
    private static final int BYTES_PER_ROW = 80;

    private final Map<RowImage, Integer> counts = new LinkedHashMap<>();
    private int size;
    private long rowBytes;

    public RowBag(List<byte[]> rows) {
        rows.forEach(row -> add(row, 1));
    }

    /** Adds a row so many times; removes it when negative. */
    public void add(byte[] row, int times) {
        int count = counts.merge(new RowImage(row), times, Integer::sum);
        if (count < 0) {
            throw new IllegalStateException("a live result lost a row that it did not have");
        }
        if (count == 0) {
            counts.remove(new RowImage(row));
            rowBytes -= row.length;
        } else if (count == times) {
            rowBytes += row.length;
        }
        size += times;
    }

    public int size() {
        return size;
    }

    /** About how much memory it takes. */
    public long bytes() {
        return rowBytes + (long) counts.size() * BYTES_PER_ROW;
    }

    /** The rows, in the order in which they came. */
    public List<byte[]> toList() {
        List<byte[]> rows = new ArrayList<>(size);
        counts.forEach((row, count) -> {
            for (int i = 0; i < count; i++) {
                rows.add(row.bytes());
            }
        });
        return rows;
    }

    /** Tells what has to be done to these rows for them to become others: each row so many times more, or fewer. */
    public void difference(List<byte[]> others, ObjIntConsumer<byte[]> change) {
        counts.forEach((row, count) -> change.accept(row.bytes(), -count));
        others.forEach(row -> change.accept(row, 1));
    }
}
