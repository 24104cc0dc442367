package dev.merapi.query.dataflow.compile;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.operator.Ranked;
import dev.merapi.query.dataflow.operator.Ranked.Numbering;
import dev.merapi.query.dataflow.operator.TopN;
import dev.merapi.query.exec.operator.RowOrder;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.expr.relation.Columns;
import dev.merapi.query.expr.relation.WindowCall;
import dev.merapi.query.expr.relation.WindowNode;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes stages of ORDER BY with LIMIT and of the best rows of each group, and the end of a plan. An order without limit
 * holds nothing: it only says in which order changes are given out.
 */
final class Windows {
    private static final Map<String, Numbering> NUMBERINGS = Map.of(
            "row_number", Numbering.ROW_NUMBER,
            "rank", Numbering.RANK,
            "dense_rank", Numbering.DENSE_RANK);

    private final TreeCompiler compiler;
    private final PlanBuilder plan;

    Windows(TreeCompiler compiler, PlanBuilder plan) {
        this.compiler = compiler;
        this.plan = plan;
    }

    Cluster cluster(Sort sort, @Nullable Scope scope) {
        return sort.fetch == null && sort.offset == null
                ? compiler.cluster(sort.getInput(), scope)
                : window(sort, scope);
    }

    /** Rows with the bounds of a window behind them, as columns where they depend on more than the subscriber. */
    private record Bounded(Flow flow, List<RexNode> bounds) {
        /** The columns that are alike in all rows of a window: the tag, then others. */
        Key key(List<Integer> columns) {
            List<Key.Part> key = new ArrayList<>();
            for (int i = 0; i < flow.tags(); i++) {
                key.add(Key.Part.tag(i));
            }
            for (int column : columns) {
                key.add(part(column));
            }
            for (RexNode bound : bounds) {
                if (bound instanceof RexInputRef ref) {
                    key.add(part(ref.getIndex()));
                }
            }
            return new Key(key);
        }

        private Key.Part part(int column) {
            int at = flow.tags() + column;
            return Key.Part.of(Expression.column(at), flow.types().get(at), true);
        }
    }

    private Bounded bounded(Flow rows, List<RexNode> bounds, @Nullable Scope scope) {
        boolean plain = bounds.stream()
                .allMatch(
                        bound -> !Rex.hasQuery(bound) && Rex.outerFields(bound).isEmpty());
        if (plain) {
            return new Bounded(compiler.lifted(rows, compiler.needs(bounds, scope)), bounds);
        }
        Queries.Answered answered = compiler.queries().answer(Cluster.of(rows), bounds, scope);
        List<RexNode> columns = new ArrayList<>(Rex.references(rows.columns()));
        columns.addAll(answered.expressions());
        Flow flow = compiler.flow(answered.cluster().select(columns), scope);
        return new Bounded(flow, Rex.references(flow.columns()).subList(rows.width(), columns.size()));
    }

    private Cluster window(Sort sort, @Nullable Scope scope) {
        List<RexNode> bounds = new ArrayList<>();
        if (sort.offset != null) {
            bounds.add(sort.offset);
        }
        if (sort.fetch != null) {
            bounds.add(sort.fetch);
        }
        Bounded input = bounded(compiler.flow(sort.getInput(), scope), bounds, scope);
        Flow flow = input.flow();
        List<RexNode> found = input.bounds();
        TopN.Limits limits = new TopN.Limits(
                sort.offset == null ? null : bound(found.getFirst(), flow),
                sort.fetch == null ? null : bound(found.getLast(), flow));
        List<RelFieldCollation> collations = sort.getCollation().getFieldCollations();
        TotalOrder order = new TotalOrder(order(collations, flow), flow.tags(), flow.types());
        List<Object> details = new ArrayList<>(List.of("by", collations));
        if (sort.offset != null) {
            details.addAll(List.of("after", found.getFirst()));
        }
        if (sort.fetch != null) {
            details.addAll(List.of("take", found.getLast()));
        }
        Key key = input.key(List.of());
        int stage = plan.stage(
                PlanBuilder.Doing.of("Top", List.of(flow), details),
                new PlanBuilder.Names(plan.names(flow), plan.names(flow.stage())),
                assembly -> new TopN(assembly.delta(flow.stage()), key, order, limits, assembly.constants()));
        List<RexNode> shown = Rex.references(Flow.columns(sort));
        return Cluster.of(new Flow(stage, flow.scope(), flow.columns())).select(shown);
    }

