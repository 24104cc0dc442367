package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.OutputNames;
import dev.merapi.query.sql.rel.Placeholders;
import dev.merapi.query.sql.rel.SortKey;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of a SELECT that are computed after its rows have been found: select list, HAVING, ORDER BY, DISTINCT
 * ON. Each stage rewrites them all to its own row.
 */
final class SelectExpressions {
    /** A rewriting of expressions; errors belong to {@code position}. */
    interface Rewriting {
        RexNode apply(RexNode node, int position);
    }

    private final ExpressionBinder binder;
    private final List<String> names = new ArrayList<>();
    private final List<Term> items = new ArrayList<>();
    private List<SortKey> order = List.of();
    private final List<RexNode> distinctOn = new ArrayList<>();
    private @Nullable RexNode having;
    private int havingPosition;
    private int distinctPosition;

    SelectExpressions(ExpressionBinder binder) {
        this.binder = binder;
    }

    List<String> names() {
        return names;
    }

    List<Term> items() {
        return items;
    }

    List<SortKey> order() {
        return order;
    }

    List<RexNode> distinctOn() {
        return distinctOn;
    }

    int distinctPosition() {
        return distinctPosition;
    }

    @Nullable
    RexNode having() {
        return having;
    }

    Ordering outputs() {
        return new Ordering(names, items);
    }

    void addItems(List<Query.Item> select) {
        for (Query.Item item : select) {
            switch (item.expression()) {
                case Expr.Star star -> addStar(star);
                case Expr.FieldStar star -> addStar(star);
                default -> {
                    names.add(OutputNames.of(item));
                    items.add(checked(binder.bind(item.expression())));
                }
            }
        }
    }

    private void addStar(Expr.Star star) {
        for (ScopeColumn column : binder.scope().star(star.qualifier())) {
            names.add(column.name());
            items.add(new Term.Value(column.node(), star.position()));
        }
    }

    /** {@code (t).*} is {@code t.*} for a table; for a record it is all of its fields. */
    private void addStar(Expr.FieldStar star) {
        if (star.base() instanceof Expr.ColumnRef table && binder.scope().isRelation(table.name())) {
            addStar(new Expr.Star(table.name()));
            return;
        }
        Term base = binder.bind(star.base());
        for (Column field : binder.fieldsOf(base, star.position())) {
            names.add(field.name());
            items.add(binder.field(base, field.name(), star.position()));
        }
    }

    private static Term checked(Term term) {
        if (term instanceof Term.RowOf row) {
            throw BindErrors.unsupported(
                    row.position(), "a row as a value", "select its fields, or jsonb_build_object(…)");
        }
        return term;
    }

    void setHaving(Expr expression) {
        having = binder.condition(expression, "HAVING");
        havingPosition = expression.position();
        if (Placeholders.contains(having, Placeholders.WINDOW)) {
            throw BindErrors.at(havingPosition, ErrorCode.WINDOW_ERROR, "window function is not allowed here")
                    .with("clause", "HAVING")
                    .hint("compute it in a sub-query and use its column");
        }
    }

    void setOrder(List<SortItem> orderBy) {
        order = outputs().keys(orderBy, binder);
    }

    void setDistinctOn(List<Expr> on) {
        for (Expr expression : on) {
            int output = outputs().outputColumn(expression, "DISTINCT ON");
            distinctPosition = expression.position();
            distinctOn.add(output >= 0 ? binder.coercion().settled(items.get(output)) : binder.value(expression));
        }
    }

    SelectExpressions copy() {
        SelectExpressions copy = new SelectExpressions(binder);
        copy.names.addAll(names);
        copy.items.addAll(items);
        copy.order = order;
        copy.distinctOn.addAll(distinctOn);
        copy.having = having;
        copy.havingPosition = havingPosition;
        copy.distinctPosition = distinctPosition;
        return copy;
    }

    void rewrite(Rewriting rewriting) {
        items.replaceAll(item -> item instanceof Term.Value value
                ? new Term.Value(rewriting.apply(value.node(), value.position()), value.position())
                : item);
        order = order.stream().map(key -> rewrite(key, rewriting)).toList();
        distinctOn.replaceAll(node -> rewriting.apply(node, distinctPosition));
        RexNode condition = having;
        having = condition == null ? null : rewriting.apply(condition, havingPosition);
    }

    private static SortKey rewrite(SortKey key, Rewriting rewriting) {
        return switch (key) {
            case SortKey.Output output -> output;
            case SortKey.Expression expression ->
                new SortKey.Expression(
                        rewriting.apply(
                                expression.node(),
                                expression.item().expression().position()),
                        expression.item());
        };
    }
}
