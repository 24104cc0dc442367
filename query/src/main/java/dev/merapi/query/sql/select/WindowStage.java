package dev.merapi.query.sql.select;

import dev.merapi.query.expr.relation.WindowCall;
import dev.merapi.query.expr.relation.WindowNode;
import dev.merapi.query.sql.rel.Rels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Computes window functions: the input's columns stay where they are, what the calls need and yield comes behind them.
 */
final class WindowStage {
    private final RelNode input;
    private final List<RexNode> columns;

    WindowStage(RelNode input) {
        this.input = input;
        this.columns = Rels.references(input, 0, input.getRowType().getFieldCount());
    }

    /** Builds the nodes; the calls' results are the last columns, in the order of {@code uses}. */
    RelNode build(List<WindowUse> uses, Set<CorrelationId> variables) {
        List<WindowCall> calls = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            calls.add(call(uses.get(i), "$win" + i));
        }
        RelNode projected = columns.size() == input.getRowType().getFieldCount()
                ? input
                : Rels.project(input, columns, Rels.anonymousNames(columns.size()), variables);
        return WindowNode.create(projected, calls);
    }

    private WindowCall call(WindowUse use, String name) {
        List<Integer> arguments = new ArrayList<>();
        use.arguments().forEach(argument -> arguments.add(column(argument)));
        List<Integer> partitionBy = new ArrayList<>();
        use.partitionBy().forEach(expression -> partitionBy.add(column(expression)));
        List<RelFieldCollation> orderBy = new ArrayList<>();
        use.orderBy().forEach(sorted -> orderBy.add(GroupStage.collation(column(sorted.node()), sorted)));
        return new WindowCall(
                use.function(),
                arguments,
                use.filter() == null ? -1 : column(use.filter()),
                use.distinct(),
                use.ignoreNulls(),
                partitionBy,
                orderBy,
                use.frame(),
                name);
    }

    private int column(RexNode node) {
        int index = columns.indexOf(node);
        if (index < 0) {
            index = columns.size();
            columns.add(node);
        }
        return index;
    }

    /** Replaces the stand-ins of a kind by the last columns of the node that computes them. */
    static RexNode replace(RexNode node, RelNode computed, int kind, int count) {
        int first = computed.getRowType().getFieldCount() - count;
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                int index = ref.getIndex() - kind;
                return index >= 0 && index < count
                        ? computed.getCluster().getRexBuilder().makeInputRef(computed, first + index)
                        : ref;
            }
        });
    }
}
