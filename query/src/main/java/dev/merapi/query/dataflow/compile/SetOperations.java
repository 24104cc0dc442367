package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.operator.Except;
import dev.merapi.query.dataflow.operator.Intersect;
import dev.merapi.query.dataflow.operator.TableFunctions;
import dev.merapi.query.dataflow.operator.Values;
import dev.merapi.query.exec.operator.FunctionRows;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.relation.TableCall;
import dev.merapi.query.expr.relation.TableFunctionNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Makes stages of UNION, INTERSECT, EXCEPT and VALUES. */
final class SetOperations {
    private final TreeCompiler compiler;
    private final PlanBuilder plan;
    private final OuterJoins joins;

    SetOperations(TreeCompiler compiler, PlanBuilder plan) {
        this.compiler = compiler;
        this.plan = plan;
        this.joins = new OuterJoins(compiler, plan);
    }

    Flow union(Union union, @Nullable Scope scope) {
        List<Flow> inputs = inputs(union, scope);
        int stage = joins.sum(inputs.stream().map(Flow::stage).toList());
        Flow all = new Flow(stage, inputs.getFirst().scope(), Flow.columns(union));
        return union.all ? all : joins.distinct(all);
    }

    Flow intersect(SetOp node, @Nullable Scope scope) {
        return leftToRight(node, scope, true);
    }

    Flow except(SetOp node, @Nullable Scope scope) {
        return leftToRight(node, scope, false);
    }

    private Flow leftToRight(SetOp node, @Nullable Scope scope, boolean intersect) {
        List<Flow> inputs = inputs(node, scope);
        Flow result = new Flow(inputs.getFirst().stage(), inputs.getFirst().scope(), Flow.columns(node));
        Key key = OuterJoins.key(result);
        for (Flow right : inputs.subList(1, inputs.size())) {
            int stage = matched(List.of(result, right), key, node.all, intersect);
            result = new Flow(stage, result.scope(), result.columns());
        }
        return result;
    }

    private int matched(List<Flow> inputs, Key key, boolean all, boolean intersect) {
        String name = (intersect ? "Intersect" : "Except") + (all ? " All" : "");
        return plan.stage(PlanBuilder.Doing.of(name, inputs, List.of()), assembly -> {
            var deltas =
                    inputs.stream().map(input -> assembly.delta(input.stage())).toList();
            return intersect
                    ? new Intersect(deltas, all, key, assembly.constants())
                    : new Except(deltas, all, key, assembly.constants());
        });
    }

    /** The inputs, all in one scope. */
    private List<Flow> inputs(SetOp node, @Nullable Scope scope) {
        List<Flow> flows = new ArrayList<>();
        Scope inner = null;
        for (RelNode input : node.getInputs()) {
            Flow flow = compiler.flow(input, scope);
            flows.add(flow);
            inner = Scope.inner(inner, flow.scope());
        }
        Scope common = inner;
        flows.replaceAll(flow -> compiler.lifted(flow, common));
        return flows;
    }

    Flow literals(org.apache.calcite.rel.core.Values values, @Nullable Scope scope) {
        List<List<RexNode>> rows = new ArrayList<>();
        List<? extends List<? extends RexNode>> tuples = values.getTuples();
        tuples.forEach(tuple -> rows.add(new ArrayList<>(tuple)));
        return values(rows, Flow.columns(values), scope);
    }

    /** Rows written in the query; those that depend on a tag are computed for each tag there is. */
    Flow values(List<List<RexNode>> rows, List<RelDataType> columns, @Nullable Scope scope) {
        Scope needed = null;
        boolean queries = false;
        for (List<RexNode> row : rows) {
            needed = Scope.inner(needed, compiler.needs(row, scope));
            queries |= row.stream().anyMatch(Rex::hasQuery);
        }
        if (needed == null && !queries) {
            List<List<Expression>> expressions = rows.stream()
                    .map(row -> row.stream()
                            .map(node -> Combination.compile(node, 0, compiler.evaluators()))
                            .toList())
                    .toList();
            int stage = plan.stage(
                    new PlanBuilder.Doing("Values", List.of(), List.of(rows)),
                    new PlanBuilder.Names(List.of(), names(columns.size())),
                    assembly -> new Values(expressions, assembly.constants()));
            return new Flow(stage, null, columns);
        }
        List<Integer> stages = new ArrayList<>();
        for (List<RexNode> row : rows) {
            stages.add(compiler.lifted(row(row, needed, scope), needed).stage());
        }
        return new Flow(stages.size() == 1 ? stages.getFirst() : joins.sum(stages), needed, columns);
    }

