package dev.merapi.query.sql.rel;

import dev.merapi.query.expr.relation.RecursiveNode;
import dev.merapi.query.expr.relation.VolatileCalls;
import dev.merapi.query.expr.relation.WorkingTableNode;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.jspecify.annotations.Nullable;

/**
 * Puts a common table expression in the one place where it is read, if its rows are computed just once there too: not
 * in a query inside an expression, not on the inner side of a correlate, not in the step of a recursion; and not if it
 * calls a volatile function, whose calls must not multiply or vanish.
 */
public final class Inlining extends RelHomogeneousShuttle {
    private final int workingTable;
    private final RelNode definition;
    private boolean done;

    private Inlining(int workingTable, RelNode definition) {
        this.workingTable = workingTable;
        this.definition = definition;
    }

    /** The body with the definition in place; null if it cannot be put there. */
    public static @Nullable RelNode inline(RelNode body, int workingTable, RelNode definition) {
        if (VolatileCalls.occurIn(definition)) {
            return null;
        }
        Inlining inlining = new Inlining(workingTable, definition);
        RelNode result = body.accept(inlining);
        return inlining.done ? result : null;
    }

    @Override
    public RelNode visit(RelNode other) {
        return switch (other) {
            case WorkingTableNode table
            when table.workingTable() == workingTable -> {
                done = true;
                yield definition;
            }
            case LogicalCorrelate correlate -> visitChild(correlate, 0, correlate.getLeft());
            case RecursiveNode recursion -> visitChild(recursion, 0, recursion.seed());
            default -> super.visit(other);
        };
    }
}