    private Expression bound(RexNode node, Flow flow) {
        return Combination.compile(Columns.shift(node, flow.tags()), 0, compiler.evaluators());
    }

    private static Comparator<Row> order(List<RelFieldCollation> collations, Flow flow) {
        List<ColumnType> types = flow.types();
        return new RowOrder(
                collations.stream()
                        .map(part -> part.withFieldIndex(part.getFieldIndex() + flow.tags()))
                        .toList(),
                types);
    }

    /**
     * The rows of a window function whose numbers are bounded by one of these terms; all terms still have to be asked.
     */
    Cluster ranked(WindowNode node, List<RexNode> terms, @Nullable Scope scope) {
        int width = node.getInput().getRowType().getFieldCount();
        WindowCall call = node.calls().getFirst();
        Numbering numbering = NUMBERINGS.get(call.function().name());
        RexNode most = terms.stream()
                .map(term -> most(term, width))
                .filter(bound -> bound != null)
                .findFirst()
                .orElse(null);
        if (node.calls().size() > 1 || numbering == null || most == null) {
            throw new UnsupportedQuery("window function");
        }
        Bounded input = bounded(compiler.flow(node.getInput(), scope), List.of(most), scope);
        Flow flow = input.flow();
        Key key = input.key(call.partitionBy());
        Comparator<Row> peers = order(call.orderBy(), flow);
        TotalOrder order = new TotalOrder(peers, flow.tags(), flow.types());
        Ranked.Places places =
                new Ranked.Places(numbering, peers, bound(input.bounds().getFirst(), flow));
        List<RexNode> columns = Rex.references(flow.columns());
        List<RexNode> partition = call.partitionBy().stream().map(columns::get).toList();
        List<Object> details =
                List.of(call.function().name(), "by", partition, "in order", call.orderBy(), "to", input.bounds());
        List<String> names = new ArrayList<>(plan.names(flow.stage()));
        names.add(call.name());
        int stage = plan.stage(
                PlanBuilder.Doing.of("Ranked", List.of(flow), details),
                new PlanBuilder.Names(plan.names(flow), names),
                assembly -> new Ranked(assembly.delta(flow.stage()), key, order, places, assembly.constants()));
        columns.add(new RexInputRef(
                flow.width(), node.getRowType().getFieldList().getLast().getType()));
        Flow numbered = new Flow(
                stage, flow.scope(), columns.stream().map(RexNode::getType).toList());
        List<RexNode> shown = new ArrayList<>(columns.subList(0, width));
        shown.add(columns.getLast());
        return Cluster.of(numbered).select(shown);
    }

    /** What a term says a column is at most; null if it says nothing of the kind. */
    private static @Nullable RexNode most(RexNode term, int column) {
        if (!(term instanceof RexCall call) || call.getOperands().size() != 2) {
            return null;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        return switch (call.getKind()) {
            case LESS_THAN, LESS_THAN_OR_EQUAL -> bound(left, right, column);
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> bound(right, left, column);
            case EQUALS -> {
                RexNode bound = bound(left, right, column);
                yield bound != null ? bound : bound(right, left, column);
            }
            default -> null;
        };
    }

    private static @Nullable RexNode bound(RexNode number, RexNode most, int column) {
        boolean isBound = number instanceof RexInputRef ref
                && ref.getIndex() == column
                && Rex.columns(most).isEmpty();
        return isBound ? most : null;
    }

    /** The end of a plan: rows of subscribers, in the query's order, which may be by columns that are not shown. */
    Plan.Output output(RelNode tree, Scope subscribers) {
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
