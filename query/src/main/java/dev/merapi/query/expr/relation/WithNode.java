package dev.merapi.query.expr.relation;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A common table expression that is read more than once, or where its rows must not be computed again: the definition
 * is evaluated at most once each time the node is opened, and {@link WorkingTableNode}s of its number in the body, also
 * in queries inside its expressions, yield the rows. The output is the body's.
 */
public final class WithNode extends BiRel {
    private final int workingTable;

    private WithNode(RelNode definition, RelNode body, int workingTable) {
        super(body.getCluster(), body.getCluster().traitSetOf(Convention.NONE), definition, body);
        this.workingTable = workingTable;
    }

    public static WithNode create(RelNode definition, RelNode body, int workingTable) {
        return new WithNode(definition, body, workingTable);
    }

    public RelNode definition() {
        return left;
    }

    public RelNode body() {
        return right;
    }

    public int workingTable() {
        return workingTable;
    }

    @Override
    protected RelDataType deriveRowType() {
        return right.getRowType();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new WithNode(inputs.get(0), inputs.get(1), workingTable);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("workingTable", workingTable);
    }
}
