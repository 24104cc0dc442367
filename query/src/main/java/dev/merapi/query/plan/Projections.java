package dev.merapi.query.plan;

import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.relation.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Makes one projection of two, and none of one that changes nothing. */
final class Projections extends RelHomogeneousShuttle {
    private Projections() {}

    static RelNode merge(RelNode rel) {
        return rel.accept(new Projections());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (!(visited instanceof LogicalProject project)) {
            return visited;
        }
        RelNode merged = project.getInput() instanceof LogicalProject below ? merge(project, below) : project;
        return merged instanceof LogicalProject result && isIdentity(result) ? result.getInput() : merged;
    }

    private static RelNode merge(LogicalProject above, LogicalProject below) {
        boolean movable = above.getVariablesSet().isEmpty()
                && below.getProjects().stream().noneMatch(Conjuncts::isVolatile);
        if (!movable || !cheapOrOnce(above, below)) {
            return above;
        }
        List<RexNode> expressions = new ArrayList<>();
        for (RexNode node : above.getProjects()) {
            expressions.add(Columns.replace(node, below.getProjects()::get));
        }
        return LogicalProject.create(
                below.getInput(), List.of(), expressions, above.getRowType().getFieldNames(), below.getVariablesSet());
    }

    /** Whether nothing that takes work would be computed more than once. */
    private static boolean cheapOrOnce(LogicalProject above, LogicalProject below) {
        int[] uses = new int[below.getProjects().size()];
        for (RexNode node : above.getProjects()) {
            // A query inside would have to be looked through as well; it is rare enough to leave alone.
            if (Conjuncts.hasQuery(node)) {
                return false;
            }
            Columns.replace(node, index -> {
                uses[index]++;
                return below.getProjects().get(index);
            });
        }
        for (int i = 0; i < uses.length; i++) {
            RexNode node = below.getProjects().get(i);
            boolean cheap =
                    node instanceof RexInputRef || node instanceof RexDynamicParam || Constants.isConstant(node);
            if (!cheap && uses[i] > 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIdentity(LogicalProject project) {
        List<RexNode> nodes = project.getProjects();
        if (nodes.size() != project.getInput().getRowType().getFieldCount()) {
            return false;
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (!(nodes.get(i) instanceof RexInputRef ref) || ref.getIndex() != i) {
                return false;
            }
        }
        return true;
    }
}
