package dev.merapi.query.expr.relation;

import dev.merapi.query.expr.RelTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * The input's rows, each with one more column per window call. A node of our own because Calcite's window has neither
 * GROUPS frames nor FILTER.
 */
public final class WindowNode extends SingleRel {
    private final List<WindowCall> calls;

    private WindowNode(RelNode input, List<WindowCall> calls) {
        super(input.getCluster(), input.getCluster().traitSetOf(Convention.NONE), input);
        this.calls = List.copyOf(calls);
    }

    public static WindowNode create(RelNode input, List<WindowCall> calls) {
        return new WindowNode(input, calls);
    }

    public List<WindowCall> calls() {
        return calls;
    }

    @Override
    protected RelDataType deriveRowType() {
        List<RelDataType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            types.add(field.getType());
            names.add(field.getName());
        }
        for (WindowCall call : calls) {
            types.add(RelTypes.standard()
                    .of(call.function().resultType(), call.function().nullable()));
            names.add(call.name());
        }
        return getCluster().getTypeFactory().createStructType(types, names);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new WindowNode(sole(inputs), calls);
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        List<WindowCall> changed = new ArrayList<>();
        for (WindowCall call : calls) {
            changed.add(withFrame(call, shuttle));
        }
        return changed.equals(calls) ? this : new WindowNode(input, changed);
    }

    private static WindowCall withFrame(WindowCall call, RexShuttle shuttle) {
        WindowFrame frame = call.frame();
        WindowFrame changed = new WindowFrame(
                frame.unit(), accept(frame.start(), shuttle), accept(frame.end(), shuttle), frame.exclusion());
        return new WindowCall(
                call.function(),
                call.arguments(),
                call.filter(),
                call.distinct(),
                call.ignoreNulls(),
                call.partitionBy(),
                call.orderBy(),
                changed,
                call.name());
    }

    private static WindowFrame.Bound accept(WindowFrame.Bound bound, RexShuttle shuttle) {
        return switch (bound) {
            case WindowFrame.Bound.Preceding b ->
                new WindowFrame.Bound.Preceding(b.offset().accept(shuttle));
            case WindowFrame.Bound.Following b ->
                new WindowFrame.Bound.Following(b.offset().accept(shuttle));
            case WindowFrame.Bound.UnboundedPreceding b -> b;
            case WindowFrame.Bound.CurrentRow b -> b;
            case WindowFrame.Bound.UnboundedFollowing b -> b;
        };
    }

    /** The offset expressions of the frames. */
    public List<RexNode> frameOffsets() {
        List<RexNode> offsets = new ArrayList<>();
        for (WindowCall call : calls) {
            for (WindowFrame.Bound bound :
                    List.of(call.frame().start(), call.frame().end())) {
                RexNode offset = bound.offsetOrNull();
                if (offset != null) {
                    offsets.add(offset);
                }
            }
        }
        return offsets;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer);
        for (int i = 0; i < calls.size(); i++) {
            writer.item("call" + i, calls.get(i));
        }
        return writer;
    }
}
