package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.aggregate.Calls;
import dev.merapi.query.expr.relation.RecursiveNode;
import dev.merapi.query.expr.relation.WindowCall;
import dev.merapi.query.expr.relation.WindowNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Says in a tree what SQL leaves open but the result shows: which rows a LIMIT without ORDER BY takes, in which order
 * {@code array_agg} and its kin, {@code ARRAY(query)} and {@code row_number()} see rows that no ORDER BY tells apart. A
 * Z-set has no order of its own, so it has to be in the query. It is the {@link ReadingOrder}, and where two rows have
 * the same place in it, or none, that of their values.
 */
public final class SettledOrder {
    private final RexShuttle queries = new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
            RelNode settled = settled(visited.rel);
            return visited.clone(visited.getKind() == SqlKind.ARRAY_QUERY_CONSTRUCTOR ? ordered(settled) : settled);
        }
    };

    private SettledOrder() {}

    /** The tree with all orders that show; itself where none is open. */
    public static RelNode of(RelNode tree) {
        return new SettledOrder().settled(tree);
    }

    private RelNode settled(RelNode written) {
        if (written instanceof RecursiveNode) {
            return written; // no circuit maintains it
        }
        RelNode node = written.accept(queries);
        List<RelNode> inputs = node.getInputs().stream().map(this::settled).toList();
        RelNode copy = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        return switch (copy) {
            case Sort sort when isOpen(sort) -> limited(sort);
            case Aggregate aggregate
            when aggregate.getAggCallList().stream().anyMatch(SettledOrder::isOpen) -> grouped(aggregate);
            case WindowNode window when window.calls().stream().anyMatch(SettledOrder::isOpen) -> numbered(window);
            default -> copy;
        };
    }

    private static boolean isOpen(Sort sort) {
        return (sort.fetch != null || sort.offset != null)
                && sort.getCollation().getFieldCollations().isEmpty();
    }

    private static boolean isOpen(AggregateCall call) {
        return call.getCollation().getFieldCollations().isEmpty()
                && !call.isDistinct()
                && Calls.showsOrder(call.getAggregation().getName());
    }

    private static boolean isOpen(WindowCall call) {
        return call.function().name().equals("row_number");
    }

    private static RelNode limited(Sort sort) {
        ReadingOrder input = ReadingOrder.of(sort.getInput());
        List<RelFieldCollation> order = input.with(columns(input.width()));
        RelNode sorted = LogicalSort.create(input.node(), RelCollations.of(order), sort.offset, sort.fetch);
        return prefix(sorted, sort.getInput());
    }

    /** The rows of a query in an order that its last step says, if they had one or not. */
    private static RelNode ordered(RelNode query) {
        if (query instanceof Sort || (query instanceof Project project && project.getInput() instanceof Sort)) {
            return query;
        }
        ReadingOrder input = ReadingOrder.of(query);
        RelNode sorted =
                LogicalSort.create(input.node(), RelCollations.of(input.with(columns(input.width()))), null, null);
        return prefix(sorted, query);
    }

    private static RelNode grouped(Aggregate node) {
        ReadingOrder input = ReadingOrder.of(node.getInput());
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : node.getAggCallList()) {
            List<RelFieldCollation> byValue =
                    call.getArgList().stream().map(RelFieldCollation::new).toList();
            calls.add(isOpen(call) ? call.withCollation(RelCollations.of(input.with(byValue))) : call);
        }
        return node.copy(node.getTraitSet(), input.node(), node.getGroupSet(), node.getGroupSets(), calls);
    }

    private static RelNode numbered(WindowNode node) {
        ReadingOrder input = ReadingOrder.of(node.getInput());
        List<WindowCall> calls = new ArrayList<>();
        for (WindowCall call : node.calls()) {
            calls.add(isOpen(call) ? call.orderedBy(input.between(call.orderBy(), columns(input.width()))) : call);
        }
        WindowNode numbered = WindowNode.create(input.node(), calls);
        int width = input.width();
        int more = input.node().getRowType().getFieldCount() - width;
        return more == 0 ? numbered : without(numbered, width, more, node);
    }

    /** A node without some columns in the middle, like another one. */
    private static RelNode without(RelNode node, int from, int count, RelNode like) {
        List<RexNode> shown = new ArrayList<>(Rex.references(Flow.columns(node)));
        shown.subList(from, from + count).clear();
        return project(node, shown, like);
    }

    private static RelNode prefix(RelNode node, RelNode like) {
        int width = like.getRowType().getFieldCount();
        return width == node.getRowType().getFieldCount()
                ? node
                : project(node, Rex.references(Flow.columns(node)).subList(0, width), like);
    }

    private static RelNode project(RelNode node, List<RexNode> shown, RelNode like) {
        return LogicalProject.create(node, List.of(), shown, like.getRowType().getFieldNames(), Set.of());
    }

    private static List<RelFieldCollation> columns(int width) {
        List<RelFieldCollation> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(new RelFieldCollation(i));
        }
        return columns;
    }
}
