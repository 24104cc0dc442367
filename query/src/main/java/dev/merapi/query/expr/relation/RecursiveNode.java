package dev.merapi.query.expr.relation;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * {@code WITH RECURSIVE}: the rows of the seed, then those of the step evaluated over the rows found last, until there
 * are no new ones. The step reads them through a {@link WorkingTableNode} of the same number.
 */
public final class RecursiveNode extends BiRel {
    private final int workingTable;
    private final boolean all;

    private RecursiveNode(RelNode seed, RelNode step, int workingTable, boolean all) {
        super(seed.getCluster(), seed.getCluster().traitSetOf(Convention.NONE), seed, step);
        this.workingTable = workingTable;
        this.all = all;
    }

    /** Makes a node; seed and step have the same column types. {@code all}: UNION ALL, otherwise rows count once. */
    public static RecursiveNode create(RelNode seed, RelNode step, int workingTable, boolean all) {
        return new RecursiveNode(seed, step, workingTable, all);
    }

    public RelNode seed() {
        return left;
    }

    public RelNode step() {
        return right;
    }

    public int workingTable() {
        return workingTable;
    }

    public boolean all() {
        return all;
    }

    /** The seed's columns, all nullable: what the step yields is not known when the seed is typed. */
    @Override
    protected RelDataType deriveRowType() {
        return nullable(left);
    }

    /** The row type under which the step reads the working table of a seed. */
    public static RelDataType nullable(RelNode seed) {
        RelDataTypeFactory types = seed.getCluster().getTypeFactory();
        RelDataTypeFactory.Builder builder = types.builder();
        for (RelDataTypeField field : seed.getRowType().getFieldList()) {
            builder.add(field.getName(), types.createTypeWithNullability(field.getType(), true));
        }
        return builder.build();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new RecursiveNode(inputs.get(0), inputs.get(1), workingTable, all);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("workingTable", workingTable).item("all", all);
    }
}
