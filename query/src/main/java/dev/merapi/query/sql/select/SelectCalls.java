package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.relation.TableCall;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.ast.Window;
import dev.merapi.query.sql.expression.Calls;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.rel.Placeholders;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * Collects the aggregates, window functions and set-returning functions of a select list, HAVING and ORDER BY, and
 * stands {@link Placeholders} in their places.
 */
final class SelectCalls implements Calls {
    private final QueryBinder queries;
    private final Windows windowClause;
    private final List<AggregateUse> aggregates = new ArrayList<>();
    private final List<WindowUse> windows = new ArrayList<>();
    private final List<TableCall> tables = new ArrayList<>();

    SelectCalls(QueryBinder queries, Windows windowClause) {
        this.queries = queries;
        this.windowClause = windowClause;
    }

    List<AggregateUse> aggregates() {
        return aggregates;
    }

    List<WindowUse> windows() {
        return windows;
    }

    List<TableCall> tables() {
        return tables;
    }

    @Override
    public RexNode aggregate(
            AggregateFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder) {
        ExpressionBinder inside = binder.with(insideAggregate());
        Expr filter = call.modifiers().filter();
        List<AggregateUse.Sorted> orderBy = new ArrayList<>();
        List<SortItem> within = call.modifiers().withinGroup();
        for (int i = 0; i < within.size(); i++) {
            orderBy.add(AggregateUse.Sorted.of(arguments.get(arguments.size() - within.size() + i), within.get(i)));
        }
        for (SortItem item : call.modifiers().orderBy()) {
            orderBy.add(AggregateUse.Sorted.of(inside.value(item.expression()), item));
        }
        if (call.modifiers().distinct()) {
            requireSortedByArguments(arguments, orderBy, call);
        }
        AggregateUse use = new AggregateUse.Call(
                function,
                call.modifiers().distinct(),
                arguments,
                orderBy,
                filter == null ? null : inside.condition(filter, "FILTER"));
        RelDataType type = RelTypes.standard().of(function.resultType(), function.nullable());
        return placeholder(aggregates, use, Placeholders.AGGREGATE, type);
    }

    private static void requireSortedByArguments(
            List<RexNode> arguments, List<AggregateUse.Sorted> orderBy, Expr.Call call) {
        for (AggregateUse.Sorted sorted : orderBy) {
            if (!arguments.contains(sorted.node())) {
                throw BindErrors.at(
                                call.position(),
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "DISTINCT aggregate can be ordered by its arguments only")
                        .with("function", call.name());
            }
        }
    }

    @Override
    public RexNode grouping(Expr.Call call, ExpressionBinder binder) {
        List<RexNode> expressions = new ArrayList<>();
        ExpressionBinder inside = binder.with(insideAggregate());
        call.arguments().forEach(argument -> expressions.add(inside.value(argument)));
        if (expressions.size() > 31) {
            throw BindErrors.at(call.position(), ErrorCode.STATEMENT_LIMIT, "GROUPING takes at most 31 arguments");
        }
        RelDataType type = RelTypes.standard().of(ScalarType.I32, false);
        return placeholder(aggregates, new AggregateUse.Grouping(expressions), Placeholders.AGGREGATE, type);
    }

    @Override
    public RexNode window(
            OverFunction function, List<RexNode> arguments, Expr.Call call, Window over, ExpressionBinder binder) {
        Expr.Modifiers modifiers = call.modifiers();
        if (modifiers.distinct()) {
            throw BindErrors.unsupported(call.position(), "DISTINCT in a window function", "use a sub-query");
        }
        if (!modifiers.orderBy().isEmpty()) {
            throw BindErrors.unsupported(
                    call.position(), "ORDER BY in the arguments of a window function", "order the window instead");
        }
        ExpressionBinder inside = binder.with(insideWindow());
        Expr filter = modifiers.filter();
        if (filter != null && !(function instanceof AggregateFunction)) {
            throw BindErrors.unsupported(
                    call.position(), "FILTER for a window function", "FILTER goes with aggregates");
        }
        WindowUse use = windowClause.use(
                function,
                arguments,
                filter == null ? null : inside.condition(filter, "FILTER"),
                modifiers.ignoreNulls(),
                over,
                inside);
        RelDataType type = RelTypes.standard().of(function.resultType(), function.nullable());
        return placeholder(windows, use, Placeholders.WINDOW, type);
    }

    @Override
    public RexNode table(TableFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder) {
        if (function.columns().size() != 1) {
            throw BindErrors.unsupported(
                    call.position(), "function of several columns in a select list", "call it in FROM");
        }
        if (arguments.stream().anyMatch(argument -> Placeholders.contains(argument, Placeholders.TABLE))) {
            throw BindErrors.unsupported(
                    call.position(), "set-returning functions inside one another", "call the inner one in FROM");
        }
        // Equal calls side by side yield equal rows: one of them is enough.
        int index = 0;
        while (index < tables.size() && !same(tables.get(index), function, arguments)) {
            index++;
        }
        if (index == tables.size()) {
            tables.add(new TableCall(function, arguments));
        }
        RelDataType type = RelTypes.standard().of(function.columns().get(0).type(), true);
        return queries.context().rex().makeInputRef(type, Placeholders.TABLE + index);
    }

    private static boolean same(TableCall call, TableFunction function, List<RexNode> arguments) {
        return call.function().name().equals(function.name())
                && call.function().parameterTypes().equals(function.parameterTypes())
                && call.arguments().equals(arguments);
    }

    /** What GROUP BY may hold: functions that return rows, which then come before grouping. */
    Calls insideGroupBy() {
        return new Narrowed(new NoCalls("GROUP BY"), true, false);
    }

    private <U> RexNode placeholder(List<U> uses, U use, int kind, RelDataType type) {
        int index = uses.indexOf(use);
        if (index < 0) {
            index = uses.size();
            uses.add(use);
        }
        return queries.context().rex().makeInputRef(type, kind + index);
    }

    @Override
    public Calls insideAggregate() {
        return new NoCalls("aggregate arguments");
    }

    @Override
    public Calls insideWindow() {
        return new Narrowed(new NoCalls("window function arguments"), false, true);
    }

    /** Some of the calls of this clause, the others refused. */
    private final class Narrowed implements Calls {
        private final NoCalls refuse;
        private final boolean tablesAllowed;
        private final boolean aggregatesAllowed;

        Narrowed(NoCalls refuse, boolean tablesAllowed, boolean aggregatesAllowed) {
            this.refuse = refuse;
            this.tablesAllowed = tablesAllowed;
            this.aggregatesAllowed = aggregatesAllowed;
        }

        private Calls aggregateCalls() {
            return aggregatesAllowed ? SelectCalls.this : refuse;
        }

        @Override
        public RexNode aggregate(
                AggregateFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder) {
            return aggregateCalls().aggregate(function, arguments, call, binder);
        }

        @Override
        public RexNode grouping(Expr.Call call, ExpressionBinder binder) {
            return aggregateCalls().grouping(call, binder);
        }

        @Override
        public RexNode window(
                OverFunction function, List<RexNode> arguments, Expr.Call call, Window over, ExpressionBinder binder) {
            return refuse.window(function, arguments, call, over, binder);
        }

        @Override
        public RexNode table(TableFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder) {
            return (tablesAllowed ? SelectCalls.this : refuse).table(function, arguments, call, binder);
        }

        @Override
        public Calls insideAggregate() {
            return aggregateCalls().insideAggregate();
        }

        @Override
        public Calls insideWindow() {
            return refuse;
        }
    }
}
