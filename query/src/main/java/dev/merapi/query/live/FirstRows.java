package dev.merapi.query.live;

import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.ResultComparator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Puts the rows in order with which somebody begins who asked for an order. Immutable. */
final class FirstRows {
    private final ResultComparator order;
    private final LiveLimits limits;

    FirstRows(RowType type, ResultOrder order, LiveLimits limits) {
        this.order = new ResultComparator(type, order);
        this.limits = limits;
    }

    /**
     * All rows in order.
     *
     * @throws dev.merapi.api.error.CodedException LIVE_LIMIT when there are too many to be held
     */
    List<byte[]> all(Iterator<byte[]> rows) {
        List<byte[]> sorted = new ArrayList<>();
        while (rows.hasNext()) {
            limits.requireRoom(sorted.size());
            sorted.add(rows.next());
        }
        sorted.sort(order);
        return sorted;
    }

    /** The first so many rows, holding no more. */
    List<byte[]> of(Iterator<byte[]> rows, int count) {
        PriorityQueue<byte[]> lastFirst = new PriorityQueue<>(Math.min(count, 1024) + 1, order.reversed());
        while (rows.hasNext()) {
            byte[] row = rows.next();
            if (lastFirst.size() < count) {
                limits.requireRoom(lastFirst.size());
                lastFirst.add(row);
            } else if (order.compare(row, lastFirst.element()) < 0) {
                lastFirst.remove();
                lastFirst.add(row);
            }
        }
        List<byte[]> sorted = new ArrayList<>(lastFirst);
        sorted.sort(order);
        return sorted;
    }
}
