package dev.merapi.query.dataflow.compile;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.dataflow.aggregate.Call;
import dev.merapi.query.dataflow.aggregate.Calls;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.operator.GroupBy;
import dev.merapi.query.dataflow.operator.Values;
import dev.merapi.query.expr.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Makes stages of groupings. Several grouping sets are as many groupings, one after the other. */
final class Groupings {
    private final TreeCompiler compiler;
    private final PlanBuilder plan;

    Groupings(TreeCompiler compiler, PlanBuilder plan) {
        this.compiler = compiler;
        this.plan = plan;
    }

    Flow flow(Aggregate node, @Nullable Scope scope) {
        Flow input = compiler.flow(node.getInput(), scope);
        if (isDistinct(node, input)) {
            Flow distinct = new OuterJoins(compiler, plan).distinct(input);
            return new Flow(distinct.stage(), distinct.scope(), Flow.columns(node));
        }
        List<Call> calls = new ArrayList<>();
        List<Object> details = new ArrayList<>();
        for (AggregateCall call : node.getAggCallList()) {
            if (call.getAggregation().getKind() != SqlKind.GROUPING) {
                calls.add(call(call, input));
            }
            details.add(call);
        }
        List<Integer> stages = new ArrayList<>();
        List<ImmutableBitSet> sets = node.getGroupSets();
        for (ImmutableBitSet set : sets) {
            stages.add(grouped(node, set, input, calls, details));
        }
        int stage = stages.size() == 1 ? stages.getFirst() : new OuterJoins(compiler, plan).sum(stages);
        return new Flow(stage, input.scope(), Flow.columns(node));
    }

    private static boolean isDistinct(Aggregate node, Flow input) {
        return node.getAggCallList().isEmpty()
                && node.getGroupSets().equals(List.of(node.getGroupSet()))
                && input.width() > 0
                && node.getGroupSet().equals(ImmutableBitSet.range(input.width()));
    }

    private int grouped(Aggregate node, ImmutableBitSet set, Flow input, List<Call> calls, List<Object> details) {
        int tags = input.tags();
        List<ColumnType> types = input.types();
        List<Key.Part> key = new ArrayList<>();
        List<GroupBy.Column> columns = new ArrayList<>();
        for (int i = 0; i < tags; i++) {
            key.add(Key.Part.tag(i));
            columns.add(new GroupBy.Column.Shared(i));
        }
        for (int column : node.getGroupSet()) {
            if (set.get(column)) {
                key.add(Key.Part.of(Expression.column(tags + column), types.get(tags + column), true));
                columns.add(new GroupBy.Column.Shared(tags + column));
            } else {
                columns.add(new GroupBy.Column.Constant(null));
            }
        }
        int number = 0;
        for (AggregateCall call : node.getAggCallList()) {
            columns.add(
                    call.getAggregation().getKind() == SqlKind.GROUPING
                            ? new GroupBy.Column.Constant(bits(call, set))
                            : new GroupBy.Column.Aggregate(number++));
        }
        List<Object> what = new ArrayList<>(List.of("by", references(set, input)));
        if (!set.equals(node.getGroupSet())) {
            what.addAll(List.of("out of", references(node.getGroupSet(), input)));
        }
        if (!details.isEmpty()) {
            what.addAll(List.of("give", details));
        }
        Shape shape = new Shape(new Key(key), columns, calls, names(node, input));
        return grouped(input, set.isEmpty(), shape, what);
    }

    private static List<RexNode> references(ImmutableBitSet columns, Flow input) {
        List<RexNode> all = Rex.references(input.columns());
        return columns.toList().stream().map(all::get).toList();
    }

    private List<String> names(Aggregate node, Flow input) {
        DetailText text = new DetailText(plan.names(input));
        List<String> names = new ArrayList<>();
        node.getGroupSet().forEach(column -> names.add(plan.names(input).get(column)));
        node.getAggCallList().forEach(call -> names.add(text.call(call)));
        return names;
    }

    private static int bits(AggregateCall grouping, ImmutableBitSet set) {
        int value = 0;
        for (int argument : grouping.getArgList()) {
            value = value << 1 | (set.get(argument) ? 0 : 1);
        }
        return value;
    }

    /** What a grouping computes. */
    private record Shape(Key key, List<GroupBy.Column> columns, List<Call> calls, List<String> names) {}

    private int grouped(Flow input, boolean everywhere, Shape shape, List<Object> details) {
        int rows = input.stage();
        int domain = !everywhere
                ? -1
                : input.scope() == null ? nothing() : input.scope().domain();
        List<Integer> inputs = everywhere ? List.of(rows, domain) : List.of(rows);
        List<String> made = new ArrayList<>(plan.names(rows).subList(0, input.tags()));
        made.addAll(shape.names());
        return plan.stage(
                new PlanBuilder.Doing("Group", inputs, details, List.of(input.tags())),
                new PlanBuilder.Names(plan.names(input), made),
                assembly -> new GroupBy(
                        new GroupBy.Input(assembly.delta(rows), everywhere ? assembly.delta(domain) : null),
                        shape.key(),
                        shape.columns(),
                        shape.calls(),
                        assembly.constants()));
    }

    /** One row without columns of its own: for everybody, or for each tag of a scope. */
    Flow oneRow(@Nullable Scope scope) {
        return new Flow(scope == null ? nothing() : scope.domain(), scope, List.of());
    }

    private int nothing() {
        return plan.stage(
                new PlanBuilder.Doing("One Row", List.of(), List.of()),
                assembly -> new Values(List.of(List.of()), assembly.constants()));
    }

    /** One row per tag of the flow's scope, with these aggregates over the flow's rows. */
    Flow perTag(Flow input, List<Call> calls, List<RelDataType> columns, String what) {
        List<Key.Part> key = new ArrayList<>();
        List<GroupBy.Column> shown = new ArrayList<>();
        for (int i = 0; i < input.tags(); i++) {
            key.add(Key.Part.tag(i));
            shown.add(new GroupBy.Column.Shared(i));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            shown.add(new GroupBy.Column.Aggregate(i));
            names.add("answer " + (i + 1));
        }
        int stage = grouped(input, true, new Shape(new Key(key), shown, calls, names), List.of(what));
        return new Flow(stage, input.scope(), columns);
    }

    private static Call call(AggregateCall call, Flow input) {
        AggregateFunction function = AggregateFunction.of(call.getAggregation());
        if (function == null) {
            throw new UnsupportedQuery("aggregate " + call.getAggregation().getName());
        }
        int tags = input.tags();
        List<RelFieldCollation> order = call.getCollation().getFieldCollations().stream()
                .map(part -> part.withFieldIndex(part.getFieldIndex() + tags))
                .toList();
        Calls.Description description = new Calls.Description(
                function,
                call.getArgList().stream().map(column -> column + tags).toList(),
                call.filterArg < 0 ? -1 : call.filterArg + tags,
                call.isDistinct(),
                order);
        return Calls.plan(description, input.types());
    }
}
