package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.relation.WindowCall;
import dev.merapi.query.expr.relation.WindowFrame;
import dev.merapi.query.expr.relation.WindowNode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** ORDER BY, LIMIT and OFFSET over rows that have the columns to sort by. */
final class LimitBinder {
    private final QueryBinder queries;
    private final @Nullable Scope outer;

    LimitBinder(QueryBinder queries, @Nullable Scope outer) {
        this.queries = queries;
        this.outer = outer;
    }

    RelNode apply(RelNode input, RelCollation order, Query.Limit limit) {
        RexNode count = bind(limit.count(), "LIMIT");
        RexNode offset = bind(limit.offset(), "OFFSET");
        if (limit.withTies()) {
            return withTies(input, order, limit, count, offset);
        }
        boolean nothing = order.getFieldCollations().isEmpty() && count == null && offset == null;
        return nothing ? input : LogicalSort.create(input, order, offset, count);
    }

    private @Nullable RexNode bind(@Nullable Expr expression, String clause) {
        if (expression == null) {
            return null;
        }
        ExpressionBinder binder = queries.expressions(Scope.empty(queries.context(), outer), new NoCalls(clause));
        RexNode value = binder.coercion().assign(binder.bind(expression), ScalarType.I64, clause);
        // LIMIT NULL and OFFSET NULL mean none
        return Constants.isConstant(value) && Constants.value(value) == null ? null : value;
    }

    /** Rows as good as the last one stay too: those whose rank is within the count. */
    private RelNode withTies(
            RelNode input, RelCollation order, Query.Limit limit, @Nullable RexNode count, @Nullable RexNode offset) {
        Expr written = limit.count();
        if (order.getFieldCollations().isEmpty()) {
            throw BindErrors.at(
                    written == null ? 0 : written.position(), ErrorCode.SYNTAX_ERROR, "WITH TIES needs ORDER BY");
        }
        if (count == null) {
            return LogicalSort.create(input, order, offset, null);
        }
        OverFunction rank = queries.context().functions().resolveWindow("rank", List.of());
        if (rank == null) {
            throw new IllegalStateException("no function rank()");
        }
        int width = input.getRowType().getFieldCount();
        WindowCall call = new WindowCall(
                rank, List.of(), -1, false, false, List.of(), order.getFieldCollations(), WindowFrame.DEFAULT, "$rank");
        RelNode ranked = WindowNode.create(input, List.of(call));
        RexBuilder rex = queries.context().rex();
        RexNode last = offset == null
                ? count
                : queries.expressions(Scope.empty(queries.context(), outer), new NoCalls("LIMIT"))
                        .operator("+", count, offset, 0);
        RexNode within = rex.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, rex.makeInputRef(ranked, width), last);
        RelNode kept = Rels.filter(ranked, within, Set.of());
        RelNode sorted = LogicalSort.create(kept, order, offset, null);
        return Rels.prefix(sorted, width, input.getRowType().getFieldNames());
    }
}
