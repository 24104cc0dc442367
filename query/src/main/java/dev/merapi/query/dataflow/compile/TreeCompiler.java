package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.operator.ParameterSource;
import dev.merapi.query.dataflow.operator.TableSource;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import dev.merapi.query.expr.relation.PolicyNode;
import dev.merapi.query.expr.relation.TableFunctionNode;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.expr.relation.ValuesNode;
import dev.merapi.query.expr.relation.WindowNode;
import dev.merapi.query.expr.relation.WithNode;
import dev.merapi.query.expr.relation.WorkingTableNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a tree, from the leaves up. Used once, by one thread. */
public final class TreeCompiler {
    private final PlanBuilder plan = new PlanBuilder();
    private final EvaluatorCompiler evaluators = new EvaluatorCompiler();
    private final Map<Integer, List<Integer>> tables = new HashMap<>();
    private final Map<Integer, Flow> workingTables = new HashMap<>();
    private final Scope subscribers;

    private final Joins joins = new Joins(plan, evaluators);
    private final OuterJoins outerJoins = new OuterJoins(this, plan);
    private final Groupings groupings = new Groupings(this, plan);
    private final SetOperations setOperations = new SetOperations(this, plan);
    private final Windows windows = new Windows(this, plan);
    private final Queries queries = new Queries(this, plan);

    private TreeCompiler() {
        PlanBuilder.Names tag = new PlanBuilder.Names(List.of(), List.of("subscriber"));
        int parameters =
                plan.stage(new PlanBuilder.Doing("Subscribers", List.of(), List.of()), tag, a -> new ParameterSource());
        subscribers = new Scope(null, parameters, 1, Map.of());
    }

    /**
     * The plan of an optimised tree.
     *
     * @throws UnsupportedQuery for a tree that circuits do not maintain
     */
    public static Plan plan(RelNode tree) {
        Maintainable.require(tree);
        TreeCompiler compiler = new TreeCompiler();
        Plan.Output output = compiler.windows.output(tree, compiler.subscribers);
        return compiler.plan.build(compiler.tables, compiler.subscribers.domain(), output);
    }

    Joins joins() {
        return joins;
    }

    Groupings groupings() {
        return groupings;
    }

    Queries queries() {
        return queries;
    }

    List<String> names(int stage) {
        return plan.names(stage);
    }

    EvaluatorCompiler evaluators() {
        return evaluators;
    }

    /** The rows of a tree that stands in a scope. */
    Flow flow(RelNode node, @Nullable Scope scope) {
        return flow(cluster(node, scope), scope);
    }

    /** The rows of a cluster whose expressions stand in a scope. */
    Flow flow(Cluster cluster, @Nullable Scope scope) {
        Needs needs = new Needs(scope, workingTables);
        cluster.flows().forEach(flow -> needs.scope(flow.scope()));
        cluster.terms().forEach(needs::expression);
        cluster.outputs().forEach(needs::expression);
        return joins.flow(cluster, needs.innermost());
    }

    /** The same rows as rows of a scope, or of one further in. */
    Flow lifted(Flow flow, @Nullable Scope to) {
        Scope inner = Scope.inner(flow.scope(), to);
        return inner == flow.scope() ? flow : joins.flow(Cluster.of(flow), inner);
    }

    /** What a tree in a scope depends on. */
    @Nullable
    Scope needs(RelNode tree, @Nullable Scope scope) {
        Needs needs = new Needs(scope, workingTables);
        needs.tree(tree);
        return needs.innermost();
    }

    /** What an expression in a scope depends on. */
    @Nullable
    Scope needs(List<RexNode> expressions, @Nullable Scope scope) {
        Needs needs = new Needs(scope, workingTables);
        expressions.forEach(needs::expression);
        return needs.innermost();
    }

    /** The rows of a tree as a cluster, which what is above may add to. */
    Cluster cluster(RelNode node, @Nullable Scope scope) {
        return switch (node) {
            case TableNode table -> Cluster.of(table(table));
            case ValuesNode values -> Cluster.of(setOperations.values(values.rows(), Flow.columns(values), scope));
            case Values values -> Cluster.of(setOperations.literals(values, scope));
            case WorkingTableNode table -> Cluster.of(workingTable(table));
            case TableFunctionNode functions -> Cluster.of(setOperations.functions(functions, scope));
            case WithNode with -> with(with, scope);
            // A condition that fails on a hidden row ends the circuit, and runs that keep to the line take its place.
            case PolicyNode policy -> cluster(policy.getInput(), scope);
            case Filter filter -> filter(filter, scope);
            case Project project -> project(project, scope);
            case Join join -> join(join, scope);
            case Correlate correlate -> queries.lateral(correlate, scope);
            case Aggregate aggregate -> Cluster.of(groupings.flow(aggregate, scope));
            case Sort sort -> windows.cluster(sort, scope);
            case WindowNode window -> throw new UnsupportedQuery("window function");
            case Union union -> Cluster.of(setOperations.union(union, scope));
            case Intersect intersect -> Cluster.of(setOperations.intersect(intersect, scope));
            case Minus minus -> Cluster.of(setOperations.except(minus, scope));
            default -> throw new UnsupportedQuery(node.getRelTypeName());
        };
    }

