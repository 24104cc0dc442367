package dev.merapi.query.plan;

import dev.merapi.query.expr.relation.Columns;
import dev.merapi.query.expr.relation.PolicyNode;
import dev.merapi.query.expr.relation.RecursiveNode;
import dev.merapi.query.expr.relation.WindowCall;
import dev.merapi.query.expr.relation.WindowNode;
import dev.merapi.query.expr.relation.WithNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Carries conditions down to where they apply first. PostgreSQL does the same, so the same conditions may meet rows,
 * and fail on them, that a later step would have removed. Terms keep their order: what was further in is asked first.
 *
 * <p>A term travels only if it is not volatile and holds no query that looks at the row it is asked about.
 */
final class Pushdown {
    /** Queries inside expressions are trees of their own. */
    private final RexShuttle queries = new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
            return visited.clone(Optimizer.optimise(visited.rel));
        }
    };

    /** Returns the tree with these conditions on its rows. */
    RelNode push(RelNode rel, List<RexNode> terms) {
        return switch (rel) {
            case LogicalFilter filter -> filter(filter, terms);
            case LogicalProject project -> project(project, terms);
            case LogicalJoin join -> new JoinPushdown(this).push((LogicalJoin) join.accept(queries), terms);
            case LogicalCorrelate correlate -> correlate(correlate, terms);
            case LogicalAggregate aggregate -> aggregate(aggregate, terms);
            case SetOp operation -> setOperation(operation, terms);
            case LogicalSort sort -> limited(sort, terms);
            case WindowNode window -> window(window, terms);
            case WithNode with ->
                WithNode.create(push(with.definition(), List.of()), push(with.body(), terms), with.workingTable());
            case PolicyNode policy -> policy(policy, terms);
            case RecursiveNode recursion -> Conjuncts.filter(inputs(recursion), terms);
            default -> Conjuncts.filter(inputs(rel.accept(queries)), terms);
        };
    }

    /** The node over its inputs, each rewritten by itself. */
    private RelNode inputs(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        rel.getInputs().forEach(input -> inputs.add(push(input, List.of())));
        return inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    }

    private RelNode filter(LogicalFilter filter, List<RexNode> terms) {
        Set<CorrelationId> variables = filter.getVariablesSet();
        RelNode input = filter.getInput();
        List<RexNode> movable = new ArrayList<>();
        List<RexNode> fixed = new ArrayList<>();
        for (RexNode term : Conjuncts.of(filter.getCondition())) {
            RelNode joined = SemiJoins.rewrite(input, term, variables);
            if (joined != null) {
                input = joined;
                continue;
            }
            boolean stays = Conjuncts.isVolatile(term) || Conjuncts.uses(term, variables);
            (stays ? fixed : movable).add(term.accept(queries));
        }
        movable.addAll(terms);
        return Conjuncts.filter(push(input, movable), fixed, variables);
    }

    /** The line is gone when nothing has to stay outside of it. */
    private RelNode policy(PolicyNode policy, List<RexNode> terms) {
        List<RexNode> below = new ArrayList<>();
        List<RexNode> outside = new ArrayList<>();
        terms.forEach(term -> (Discretion.of(term) ? below : outside).add(term));
        RelNode rows = push(policy.getInput(), below);
        return outside.isEmpty() ? rows : Conjuncts.filter(PolicyNode.create(rows), outside);
    }

    private RelNode project(LogicalProject written, List<RexNode> terms) {
        LogicalProject project = (LogicalProject) written.accept(queries);
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode term : terms) {
            boolean plain = Conjuncts.columns(term).asList().stream()
                    .map(project.getProjects()::get)
                    .noneMatch(node -> Conjuncts.isVolatile(node) || Conjuncts.hasQuery(node));
            if (plain) {
                below.add(Columns.replace(term, project.getProjects()::get));
            } else {
                above.add(term);
            }
        }
        RelNode input = push(project.getInput(), below);
        List<RexNode> expressions = new ArrayList<>();
        project.getProjects().forEach(node -> expressions.add(Conjuncts.on(node, input)));
        RelNode projected = LogicalProject.create(
                input, List.of(), expressions, project.getRowType().getFieldNames(), project.getVariablesSet());
        return Conjuncts.filter(projected, above);
    }

    private RelNode correlate(LogicalCorrelate correlate, List<RexNode> terms) {
        int width = correlate.getLeft().getRowType().getFieldCount();
        ImmutableBitSet leftColumns = ImmutableBitSet.range(width);
        List<RexNode> left = new ArrayList<>();
        List<RexNode> right = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode term : terms) {
            ImmutableBitSet columns = Conjuncts.columns(term);
            if (leftColumns.contains(columns)) {
                left.add(term);
            } else if (!columns.intersects(leftColumns) && correlate.getJoinType() == JoinRelType.INNER) {
                right.add(Columns.shift(term, -width));
            } else {
                above.add(term);
            }
        }
        RelNode joined = LogicalCorrelate.create(
                push(correlate.getLeft(), left),
                push(correlate.getRight(), right),
                List.of(),
                correlate.getCorrelationId(),
                correlate.getRequiredColumns(),
                correlate.getJoinType());
        return Conjuncts.filter(joined, above);
    }

    /** A condition on grouping keys that all groups have can be asked of the rows. */
    private RelNode aggregate(LogicalAggregate aggregate, List<RexNode> terms) {
        List<Integer> keys = aggregate.getGroupSet().asList();
        boolean simple = aggregate.getGroupSets().size() == 1 && !keys.isEmpty();
        ImmutableBitSet keyColumns = ImmutableBitSet.range(keys.size());
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        RelNode input = aggregate.getInput();
        for (RexNode term : terms) {
            if (simple && keyColumns.contains(Conjuncts.columns(term))) {
                below.add(Columns.replace(
                        term, i -> input.getCluster().getRexBuilder().makeInputRef(input, keys.get(i))));
            } else {
                above.add(term);
            }
        }
        RelNode rewritten = aggregate.copy(aggregate.getTraitSet(), List.of(push(input, below)));
        return Conjuncts.filter(rewritten, above);
    }

    private RelNode setOperation(SetOp operation, List<RexNode> terms) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : operation.getInputs()) {
            List<RexNode> own = new ArrayList<>();
            terms.forEach(term -> own.add(Conjuncts.on(term, input)));
            inputs.add(push(input, own));
        }
        return operation.copy(operation.getTraitSet(), inputs);
    }

    private RelNode limited(LogicalSort written, List<RexNode> terms) {
        RelNode moved = LimitAtOrder.moved(written);
        return moved == null ? sort(written, terms) : push(moved, terms);
    }

    private RelNode sort(LogicalSort written, List<RexNode> terms) {
        LogicalSort sort = (LogicalSort) written.accept(queries);
        boolean limited = sort.fetch != null || sort.offset != null;
        RelNode input = push(sort.getInput(), limited ? List.of() : terms);
        RelNode sorted = sort.copy(sort.getTraitSet(), List.of(input));
        return limited ? Conjuncts.filter(sorted, terms) : sorted;
    }

    /** A condition on what all calls partition by removes whole partitions. */
    private RelNode window(WindowNode written, List<RexNode> terms) {
        WindowNode window = (WindowNode) written.accept(queries);
        ImmutableBitSet shared = null;
        for (WindowCall call : window.calls()) {
            ImmutableBitSet partition = ImmutableBitSet.of(call.partitionBy());
            shared = shared == null ? partition : shared.intersect(partition);
        }
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode term : terms) {
            ImmutableBitSet columns = Conjuncts.columns(term);
            boolean whole = shared != null && !columns.isEmpty() && shared.contains(columns);
            (whole ? below : above).add(term);
        }
        RelNode rewritten = window.copy(window.getTraitSet(), List.of(push(window.getInput(), below)));
        return Conjuncts.filter(rewritten, above);
    }
}
