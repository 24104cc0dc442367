package dev.merapi.query.sql.rel;

import dev.merapi.query.expr.relation.WorkingTableNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * Where the step of a recursion may not read its own rows: wherever one more row in could mean one row less out, so
 * that working round by round would not find what the query means.
 */
public final class RecursionRules {
    private final int workingTable;
    private @Nullable String violation;

    private RecursionRules(int workingTable) {
        this.workingTable = workingTable;
    }

    /** What is wrong with a step; null if nothing is. */
    public static @Nullable String violation(RelNode step, int workingTable) {
        RecursionRules rules = new RecursionRules(workingTable);
        rules.visit(step, null);
        return rules.violation;
    }

    private void visit(RelNode rel, @Nullable String place) {
        if (rel instanceof WorkingTableNode table && table.workingTable() == workingTable && place != null) {
            violation = place;
        }
        rel.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                visit(query.rel, "inside a sub-query");
                return super.visitSubQuery(query);
            }
        });
        for (int i = 0; i < rel.getInputs().size(); i++) {
            String own = place(rel, i);
            visit(rel.getInput(i), own == null ? place : own);
        }
    }

    private static @Nullable String place(RelNode rel, int input) {
        return switch (rel) {
            case LogicalAggregate aggregate when !aggregate.getAggCallList().isEmpty() -> "inside an aggregate";
            case LogicalJoin join -> {
                JoinRelType type = join.getJoinType();
                boolean nullable = input == 0 ? type.generatesNullsOnLeft() : type.generatesNullsOnRight();
                yield nullable ? "on the nullable side of an outer join" : null;
            }
            case LogicalCorrelate correlate
            when input == 1 && correlate.getJoinType() == JoinRelType.LEFT -> "on the nullable side of an outer join";
            case LogicalMinus minus when input > 0 -> "on the right of EXCEPT";
            case LogicalIntersect intersect -> "in INTERSECT";
            default -> null;
        };
    }
}
