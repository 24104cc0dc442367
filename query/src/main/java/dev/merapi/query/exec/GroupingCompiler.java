package dev.merapi.query.exec;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.aggregate.AggregateCallPlan;
import dev.merapi.query.exec.aggregate.Grouping;
import dev.merapi.query.exec.aggregate.GroupingSet;
import dev.merapi.query.exec.operator.KeyReader;
import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.RowOrder;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Compiles groupings. Part of a {@link PlanCompiler}. */
final class GroupingCompiler {
    /**
     * Aggregates that show the order of their rows. With DISTINCT that is the order of values, as PostgreSQL
     * sorts them.
     */
    private static final Set<String> COLLECTING =
            Set.of("array_agg", "string_agg", "jsonb_agg", "json_agg", "jsonb_object_agg", "json_object_agg");

    private final PlanCompiler compiler;

    GroupingCompiler(PlanCompiler compiler) {
        this.compiler = compiler;
    }

    Operator compile(Aggregate node) {
        Operator byIndex = compiler.orders().extremes(node);
        return byIndex == null ? grouping(node) : byIndex;
    }

    private Operator grouping(Aggregate node) {
        List<ColumnType> types = PlanCompiler.types(node.getInput());
        int[] columns = node.getGroupSet().toArray();
        List<AggregateCall> groupings = new ArrayList<>();
        List<Grouping.Call> calls = new ArrayList<>();
        for (AggregateCall call : node.getAggCallList()) {
            if (call.getAggregation().getKind() == SqlKind.GROUPING) {
                calls.add(new Grouping.Call.GroupingFunction(groupings.size()));
                groupings.add(call);
            } else {
                calls.add(new Grouping.Call.Aggregate(aggregate(call, types)));
            }
        }
        List<GroupingSet> sets = new ArrayList<>();
        List<ImmutableBitSet> groupSets = node.getGroupSets();
        for (ImmutableBitSet set : groupSets) {
            sets.add(groupingSet(set, columns, types, groupings));
        }
        return new Grouping(compiler.compile(node.getInput()), columns, sets, calls, text(node, sets));
    }

    private static GroupingSet groupingSet(
            ImmutableBitSet set, int[] columns, List<ColumnType> types, List<AggregateCall> groupings) {
        List<Boolean> present = new ArrayList<>();
        for (int column : columns) {
            present.add(set.get(column));
        }
        List<Integer> bits = new ArrayList<>();
        for (AggregateCall grouping : groupings) {
            int value = 0;
            for (int argument : grouping.getArgList()) {
                value = value << 1 | (set.get(argument) ? 0 : 1);
            }
            bits.add(value);
        }
        KeyReader key = set.isEmpty()
                ? null
                : new KeyReader(
                        set.toArray(), set.toList().stream().map(types::get).toList());
        return new GroupingSet(key, present, bits);
    }

    private static AggregateCallPlan aggregate(AggregateCall call, List<ColumnType> types) {
        AggregateFunction function = AggregateFunction.of(call.getAggregation());
        if (function == null) {
            throw new CodedException(ErrorCode.INTERNAL, "aggregate cannot be executed")
                    .with("aggregate", call.getAggregation().getName());
        }
        List<Integer> arguments = call.getArgList();
        int[] columns = arguments.stream().mapToInt(Integer::intValue).toArray();
        KeyReader distinct = call.isDistinct()
                ? new KeyReader(columns, arguments.stream().map(types::get).toList())
                : null;
        List<RelFieldCollation> collations = call.getCollation().getFieldCollations();
        if (collations.isEmpty() && call.isDistinct() && COLLECTING.contains(function.name())) {
            collations = arguments.stream().map(RelFieldCollation::new).toList();
        }
        // Rows of the same place count in the order of their values, so that the result does not show how they were
        // read.
        Comparator<Row> order =
                collations.isEmpty() ? null : new TotalOrder(new RowOrder(collations, types), arguments, types);
        return new AggregateCallPlan(function, arguments, call.filterArg, distinct, order);
    }

    private static String text(Aggregate node, List<GroupingSet> sets) {
        List<String> names = node.getInput().getRowType().getFieldNames();
        String keys = String.join(
                ", ", node.getGroupSet().toList().stream().map(names::get).toList());
        String name = keys.isEmpty() ? "Aggregate" : "Hash Group by " + keys;
        return sets.size() == 1 ? name : name + " in " + sets.size() + " grouping sets";
    }
}
