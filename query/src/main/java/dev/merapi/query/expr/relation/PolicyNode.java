package dev.merapi.query.expr.relation;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/**
 * The rows of a table that row policies let through: its input is the table under the policies' conditions. It changes
 * nothing; it is a line that conditions of the query cross only if they cannot tell anything about the rows below,
 * because what fails on a row, or takes long, tells that the row is there.
 */
public final class PolicyNode extends SingleRel {
    private PolicyNode(RelNode input) {
        super(input.getCluster(), input.getTraitSet(), input);
    }

    public static PolicyNode create(RelNode input) {
        return new PolicyNode(input);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new PolicyNode(inputs.get(0));
    }
}
