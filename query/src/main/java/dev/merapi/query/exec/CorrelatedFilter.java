package dev.merapi.query.exec;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.join.JoinKeys;
import dev.merapi.query.exec.join.KeyExpressions;
import dev.merapi.query.exec.join.KeyedFilter;
import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.RelTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Recognises the filters that a {@link KeyedFilter} can run. Part of a {@link PlanCompiler}. */
final class CorrelatedFilter {
    private final PlanCompiler compiler;

    CorrelatedFilter(PlanCompiler compiler) {
        this.compiler = compiler;
    }

    /** The operator, or null if no equality ties the filter's rows to an outer row and to nothing else. */
    @Nullable
    Operator compile(Filter filter, Operator input) {
        List<RexNode> inner = new ArrayList<>();
        List<RexNode> outer = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            if (conjunct.getKind() == SqlKind.EQUALS
                    && RexUtil.isDeterministic(conjunct)
                    && RexUtil.SubQueryFinder.find(conjunct) == null) {
                RexNode a = ((RexCall) conjunct).getOperands().get(0);
                RexNode b = ((RexCall) conjunct).getOperands().get(1);
                add(isInner(a) ? a : b, isInner(a) ? b : a, inner, outer);
            }
        }
        if (inner.isEmpty()) {
            return null;
        }
        List<ColumnType> types = inner.stream()
                .map(node -> Casts.base(RelTypes.columnType(node.getType())))
                .toList();
        JoinKeys keys = new JoinKeys(
                new KeyExpressions(compiler.expressions(outer), types, false),
                new KeyExpressions(compiler.expressions(inner), types, false));
        return new KeyedFilter(
                input,
                keys,
                compiler.expression(filter.getCondition()),
                compiler.evaluators().newMemo(),
                PlanCompiler.text(filter.getInput()).of(filter.getCondition()));
    }

    private static void add(RexNode ofRow, RexNode ofOuter, List<RexNode> inner, List<RexNode> outer) {
        if (isInner(ofRow)
                && RelOptUtil.InputFinder.bits(ofOuter).isEmpty()
                && !Correlations.used(ofOuter).isEmpty()) {
            inner.add(ofRow);
            outer.add(ofOuter);
        }
    }

    /** Whether an expression depends on the filter's row and on no outer one. */
    private static boolean isInner(RexNode node) {
        return !RelOptUtil.InputFinder.bits(node).isEmpty()
                && Correlations.used(node).isEmpty();
    }
}
