package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.aggregate.Call;
import dev.merapi.query.dataflow.aggregate.GroupValue;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.dataflow.zset.Rows;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY: for each key k with rows in A, one row f(A[k]). Each aggregate is a group homomorphism or holds what it
 * needs (see {@link GroupValue}), so the change is
 *
 * <pre>
 * d(γA)[k] = f(A[k] + dA[k]) - f(A[k])    for the keys in dA
 * </pre>
 *
 * and costs the changed groups. Without keys there is one group for each row of the domain, whether A has rows or not.
 */
public final class GroupBy extends Operator {
    /** About what a group takes besides its aggregates, what an aggregate takes, and what one of its values does. */
    private static final int BYTES_PER_GROUP = 240;

    private static final int BYTES_PER_AGGREGATE = 110;
    private static final int BYTES_PER_VALUE = 120;

    /** What a column of the output shows. */
    public sealed interface Column {
        /** A column of the input that all rows of the group share. */
        record Shared(int column) implements Column {}

        /** An aggregate, by its number. */
        record Aggregate(int call) implements Column {}

        /** Always the same: NULL for a column not grouped by, the bits of GROUPING(). */
        record Constant(@Nullable Object value) implements Column {}
    }

    /**
     * What is grouped.
     *
     * @param domain for a grouping without keys, rows of the tag columns alone: each has a group; else null
     */
    public record Input(Delta rows, @Nullable Delta domain) {}

    private static final class Group {
        final Representative representative;
        final GroupValue[] values;
        long rows;

        @Nullable
        Row shown;

        Group(Representative representative, GroupValue[] values) {
            this.representative = representative;
            this.values = values;
        }
    }

    private final Input input;
    private final Key key;
    /** Whether rows of a group may look different in what they share. */
    private final boolean several;

    private final int[] shared;
    private final List<Column> columns;
    private final List<Call> calls;
    private final EvalContext constants;
    private final Map<Object, Group> groups = new HashMap<>();
    private long heldBytes;

    /** Makes the operator; NULLs match in {@code key}. */
    public GroupBy(Input input, Key key, List<Column> columns, List<Call> calls, EvalContext constants) {
        this.input = input;
        this.key = key;
        this.several = key.hasSeveralForms();
        this.columns = List.copyOf(columns);
        this.shared = columns.stream()
                .mapToInt(column -> column instanceof Column.Shared of ? of.column() : -1)
                .filter(column -> column >= 0)
                .toArray();
        this.calls = List.copyOf(calls);
        this.constants = constants;
    }

    @Override
    public void step() {
        Map<Object, Group> touched = new LinkedHashMap<>();
        if (input.domain() != null) {
            collect(input.domain(), false, touched);
        }
        collect(input.rows(), true, touched);
        for (Map.Entry<Object, Group> entry : touched.entrySet()) {
            Group group = entry.getValue();
            Row now = group.rows == 0 ? null : output(group);
            show(group, now);
            if (now == null) {
                groups.remove(entry.getKey());
            }
            heldBytes += held(group);
        }
    }

    /** Rows of the domain count as rows of a group, but the aggregates do not hear of them. */
    private void collect(Delta delta, boolean counted, Map<Object, Group> touched) {
        for (int i = 0; i < delta.size(); i++) {
            Row row = delta.row(i);
            Object value = key.required(row, constants);
            Group group = touched.get(value);
            if (group == null) {
                group = groups.computeIfAbsent(value, none -> newGroup(shared(row)));
                heldBytes -= held(group);
                touched.put(value, group);
            }
            group.rows += delta.weight(i);
            if (several) {
                group.representative.add(shared(row), delta.weight(i));
            }
            if (counted) {
                for (int call = 0; call < group.values.length; call++) {
                    calls.get(call).add(group.values[call], row, delta.weight(i));
                }
            }
        }
    }

    /** What a row shares with all rows of its group. */
    private Row shared(Row row) {
        @Nullable Object[] values = new @Nullable Object[shared.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(shared[i]);
        }
        return new ArrayRow(values);
    }

    private Group newGroup(Row first) {
        GroupValue[] values = new GroupValue[calls.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = calls.get(i).values().newValue(constants);
        }
        return new Group(new Representative(first, several), values);
    }

    private Row output(Group group) {
        Row all = group.representative.row();
        int at = 0;
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = switch (columns.get(i)) {
                case Column.Shared column -> all.get(at++);
                case Column.Aggregate aggregate -> group.values[aggregate.call()].result();
                case Column.Constant constant -> constant.value();
            };
        }
        return new ArrayRow(row);
    }

    private void show(Group group, @Nullable Row now) {
        Row before = group.shown;
        if (before != null && before.equals(now)) {
            return;
        }
        if (before != null) {
            emit(before, -1);
        }
        if (now != null) {
            emit(now, 1);
        }
        group.shown = now;
    }

    private static long held(Group group) {
        long held = group.shown == null ? 0 : Rows.bytes(group.shown);
        for (GroupValue value : group.values) {
            held += value.held() * BYTES_PER_VALUE;
        }
        return held;
    }

    @Override
    public boolean isHolding() {
        return true;
    }

    @Override
    public long rows() {
        return groups.size();
    }

    @Override
    public long bytes() {
        return groups.size() * (BYTES_PER_GROUP + (long) calls.size() * BYTES_PER_AGGREGATE) + heldBytes;
    }
}