    /** One row of values for everybody, or for each tag there is. */
    private Flow row(List<RexNode> values, @Nullable Scope needed, @Nullable Scope scope) {
        Cluster tags = Cluster.of(compiler.groupings().oneRow(needed));
        if (values.stream().noneMatch(Rex::hasQuery)) {
            return compiler.flow(tags.select(values), scope);
        }
        Queries.Answered answered = compiler.queries().answer(tags, values, scope);
        return compiler.flow(answered.cluster().select(answered.expressions()), scope);
    }

    /** The rows of table functions, whose arguments may depend on a tag. */
    Flow functions(TableFunctionNode node, @Nullable Scope scope) {
        List<RexNode> arguments = new ArrayList<>();
        node.calls().forEach(call -> arguments.addAll(call.arguments()));
        Flow input = row(arguments, compiler.needs(arguments, scope), scope);
        List<FunctionRows.Call> calls = new ArrayList<>();
        int column = input.tags();
        for (TableCall call : node.calls()) {
            List<Evaluator> own = new ArrayList<>();
            for (int i = 0; i < call.arguments().size(); i++) {
                own.add(Expression.column(column++).evaluator());
            }
            calls.add(new FunctionRows.Call(call.function(), own));
        }
        List<RelDataType> made = Flow.columns(node);
        List<Object> details = new ArrayList<>();
        node.calls().forEach(call -> details.add(call.function().name()));
        List<String> names = new ArrayList<>(plan.names(input.stage()));
        names.addAll(node.getRowType().getFieldNames());
        int stage = plan.stage(
                PlanBuilder.Doing.of("Rows", List.of(input), List.of(details, node.ordinality())),
                new PlanBuilder.Names(plan.names(input.stage()), names),
                assembly -> {
                    TableFunctions.Calls called = new TableFunctions.Calls(calls, node.ordinality(), made.size());
                    TableFunctions functions = new TableFunctions(called, assembly.constants());
                    assembly.feed(input.stage(), functions);
                    return functions;
                });
        List<RelDataType> all = new ArrayList<>(input.columns());
        all.addAll(made);
        Cluster rows = Cluster.of(new Flow(stage, input.scope(), all));
        return compiler.flow(rows.select(Rex.references(all).subList(input.width(), all.size())), scope);
    }

    private static List<String> names(int columns) {
        return IntStream.rangeClosed(1, columns).mapToObj(i -> "column" + i).toList();
    }

    /**
     * Takes the terms {@code x IN ($1, $2, …)} out of a condition and joins the rows with the list instead, so that a
     * row finds those who ask for it by its key, whichever place in the list it is.
     */
    Cluster among(Cluster input, List<RexNode> terms, @Nullable Scope scope) {
        Cluster cluster = input;
        for (RexNode term : List.copyOf(terms)) {
            List<RexNode> list = list(term, scope);
            if (list.isEmpty()) {
                continue;
            }
            RexNode value = ((RexCall) ((RexCall) term).getOperands().getFirst())
                    .getOperands()
                    .getFirst();
            List<List<RexNode>> rows = list.stream().map(List::of).toList();
            Flow values = joins.distinct(values(rows, List.of(list.getFirst().getType()), scope));
            int outputs = cluster.outputs().size();
            RexNode listed = new RexInputRef(outputs, list.getFirst().getType());
            cluster = cluster.with(Cluster.of(values))
                    .where(List.of(Conditions.equal(value, listed)))
                    .select(Rex.references(cluster.outputTypes()));
            terms.remove(term);
        }
        return cluster;
    }

    /** What a value is compared with, if a term is a list of equalities with it and depends on the subscriber. */
    private List<RexNode> list(RexNode term, @Nullable Scope scope) {
        if (term.getKind() != SqlKind.OR) {
            return List.of();
        }
        List<RexNode> list = new ArrayList<>();
        RexNode value = null;
        for (RexNode equality : ((RexCall) term).getOperands()) {
            if (equality.getKind() != SqlKind.EQUALS || Rex.hasQuery(equality)) {
                return List.of();
            }
            List<RexNode> sides = ((RexCall) equality).getOperands();
            boolean same = value == null || value.equals(sides.get(0));
            if (!same
                    || Rex.columns(sides.get(0)).isEmpty()
                    || !Rex.columns(sides.get(1)).isEmpty()) {
                return List.of();
            }
            value = sides.get(0);
            list.add(sides.get(1));
        }
        return compiler.needs(list, scope) == null ? List.of() : list;
    }
}
