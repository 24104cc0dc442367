package dev.merapi.query.plan;

import com.google.common.collect.ImmutableSet;
import dev.merapi.query.expr.relation.Columns;
import dev.merapi.query.expr.relation.VolatileCalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/** Conditions as lists of terms that all have to be true. */
final class Conjuncts {
    private Conjuncts() {}

    /** The terms of a condition; none for TRUE. */
    static List<RexNode> of(RexNode condition) {
        List<RexNode> terms = new ArrayList<>();
        split(condition, terms);
        return terms;
    }

    private static void split(RexNode condition, List<RexNode> into) {
        if (condition.getKind() == SqlKind.AND) {
            ((RexCall) condition).getOperands().forEach(operand -> split(operand, into));
        } else if (!condition.isAlwaysTrue()) {
            into.add(condition);
        }
    }

    /** The terms as one condition. */
    static RexNode and(RexBuilder rex, List<RexNode> terms) {
        return switch (terms.size()) {
            case 0 -> rex.makeLiteral(true);
            case 1 -> terms.get(0);
            default -> rex.makeCall(SqlStdOperatorTable.AND, terms);
        };
    }

    /** A filter for these terms; the input itself if there are none. */
    static RelNode filter(RelNode input, List<RexNode> terms) {
        return filter(input, terms, Set.of());
    }

    /** A filter for these terms with the variables of their queries. */
    static RelNode filter(RelNode input, List<RexNode> terms, Set<CorrelationId> variables) {
        if (terms.isEmpty()) {
            return input;
        }
        RexNode condition = on(and(input.getCluster().getRexBuilder(), terms), input);
        return LogicalFilter.create(input, condition, ImmutableSet.copyOf(variables));
    }

    /** The input columns an expression reads, the operands of its queries included. */
    static ImmutableBitSet columns(RexNode node) {
        return RelOptUtil.InputFinder.bits(node);
    }

    static boolean hasQuery(RexNode node) {
        return RexUtil.SubQueryFinder.find(node) != null;
    }

    static boolean hasQuery(Collection<? extends RexNode> nodes) {
        return nodes.stream().anyMatch(Conjuncts::hasQuery);
    }

    /** Whether a query in the expression looks at one of these rows. */
    static boolean uses(RexNode node, Set<CorrelationId> variables) {
        if (variables.isEmpty()) {
            return false;
        }
        boolean[] found = {false};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                found[0] |= variables.stream().anyMatch(id -> Variables.uses(query.rel, id));
                return super.visitSubQuery(query);
            }
        });
        return found[0];
    }

    /** Whether calling it once more or once less could be noticed. */
    static boolean isVolatile(RexNode node) {
        return !RexUtil.isDeterministic(node) || queriesAreVolatile(node);
    }

    private static boolean queriesAreVolatile(RexNode node) {
        if (!hasQuery(node)) {
            return false;
        }
        boolean[] found = {false};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                found[0] |= VolatileCalls.occurIn(query.rel);
                return super.visitSubQuery(query);
            }
        });
        return found[0];
    }

    /**
     * The expression over another node with the same columns, whose nullability may differ: an outer join may have
     * become an inner one, and Calcite insists that references have the very type of the column.
     */
    static RexNode on(RexNode node, RelNode input) {
        RexBuilder rex = input.getCluster().getRexBuilder();
        return Columns.replace(node, index -> rex.makeInputRef(input, index));
    }

    /** The expression over the columns of two nodes side by side. */
    static RexNode on(RexNode node, RelNode left, RelNode right) {
        int width = left.getRowType().getFieldCount();
        return Columns.replace(node, index -> {
            RelNode side = index < width ? left : right;
            int column = index < width ? index : index - width;
            return new RexInputRef(
                    index, side.getRowType().getFieldList().get(column).getType());
        });
    }
}
