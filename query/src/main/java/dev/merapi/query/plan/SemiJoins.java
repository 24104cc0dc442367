package dev.merapi.query.plan;

import dev.merapi.query.expr.relation.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Turns EXISTS, NOT EXISTS, IN and NOT IN in a WHERE clause into semi- and anti-joins, if the query inside looks at the
 * outer row only in its own WHERE, and if no NULL can make a difference: NOT IN over something nullable stays what
 * it is.
 */
final class SemiJoins {
    private final RelNode left;
    private final Set<CorrelationId> variables;
    private final RexBuilder rex;
    /** Conditions between the outer row and the inner one, over both side by side. */
    private final List<RexNode> on = new ArrayList<>();

    private SemiJoins(RelNode left, Set<CorrelationId> variables) {
        this.left = left;
        this.variables = variables;
        this.rex = left.getCluster().getRexBuilder();
    }

    /** The rows of {@code left} for which the term is true, as a join; null if the term is nothing of the kind. */
    static @Nullable RelNode rewrite(RelNode left, RexNode term, Set<CorrelationId> variables) {
        boolean negated = term.getKind() == SqlKind.NOT;
        RexNode inner = negated ? ((RexCall) term).getOperands().get(0) : term;
        if (!(inner instanceof RexSubQuery query) || Conjuncts.hasQuery(query.getOperands())) {
            return null;
        }
        JoinRelType type = negated ? JoinRelType.ANTI : JoinRelType.SEMI;
        SemiJoins rewriting = new SemiJoins(left, variables);
        return switch (query.getKind()) {
            case EXISTS -> rewriting.exists(query, type);
            case IN -> rewriting.in(query, type);
            default -> null;
        };
    }

    /** Without a look at the outer row the query is asked once for all rows, and there is nothing to join. */
    private @Nullable RelNode exists(RexSubQuery query, JoinRelType type) {
        RelNode right = correlated(withoutOutput(query.rel));
        return right == null || on.isEmpty() ? null : join(right, type);
    }

    /** For EXISTS it does not matter what a row holds or in which order rows come. */
    private static RelNode withoutOutput(RelNode rel) {
        RelNode result = rel;
        while (true) {
            if (result instanceof LogicalProject project
                    && !Conjuncts.hasQuery(project.getProjects())
                    && project.getProjects().stream().noneMatch(Conjuncts::isVolatile)) {
                result = project.getInput();
            } else if (result instanceof LogicalSort sort && sort.fetch == null && sort.offset == null) {
                result = sort.getInput();
            } else {
                return result;
            }
        }
    }

    private @Nullable RelNode in(RexSubQuery query, JoinRelType type) {
        if (query.getOperands().stream().anyMatch(Conjuncts::isVolatile)) {
            return null;
        }
        if (type == JoinRelType.ANTI && mayBeNull(query)) {
            return null;
        }
        RelNode right = inputOf(query);
        if (right == null) {
            return null;
        }
        int width = left.getRowType().getFieldCount();
        for (int i = 0; i < query.getOperands().size(); i++) {
            RexNode column = rex.makeInputRef(right, i);
            on.add(rex.makeCall(SqlStdOperatorTable.EQUALS, query.getOperands().get(i), Columns.shift(column, width)));
        }
        return join(right, type);
    }

    private static boolean mayBeNull(RexSubQuery query) {
        return query.getOperands().stream().anyMatch(node -> node.getType().isNullable())
                || query.rel.getRowType().getFieldList().stream()
                        .anyMatch(field -> field.getType().isNullable());
    }

    /** The query's rows, its output columns first; behind them what conditions on the outer row need. */
    private @Nullable RelNode inputOf(RexSubQuery query) {
        if (variables.stream().noneMatch(id -> Variables.uses(query.rel, id))) {
            return query.rel;
        }
        if (!(query.rel instanceof LogicalProject project)
                || Conjuncts.hasQuery(project.getProjects())
                || project.getProjects().stream().anyMatch(this::looksOut)) {
            return null;
        }
        int outputs = project.getProjects().size();
        RelNode rows = correlated(project.getInput());
        if (rows == null) {
            return null;
        }
        int width = left.getRowType().getFieldCount();
        List<RexNode> columns = new ArrayList<>(project.getProjects());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < rows.getRowType().getFieldCount(); i++) {
            columns.add(rex.makeInputRef(rows, i));
        }
        for (int i = 0; i < columns.size(); i++) {
            names.add("$" + i);
        }
        on.replaceAll(term -> term.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return ref.getIndex() < width ? ref : new RexInputRef(ref.getIndex() + outputs, ref.getType());
            }
        }));
        return LogicalProject.create(rows, List.of(), columns, names, Set.of());
    }

    /**
     * Takes the conditions that look at the outer row out of the filters on top of a tree; null if the tree looks at it
     * anywhere else.
     */
    private @Nullable RelNode correlated(RelNode rel) {
        RelNode input = rel;
        List<RexNode> own = new ArrayList<>();
        List<RexNode> outer = new ArrayList<>();
        while (input instanceof LogicalFilter filter && filter.getVariablesSet().isEmpty()) {
            for (RexNode term : Conjuncts.of(filter.getCondition())) {
                (looksOut(term) ? outer : own).add(term);
            }
            input = filter.getInput();
        }
        RelNode rows = input;
        boolean elsewhere = variables.stream().anyMatch(id -> Variables.uses(rows, id));
        if (elsewhere || Conjuncts.hasQuery(outer) || outer.stream().anyMatch(Conjuncts::isVolatile)) {
            return null;
        }
        int width = left.getRowType().getFieldCount();
        outer.forEach(term -> on.add(sideBySide(term, width)));
        return Conjuncts.filter(rows, own);
    }

    private boolean looksOut(RexNode node) {
        boolean[] found = {Conjuncts.uses(node, variables)};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                found[0] |= variables.contains(variable.id);
                return variable;
            }
        });
        return found[0];
    }

    private RexNode sideBySide(RexNode term, int width) {
        return term.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(ref.getIndex() + width, ref.getType());
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                boolean ours = access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && variables.contains(variable.id);
                return ours ? rex.makeInputRef(left, access.getField().getIndex()) : access;
            }
        });
    }

    private RelNode join(RelNode right, JoinRelType type) {
        return LogicalJoin.create(left, right, List.of(), Conjuncts.and(rex, on), Set.of(), type);
    }
}
