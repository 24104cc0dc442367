package dev.merapi.query.dataflow.compile;

import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.relation.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * A cluster of inner joins: flows, conditions on their rows side by side, and what is computed of those that fulfil
 * them. A filter or projection of one flow is a cluster, too.
 */
record Cluster(List<Flow> flows, List<RexNode> terms, List<RexNode> outputs) {
    static Cluster of(Flow flow) {
        return new Cluster(List.of(flow), List.of(), Rex.references(flow.columns()));
    }

    int width() {
        return flows.stream().mapToInt(Flow::width).sum();
    }

    List<RelDataType> outputTypes() {
        return outputs.stream().map(RexNode::getType).toList();
    }

    /** An expression over the outputs as one over the flows. */
    RexNode over(RexNode node) {
        return Columns.replace(node, outputs::get);
    }

    Cluster where(List<RexNode> conditions) {
        List<RexNode> all = new ArrayList<>(terms);
        conditions.forEach(condition -> all.add(over(condition)));
        return new Cluster(flows, all, outputs);
    }

    Cluster select(List<RexNode> expressions) {
        return new Cluster(flows, terms, expressions.stream().map(this::over).toList());
    }

    /** The outputs of this, then those of another. */
    Cluster with(Cluster other) {
        int width = width();
        List<Flow> allFlows = new ArrayList<>(flows);
        allFlows.addAll(other.flows);
        List<RexNode> allTerms = new ArrayList<>(terms);
        other.terms.forEach(term -> allTerms.add(Columns.shift(term, width)));
        List<RexNode> allOutputs = new ArrayList<>(outputs);
        other.outputs.forEach(output -> allOutputs.add(Columns.shift(output, width)));
        return new Cluster(allFlows, allTerms, allOutputs);
    }

    /** Whether replacing the outputs in these expressions computes nothing more than once. */
    boolean isCheapUnder(List<RexNode> expressions) {
        int[] uses = new int[outputs.size()];
        for (RexNode expression : expressions) {
            Columns.replace(expression, index -> {
                uses[index]++;
                return outputs.get(index);
            });
        }
        for (int i = 0; i < uses.length; i++) {
            RexNode node = outputs.get(i);
            boolean cheap =
                    node instanceof RexInputRef || node instanceof RexDynamicParam || Constants.isConstant(node);
            if (!cheap && uses[i] > 1) {
                return false;
            }
        }
        return true;
    }

    boolean isIdentity() {
        if (flows.size() != 1 || outputs.size() != width()) {
            return false;
        }
        for (int i = 0; i < outputs.size(); i++) {
            if (!(outputs.get(i) instanceof RexInputRef ref) || ref.getIndex() != i) {
                return false;
            }
        }
        return true;
    }
}
