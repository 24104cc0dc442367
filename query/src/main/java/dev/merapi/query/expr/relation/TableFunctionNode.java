package dev.merapi.query.expr.relation;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.RelTypes;
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
 * The rows of one or more table functions side by side, PostgreSQL's {@code ROWS FROM (…) [WITH ORDINALITY]}: the
 * shorter ones are filled up with NULLs. As the right side of a correlate it is LATERAL, and also what a set-returning
 * function in a select list means.
 */
public final class TableFunctionNode extends AbstractRelNode {
    private final List<TableCall> calls;
    private final boolean ordinality;

    private TableFunctionNode(RelOptCluster cluster, List<TableCall> calls, boolean ordinality) {
        super(cluster, cluster.traitSetOf(Convention.NONE));
        this.calls = List.copyOf(calls);
        this.ordinality = ordinality;
    }

    /** Makes a node; with {@code ordinality} a last column {@code ordinality bigint} counts the rows from 1. */
    public static TableFunctionNode create(RelOptCluster cluster, List<TableCall> calls, boolean ordinality) {
        return new TableFunctionNode(cluster, calls, ordinality);
    }

    public List<TableCall> calls() {
        return calls;
    }

    public boolean ordinality() {
        return ordinality;
    }

    @Override
    protected RelDataType deriveRowType() {
        List<RelDataType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (TableCall call : calls) {
            for (Column column : call.function().columns()) {
                // Filling up makes every column nullable as soon as there are two functions.
                types.add(RelTypes.standard().of(column.type(), column.nullable() || calls.size() > 1));
                names.add(column.name());
            }
        }
        if (ordinality) {
            types.add(RelTypes.standard().of(ScalarType.I64, false));
            names.add("ordinality");
        }
        return getCluster().getTypeFactory().createStructType(types, names);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        List<TableCall> changed = new ArrayList<>();
        for (TableCall call : calls) {
            List<RexNode> arguments = new ArrayList<>(call.arguments());
            arguments.replaceAll(argument -> argument.accept(shuttle));
            changed.add(new TableCall(call.function(), arguments));
        }
        return changed.equals(calls) ? this : new TableFunctionNode(getCluster(), changed, ordinality);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer);
        for (int i = 0; i < calls.size(); i++) {
            writer.item("call" + i, calls.get(i));
        }
        return writer.itemIf("ordinality", true, ordinality);
    }
}