    private Flow table(TableNode node) {
        int id = node.schema().tableId();
        PlanBuilder.Names columns =
                new PlanBuilder.Names(List.of(), node.getRowType().getFieldNames());
        boolean rowIds = node.rowId();
        int stage = plan.stage(
                new PlanBuilder.Doing(
                        rowIds ? "Numbered Table" : "Table",
                        List.of(),
                        List.of(node.schema().name())),
                columns,
                a -> new TableSource(rowIds));
        List<Integer> stages = tables.computeIfAbsent(id, none -> new ArrayList<>());
        if (!stages.contains(stage)) {
            stages.add(stage);
        }
        return new Flow(stage, null, Flow.columns(node));
    }

    private Flow workingTable(WorkingTableNode node) {
        Flow flow = workingTables.get(node.workingTable());
        if (flow == null) {
            throw new UnsupportedQuery("recursion");
        }
        return new Flow(flow.stage(), flow.scope(), Flow.columns(node));
    }

    private Cluster with(WithNode node, @Nullable Scope scope) {
        workingTables.put(node.workingTable(), flow(node.definition(), scope));
        return cluster(node.body(), scope);
    }

    private Cluster filter(Filter filter, @Nullable Scope scope) {
        List<RexNode> terms = new ArrayList<>(Rex.terms(filter.getCondition()));
        Cluster input = filter.getInput() instanceof WindowNode window
                ? windows.ranked(window, terms, scope)
                : cluster(filter.getInput(), scope);
        input = setOperations.among(input, terms, scope);
        if (!Rex.hasQuery(filter.getCondition())) {
            return (input.isCheapUnder(terms) ? input : Cluster.of(flow(input, scope))).where(terms);
        }
        return filteredByQueries(input, terms, scope);
    }

    private Cluster filteredByQueries(Cluster input, List<RexNode> terms, @Nullable Scope scope) {
        Queries.Answered answered = queries.answer(input, terms, scope);
        return answered.cluster().where(answered.expressions()).select(Rex.references(input.outputTypes()));
    }

    /** A join on a condition that holds queries: these see both rows, so all pairs are made first. */
    private Cluster joinByQueries(Join join, List<RexNode> terms, @Nullable Scope scope) {
        Cluster left = cluster(join.getLeft(), scope);
        Cluster right = cluster(join.getRight(), scope);
        Cluster pairs = filteredByQueries(left.with(right), terms, scope);
        return join.getJoinType() == JoinRelType.INNER
                ? pairs
                : Cluster.of(outerJoins.ofPairs(
                        flow(left, scope), flow(right, scope), flow(pairs, scope), join.getJoinType()));
    }

    private Cluster project(Project project, @Nullable Scope scope) {
        Cluster input = cluster(project.getInput(), scope);
        List<RexNode> expressions = project.getProjects();
        if (expressions.stream().anyMatch(Rex::hasQuery)) {
            Queries.Answered answered = queries.answer(input, expressions, scope);
            return answered.cluster().select(answered.expressions());
        }
        return (input.isCheapUnder(expressions) ? input : Cluster.of(flow(input, scope))).select(expressions);
    }

    private Cluster join(Join join, @Nullable Scope scope) {
        List<RexNode> terms = Rex.terms(join.getCondition());
        if (Rex.hasQuery(join.getCondition())) {
            return joinByQueries(join, terms, scope);
        }
        if (join.getJoinType() == JoinRelType.INNER) {
            return cluster(join.getLeft(), scope)
                    .with(cluster(join.getRight(), scope))
                    .where(terms);
        }
        if (join.getJoinType() == JoinRelType.SEMI) {
            Cluster left = cluster(join.getLeft(), scope);
            return outerJoins.semi(left, flow(join.getRight(), scope), terms, scope);
        }
        Flow left = flow(join.getLeft(), scope);
        Flow right = flow(join.getRight(), scope);
        return Cluster.of(outerJoins.join(left, right, new ArrayList<>(terms), join.getJoinType(), scope));
    }
}
