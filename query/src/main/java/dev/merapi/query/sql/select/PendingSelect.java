package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.relation.WindowCall;
import dev.merapi.query.expr.relation.WindowFrame;
import dev.merapi.query.expr.relation.WindowNode;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.expression.Coercion;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.rel.PendingRelation;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.rel.SortKey;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** The end of a SELECT: select list, DISTINCT, ORDER BY and LIMIT over rows that have everything these need. */
final class PendingSelect implements PendingQuery {
    private final QueryBinder queries;
    private final @Nullable Scope outer;
    private final RelNode rows;
    private final Set<CorrelationId> variables;
    private final SelectExpressions expressions;
    private final Query.Select select;
    private final Query.Limit limit;
    private final Coercion coercion;

    PendingSelect(
            QueryBinder queries,
            @Nullable Scope outer,
            RelNode rows,
            Set<CorrelationId> variables,
            SelectExpressions expressions,
            Query.Select select,
            Query.Limit limit) {
        this.queries = queries;
        this.outer = outer;
        this.rows = rows;
        this.variables = variables;
        this.expressions = expressions;
        this.select = select;
        this.limit = limit;
        this.coercion = new Coercion(queries.context());
    }

    @Override
    public List<String> names() {
        return expressions.names();
    }

    @Override
    public List<Term> outputs() {
        if (!select.distinct().distinct()) {
            return expressions.items();
        }
        // Rows that are compared have types: nothing is left open behind DISTINCT.
        List<Term> settled = new ArrayList<>();
        for (Term item : expressions.items()) {
            settled.add(new Term.Value(coercion.settled(item), item.position()));
        }
        return settled;
    }

    @Override
    public RelNode finish(ColumnCoercion coerce) {
        if (!select.distinct().distinct()) {
            return ordered(coerce);
        }
        RelNode distinct = select.distinct().on().isEmpty() ? distinct() : distinctOn();
        return new PendingRelation(distinct, names(), select.position()).finish(coerce);
    }

    private RexBuilder rex() {
        return queries.context().rex();
    }

    private RelNode ordered(ColumnCoercion coerce) {
        List<RexNode> columns = new ArrayList<>();
        for (Term item : expressions.items()) {
            columns.add(coerce.apply(item, columns.size()));
        }
        int width = columns.size();
        List<RelFieldCollation> order = new ArrayList<>();
        for (SortKey key : expressions.order()) {
            order.add(SortKey.collation(sortColumn(key, columns), key.item()));
        }
        RelNode projected = Rels.project(rows, columns, padded(columns.size()), variables);
        RelNode sorted = limit(projected, order);
        return Rels.prefix(sorted, width, names());
    }

    private static int sortColumn(SortKey key, List<RexNode> columns) {
        return switch (key) {
            case SortKey.Output output -> output.column();
            case SortKey.Expression expression -> column(expression.node(), columns);
        };
    }

    private static int column(RexNode node, List<RexNode> columns) {
        int index = columns.indexOf(node);
        if (index < 0) {
            index = columns.size();
            columns.add(node);
        }
        return index;
    }

    private RelNode limit(RelNode input, List<RelFieldCollation> order) {
        return new LimitBinder(queries, outer).apply(input, RelCollations.of(order), limit);
    }

    /** The output names, then names for columns that only serve to sort. */
    private List<String> padded(int count) {
        List<String> padded = new ArrayList<>(names());
        while (padded.size() < count) {
            padded.add("$" + padded.size());
        }
        return padded;
    }

    private List<RexNode> settledItems() {
        List<RexNode> columns = new ArrayList<>();
        for (Term item : expressions.items()) {
            columns.add(coercion.settled(item));
        }
        return columns;
    }

    private RelNode distinct() {
        List<RexNode> columns = settledItems();
        List<RelFieldCollation> order = new ArrayList<>();
        for (SortKey key : expressions.order()) {
            int column = sortColumn(key, columns);
            if (column >= names().size()) {
                throw BindErrors.at(
                                key.item().expression().position(),
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "SELECT DISTINCT is ordered by something it does not select")
                        .hint("add the expression to the select list");
            }
            order.add(SortKey.collation(column, key.item()));
        }
        RelNode projected = Rels.project(rows, columns, names(), variables);
        ImmutableBitSet all = ImmutableBitSet.range(columns.size());
        return limit(LogicalAggregate.create(projected, List.of(), all, null, List.of()), order);
    }

    /** The first row of each group of rows that agree in ON, first by the order of the whole query. */
    private RelNode distinctOn() {
        List<RexNode> columns = settledItems();
        int width = columns.size();
        List<Integer> on = new ArrayList<>();
        expressions.distinctOn().forEach(node -> on.add(column(node, columns)));
        List<RelFieldCollation> order = new ArrayList<>();
        for (SortKey key : expressions.order()) {
            order.add(SortKey.collation(sortColumn(key, columns), key.item()));
        }
        requireLeading(on, order);
        RelNode projected = Rels.project(rows, columns, padded(columns.size()), variables);
        OverFunction rowNumber = queries.context().functions().resolveWindow("row_number", List.of());
        if (rowNumber == null) {
            throw new IllegalStateException("no function row_number()");
        }
        WindowCall call =
                new WindowCall(rowNumber, List.of(), -1, false, false, on, order, WindowFrame.DEFAULT, "$number");
        RelNode numbered = WindowNode.create(projected, List.of(call));
        RexNode number = rex().makeInputRef(numbered, columns.size());
        RexNode first = rex().makeCall(
                        SqlStdOperatorTable.EQUALS,
                        number,
                        rex().makeExactLiteral(java.math.BigDecimal.ONE, number.getType()));
        RelNode kept = Rels.filter(numbered, first, Set.of());
        return Rels.prefix(limit(kept, order), width, names());
    }

    private void requireLeading(List<Integer> on, List<RelFieldCollation> order) {
        int leading = Math.min(new java.util.HashSet<>(on).size(), order.size());
        for (int i = 0; i < leading; i++) {
            if (!on.contains(order.get(i).getFieldIndex())) {
                SortItem item = expressions.order().get(i).item();
                throw BindErrors.at(
                        item.expression().position(),
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "DISTINCT ON expressions must come first in ORDER BY");
            }
        }
    }
}
