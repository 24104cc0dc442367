package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.dataflow.zset.Rows;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Operators that show, for each key by itself, a part of the rows in order. Held are all rows in order, so a row that
 * leaves the part is replaced by the next one at once. At every moment
 *
 * <pre>
 * shown = part(A[k])      and      d(output)[k] = part(A[k] + dA[k]) - part(A[k])
 * </pre>
 *
 * A change behind the part costs its look-up in the order alone; any other also the length of what is in front of the
 * part and of the part itself.
 */
abstract class Ordered extends Operator {
    private static final int BYTES_PER_ROW = 56;

    /**
     * What is shown of the rows of a key.
     *
     * @param end the last row looked at when more rows behind it would not have changed anything, else null
     */
    record Part(Map<Row, Integer> rows, @Nullable Row end) {
        static final Part NOTHING = new Part(Map.of(), null);
    }

    /** The rows of a key. */
    private static final class Group {
        final TreeMap<Row, Integer> rows;
        /** What the first row said of the part to show; all rows of the key say the same. */
        final Bounds bounds;

        Part shown = Part.NOTHING;

        Group(TotalOrder order, Bounds bounds) {
            this.rows = new TreeMap<>(order);
            this.bounds = bounds;
        }
    }

    /** Which part of rows in order is shown. */
    @FunctionalInterface
    interface Bounds {
        /** The part of rows, each given with how often it is there. */
        Part part(SortedMap<Row, Integer> rows);
    }

    private final Delta input;
    private final Key key;
    private final TotalOrder order;
    private final EvalContext constants;
    private final Map<Object, Group> groups = new HashMap<>();
    private long rows;
    private long bytes;

    Ordered(Delta input, Key key, TotalOrder order, EvalContext constants) {
        this.input = input;
        this.key = key;
        this.order = order;
        this.constants = constants;
    }

    /** The part to show of all rows of the key of this one. */
    abstract Bounds bounds(Row row, EvalContext context);

    /** Whether a row that came or went behind the end of a part cannot have changed the part. */
    boolean isBehind(Row row, Row end) {
        return order.compare(row, end) > 0;
    }

    @Override
    public final void step() {
        Map<Object, Group> touched = new LinkedHashMap<>();
        for (int i = 0; i < input.size(); i++) {
            Row row = input.row(i);
            Object value = key.required(row, constants);
            Group group = groups.get(value);
            if (group == null) {
                group = new Group(order, bounds(row, constants));
                groups.put(value, group);
            }
            add(group, row, input.weight(i));
            Row end = group.shown.end();
            if (end == null || !isBehind(row, end) || group.rows.isEmpty()) {
                touched.put(value, group);
            }
        }
        for (Map.Entry<Object, Group> entry : touched.entrySet()) {
            show(entry.getValue());
            if (entry.getValue().rows.isEmpty()) {
                groups.remove(entry.getKey());
            }
        }
    }

    private void add(Group group, Row row, int weight) {
        Integer before = group.rows.get(row);
        int after = Math.addExact(before == null ? 0 : before, weight);
        if (after == 0) {
            group.rows.remove(row);
        } else {
            group.rows.put(row, after);
        }
        int grown = (after == 0 ? 0 : 1) - (before == null ? 0 : 1);
        rows += grown;
        bytes += grown * (Rows.bytes(row) + BYTES_PER_ROW);
    }

    private void show(Group group) {
        Part now = group.bounds.part(group.rows);
        Map<Row, Integer> before = group.shown.rows();
        for (Map.Entry<Row, Integer> entry : before.entrySet()) {
            int change = now.rows().getOrDefault(entry.getKey(), 0) - entry.getValue();
            if (change != 0) {
                emit(entry.getKey(), change);
            }
        }
        for (Map.Entry<Row, Integer> entry : now.rows().entrySet()) {
            if (!before.containsKey(entry.getKey())) {
                emit(entry.getKey(), entry.getValue());
            }
        }
        group.shown = now;
    }

    @Override
    public final boolean isHolding() {
        return true;
    }

    @Override
    public final long rows() {
        return rows;
    }

    @Override
    public final long bytes() {
        return bytes;
    }
}
