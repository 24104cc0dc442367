package dev.merapi.query.exec.aggregate;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY with aggregates. All grouping sets are filled in one pass over the input. A row of the output holds the
 * grouping columns (NULL where the set lacks them), then the calls.
 */
public final class Grouping extends Operator {
    /** Stands for the key of the empty set. */
    private static final Object EVERYTHING = new Object();

    /** A column of the output behind the grouping columns. */
    public sealed interface Call {
        record Aggregate(AggregateCallPlan plan) implements Call {}

        /** GROUPING(…): which of {@link GroupingSet#groupingBits}. */
        record GroupingFunction(int number) implements Call {}
    }

    private final int[] columns;
    private final List<GroupingSet> sets;
    private final List<Call> calls;
    private final List<AggregateCallPlan> aggregates;
    private final String text;

    /** Makes the operator; {@code columns} are the grouping columns in the input. */
    public Grouping(Operator input, int[] columns, List<GroupingSet> sets, List<Call> calls, String text) {
        super(columns.length + calls.size(), List.of(input));
        this.columns = columns.clone();
        this.sets = List.copyOf(sets);
        this.calls = List.copyOf(calls);
        this.aggregates = calls.stream()
                .filter(Call.Aggregate.class::isInstance)
                .map(call -> ((Call.Aggregate) call).plan())
                .toList();
        this.text = text;
    }

    /** The values of the grouping columns, and the aggregates so far. */
    private record Group(@Nullable Object[] values, List<Tally> tallies) {}

    @Override
    protected RowSource start(QueryContext context) {
        List<Map<Object, Group>> groups = new ArrayList<>();
        for (GroupingSet set : sets) {
            Map<Object, Group> ofSet = new LinkedHashMap<>();
            if (set.key() == null) {
                ofSet.put(EVERYTHING, group(set, null, context));
            }
            groups.add(ofSet);
        }
        RowSource rows = input().open(context);
        for (Row row = rows.next(); row != null; row = rows.next()) {
            for (int i = 0; i < sets.size(); i++) {
                context.eval().tick();
                add(row, sets.get(i), groups.get(i), context);
            }
        }
        return new Results(groups);
    }

    private void add(Row row, GroupingSet set, Map<Object, Group> groups, QueryContext context) {
        Object key = set.key() == null ? EVERYTHING : set.key().key(row);
        Group group = groups.get(key);
        if (group == null) {
            context.hold(1);
            group = group(set, row, context);
            groups.put(key, group);
        }
        for (Tally tally : group.tallies()) {
            tally.add(row);
        }
    }

    private Group group(GroupingSet set, @Nullable Row first, QueryContext context) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
            values[i] = first != null && set.present().get(i) ? first.get(columns[i]) : null;
        }
        List<Tally> tallies = new ArrayList<>(aggregates.size());
        for (AggregateCallPlan aggregate : aggregates) {
            tallies.add(new Tally(aggregate, context));
        }
        return new Group(values, tallies);
    }

    private final class Results implements RowSource {
        private final List<Map<Object, Group>> groups;
        private int set = -1;
        private Iterator<Group> current = List.<Group>of().iterator();

        Results(List<Map<Object, Group>> groups) {
            this.groups = groups;
        }

        @Override
        public @Nullable Row next() {
            while (!current.hasNext()) {
                if (++set >= groups.size()) {
                    return null;
                }
                current = groups.get(set).values().iterator();
            }
            return row(current.next(), sets.get(set));
        }

        private Row row(Group group, GroupingSet of) {
            @Nullable Object[] row = new @Nullable Object[columns()];
            System.arraycopy(group.values(), 0, row, 0, columns.length);
            int at = columns.length;
            Iterator<Tally> tallies = group.tallies().iterator();
            for (Call call : calls) {
                row[at++] = switch (call) {
                    case Call.Aggregate aggregate -> tallies.next().result();
                    case Call.GroupingFunction grouping -> of.groupingBits().get(grouping.number());
                };
            }
            return new ArrayRow(row);
        }
    }

    @Override
    public long estimate(QueryContext context) {
        return columns.length == 0 ? 1 : input().estimate(context) / 10 + 1;
    }

    @Override
    public String describe() {
        return text;
    }
}
