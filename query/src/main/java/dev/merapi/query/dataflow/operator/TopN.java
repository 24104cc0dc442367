package dev.merapi.query.dataflow.operator;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.dataflow.zset.Rows;
import dev.merapi.query.dataflow.zset.TotalOrder;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * ORDER BY with LIMIT and OFFSET, for each key by itself: of A's rows in order, the window from {@code offset} on. All
 * rows are held in order, so a row that leaves the window is replaced by the next one at once. At every moment
 *
 * <pre>
 * shown = window(A)      and      d(output) = window(A + dA) - window(A)
 * </pre>
 *
 * A change behind the window costs its look-up in the order alone; any other also the length of offset and window.
 */
public final class TopN extends Operator {
    private static final int BYTES_PER_ROW = 56;

    /** Which part of the order is shown; null is no bound, as is NULL. */
    public record Bounds(
            @Nullable Expression offset, @Nullable Expression limit) {}

    private static final class Window {
        final TreeMap<Row, Integer> rows;
        final long offset;
        final long limit;
        Map<Row, Integer> shown = Map.of();
        /** The last row shown, if the window is full: what comes behind does not change it. */
        @Nullable
        Row end;

        Window(TotalOrder order, long offset, long limit) {
            this.rows = new TreeMap<>(order);
            this.offset = offset;
            this.limit = limit;
        }
    }

    private final Delta input;
    private final Key key;
    private final TotalOrder order;
    private final Bounds bounds;
    private final EvalContext constants;
    private final Map<Object, Window> windows = new HashMap<>();
    private long rows;
    private long bytes;

    public TopN(Delta input, Key key, TotalOrder order, Bounds bounds, EvalContext constants) {
        this.input = input;
        this.key = key;
        this.order = order;
        this.bounds = bounds;
        this.constants = constants;
    }

    @Override
    public void step() {
        Map<Object, Window> touched = new LinkedHashMap<>();
        for (int i = 0; i < input.size(); i++) {
            Row row = input.row(i);
            Object value = key.required(row, constants);
            Window window = windows.get(value);
            if (window == null) {
                window = open(row);
                windows.put(value, window);
            }
            add(window, row, input.weight(i));
            if (window.end == null || order.compare(row, window.end) <= 0 || window.rows.isEmpty()) {
                touched.put(value, window);
            }
        }
        for (Map.Entry<Object, Window> entry : touched.entrySet()) {
            show(entry.getValue());
            if (entry.getValue().rows.isEmpty()) {
                windows.remove(entry.getKey());
            }
        }
    }

    private Window open(Row row) {
        long offset = bound(bounds.offset(), row, 0);
        if (offset < 0) {
            throw new CodedException(ErrorCode.INVALID_OFFSET, "OFFSET must not be negative").with("offset", offset);
        }
        long limit = bound(bounds.limit(), row, Long.MAX_VALUE);
        if (limit < 0) {
            throw new CodedException(ErrorCode.INVALID_LIMIT, "LIMIT must not be negative").with("limit", limit);
        }
        return new Window(order, offset, limit);
    }

    private long bound(@Nullable Expression expression, Row row, long unbounded) {
        Object value = expression == null ? null : expression.eval(row, constants);
        return value == null ? unbounded : ((Number) value).longValue();
    }

    private void add(Window window, Row row, int weight) {
        Integer before = window.rows.get(row);
        int after = Math.addExact(before == null ? 0 : before, weight);
        if (after == 0) {
            window.rows.remove(row);
        } else {
            window.rows.put(row, after);
        }
        int grown = (after == 0 ? 0 : 1) - (before == null ? 0 : 1);
        rows += grown;
        bytes += grown * (Rows.bytes(row) + BYTES_PER_ROW);
    }

    private void show(Window window) {
        Map<Row, Integer> now = new LinkedHashMap<>();
        long skip = window.offset;
        long take = window.limit;
        Row last = null;
        for (Map.Entry<Row, Integer> entry : window.rows.entrySet()) {
            if (take == 0) {
                break;
            }
            long skipped = Math.min(skip, entry.getValue());
            skip -= skipped;
            long taken = Math.min(take, entry.getValue() - skipped);
            take -= taken;
            if (taken > 0) {
                now.put(entry.getKey(), (int) taken);
                last = entry.getKey();
            }
        }
        for (Map.Entry<Row, Integer> entry : window.shown.entrySet()) {
            int change = now.getOrDefault(entry.getKey(), 0) - entry.getValue();
            if (change != 0) {
                emit(entry.getKey(), change);
            }
        }
        for (Map.Entry<Row, Integer> entry : now.entrySet()) {
            if (!window.shown.containsKey(entry.getKey())) {
                emit(entry.getKey(), entry.getValue());
            }
        }
        window.shown = now;
        window.end = take == 0 ? last : null;
    }

    @Override
    public boolean isHolding() {
        return true;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
