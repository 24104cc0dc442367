package dev.merapi.query.dataflow.compile;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.operator.TopN;
import dev.merapi.query.dataflow.zset.TotalOrder;
import dev.merapi.query.exec.operator.RowOrder;
import dev.merapi.query.expr.relation.Columns;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.plan.LimitAtOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes stages of ORDER BY with LIMIT, and the end of a plan. An order without limit holds nothing: it only says in
 * which order changes are given out.
 */
final class Windows {
    private final TreeCompiler compiler;
    private final PlanBuilder plan;

    Windows(TreeCompiler compiler, PlanBuilder plan) {
        this.compiler = compiler;
        this.plan = plan;
    }

    Cluster cluster(Sort sort, @Nullable Scope scope) {
        if (!LimitAtOrder.isLimited(sort)) {
            return compiler.cluster(sort.getInput(), scope);
        }
        RelNode moved = LimitAtOrder.moved(sort);
        return moved == null ? Cluster.of(window(sort, scope)) : compiler.cluster(moved, scope);
    }

    private Flow window(Sort sort, @Nullable Scope scope) {
        List<RelFieldCollation> collations = sort.getCollation().getFieldCollations();
        if (collations.isEmpty()) {
            throw new UnsupportedQuery("LIMIT without ORDER BY");
        }
        List<RexNode> bounds = new ArrayList<>();
        if (sort.offset != null) {
            bounds.add(sort.offset);
        }
        if (sort.fetch != null) {
            bounds.add(sort.fetch);
        }
        if (bounds.stream()
                .anyMatch(
                        bound -> Rex.hasQuery(bound) || !Rex.outerFields(bound).isEmpty())) {
            throw new UnsupportedQuery("LIMIT that depends on a query");
        }
        Flow unlimited = compiler.flow(sort.getInput(), scope);
        Flow input = compiler.lifted(unlimited, compiler.needs(bounds, scope));
        List<Key.Part> key = new ArrayList<>();
        for (int i = 0; i < input.tags(); i++) {
            key.add(Key.Part.tag(i));
        }
        TopN.Bounds compiled = new TopN.Bounds(bound(sort.offset), bound(sort.fetch));
        TotalOrder order = new TotalOrder(order(collations, input), input.tags(), input.types());
        List<Object> details = new ArrayList<>(List.of("by", collations));
        if (sort.offset != null) {
            details.addAll(List.of("after", sort.offset));
        }
        if (sort.fetch != null) {
            details.addAll(List.of("take", sort.fetch));
        }
        int stage = plan.stage(
                PlanBuilder.Doing.of("Top", List.of(input), details),
                new PlanBuilder.Names(plan.names(input), plan.names(input.stage())),
                assembly ->
                        new TopN(assembly.delta(input.stage()), new Key(key), order, compiled, assembly.constants()));
        return new Flow(stage, input.scope(), input.columns());
    }

    private @Nullable Expression bound(@Nullable RexNode node) {
        return node == null ? null : Combination.compile(node, 0, compiler.evaluators());
    }

    private static Comparator<Row> order(List<RelFieldCollation> collations, Flow flow) {
        List<ColumnType> types = flow.types();
        return new RowOrder(
                collations.stream()
                        .map(part -> part.withFieldIndex(part.getFieldIndex() + flow.tags()))
                        .toList(),
                types);
    }

    /** The end of a plan: rows of subscribers, in the query's order, which may be by columns that are not shown. */
    Plan.Output output(RelNode root, Scope subscribers) {
        RelNode tree = LimitAtOrder.move(root);
        List<RexNode> outputs = null;
        RelNode node = tree;
        if (tree instanceof Project project
                && project.getInput() instanceof Sort
                && project.getProjects().stream().noneMatch(Rex::hasQuery)) {
            outputs = project.getProjects();
            node = project.getInput();
        }
        Flow flow = compiler.lifted(compiler.flow(node, subscribers), subscribers);
        List<RexNode> shown = outputs == null ? Rex.references(flow.columns()) : outputs;
        List<Expression> expressions = shown.stream()
                .map(output -> Combination.compile(Columns.shift(output, 1), 0, compiler.evaluators()))
                .toList();
        Comparator<Row> order = null;
        if (node instanceof Sort sort
                && !sort.getCollation().getFieldCollations().isEmpty()) {
            Comparator<Row> wanted = order(sort.getCollation().getFieldCollations(), flow);
            order = new TotalOrder(wanted, 1, flow.types());
        }
        return new Plan.Output(flow.stage(), expressions, order);
    }
}
