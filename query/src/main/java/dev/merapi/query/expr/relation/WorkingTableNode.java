package dev.merapi.query.expr.relation;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** Inside the step of a {@link RecursiveNode}: the rows its last round found. */
public final class WorkingTableNode extends AbstractRelNode {
    private final int workingTable;

    private WorkingTableNode(RelOptCluster cluster, int workingTable, RelDataType rowType) {
        super(cluster, cluster.traitSetOf(Convention.NONE));
        this.workingTable = workingTable;
        this.rowType = rowType;
    }

    public static WorkingTableNode create(RelOptCluster cluster, int workingTable, RelDataType rowType) {
        return new WorkingTableNode(cluster, workingTable, rowType);
    }

    public int workingTable() {
        return workingTable;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("workingTable", workingTable);
    }
}
