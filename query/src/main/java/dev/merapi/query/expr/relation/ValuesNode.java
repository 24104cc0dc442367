package dev.merapi.query.expr.relation;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Rows written in the query: {@code VALUES}, and the one row of no columns behind a SELECT without FROM. A node of our
 * own because Calcite's takes literals only, and our constants are not all literals to it.
 *
 * <p>The expressions see parameters and correlation variables but no input row; they may hold sub-queries. Evaluated
 * once per execution and outer row, in the order written.
 */
public final class ValuesNode extends AbstractRelNode {
    private final List<List<RexNode>> rows;

    private ValuesNode(RelOptCluster cluster, RelDataType rowType, List<List<RexNode>> rows) {
        super(cluster, cluster.traitSetOf(Convention.NONE));
        this.rowType = rowType;
        this.rows = rows;
    }

    /** Makes a node; each row has one expression per field, of the field's column type. */
    public static ValuesNode create(RelOptCluster cluster, RelDataType rowType, List<List<RexNode>> rows) {
        return new ValuesNode(cluster, rowType, rows.stream().map(List::copyOf).toList());
    }

    /** One row of no columns. */
    public static ValuesNode oneEmptyRow(RelOptCluster cluster) {
        return create(cluster, cluster.getTypeFactory().createStructType(List.of(), List.of()), List.of(List.of()));
    }

    public List<List<RexNode>> rows() {
        return rows;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        List<List<RexNode>> changed = new ArrayList<>(rows.size());
        for (List<RexNode> row : rows) {
            changed.add(shuttle.apply(row));
        }
        return changed.equals(rows) ? this : create(getCluster(), rowType, changed);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("type", rowType).item("rows", rows);
    }
}
