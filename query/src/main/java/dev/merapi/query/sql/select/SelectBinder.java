package dev.merapi.query.sql.select;

import dev.merapi.query.expr.relation.TableCall;
import dev.merapi.query.expr.relation.TableFunctionNode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.rel.Placeholders;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * SELECT, clause by clause in the order of their meaning: FROM, WHERE, GROUP BY with aggregates, HAVING, window
 * functions, functions that return rows; then {@link PendingSelect} does the select list, DISTINCT, ORDER BY and LIMIT.
 *
 * <p>All expressions behind WHERE are bound over the row of FROM first, with {@link Placeholders} for calls that need
 * more than a row, and are carried from stage to stage, each rewriting them to the row it makes.
 */
final class SelectBinder {
    private final QueryBinder queries;
    private final BindContext context;
    private final @Nullable Scope outer;

    SelectBinder(QueryBinder queries, @Nullable Scope outer) {
        this.queries = queries;
        this.context = queries.context();
        this.outer = outer;
    }

    PendingQuery bind(Query.Select select, List<SortItem> orderBy, Query.Limit limit) {
        FromResult from = new FromBinder(queries, outer).bind(select.from());
        Scope scope = from.scope(context, outer);
        RelNode rows = where(from.rel(), scope, select.where());

        SelectCalls calls = new SelectCalls(queries, new Windows(queries, outer, select.windows()));
        SelectExpressions expressions = expressions(select, orderBy, scope, calls);
        Grouping grouping = grouping(select.groupBy(), scope, expressions, calls);
        Set<CorrelationId> variables = scope.takeCorrelation();

        boolean grouped = select.groupBy() != null
                || select.having() != null
                || !calls.aggregates().isEmpty();
        Stage stage = new Stage(rows, variables, calls.windows(), calls.tables());
        if (grouping.needsRows()) {
            int count = stage.tables().size();
            stage = tables(stage, expressions);
            RelNode rel = stage.rel();
            grouping = grouping.map(key -> WindowStage.replace(key, rel, Placeholders.TABLE, count));
        }
        if (grouped) {
            stage = group(stage, scope, grouping, calls.aggregates(), expressions);
        }
        stage = having(stage, expressions);
        stage = windows(stage, expressions);
        stage = tables(stage, expressions);
        return new PendingSelect(queries, outer, stage.rel(), stage.variables(), expressions, select, limit);
    }

    /** The rows so far, the variables of queries in expressions over them, and the calls still to be computed. */
    private record Stage(RelNode rel, Set<CorrelationId> variables, List<WindowUse> windows, List<TableCall> tables) {}

    private RelNode where(RelNode rows, Scope scope, @Nullable Expr where) {
        if (where == null) {
            return rows;
        }
        RexNode condition = queries.expressions(scope, new NoCalls("WHERE")).condition(where, "WHERE");
        return Rels.filter(rows, condition, scope.takeCorrelation());
    }

    private SelectExpressions expressions(Query.Select select, List<SortItem> orderBy, Scope scope, SelectCalls calls) {
        ExpressionBinder binder = queries.expressions(scope, calls);
        SelectExpressions expressions = new SelectExpressions(binder);
        expressions.addItems(select.items());
        Expr having = select.having();
        if (having != null) {
            expressions.setHaving(having);
        }
        expressions.setOrder(orderBy);
        expressions.setDistinctOn(select.distinct().on());
        return expressions;
    }

    private Grouping grouping(
            Query.@Nullable GroupBy groupBy, Scope scope, SelectExpressions expressions, SelectCalls calls) {
        if (groupBy == null) {
            return Grouping.NONE;
        }
        ExpressionBinder binder = queries.expressions(scope, calls.insideGroupBy());
        return Grouping.of(groupBy, scope, expressions.outputs(), expressions.items(), binder);
    }

    private Stage group(
            Stage stage, Scope scope, Grouping grouping, List<AggregateUse> uses, SelectExpressions expressions) {
        List<RexNode> keys = new ArrayList<>(grouping.keys());
        boolean keysDetermine = grouping.sets().size() == 1;
        @Nullable CorrelationId before = stage.variables().stream().findFirst().orElse(null);
        @Nullable
        CorrelationId after = before == null ? null : context.cluster().createCorrel();
        GroupedRow row = new GroupedRow(context, scope, keys, keysDetermine, before, after);
        // First to find columns that follow from the keys, for they are grouped by too; then for good.
        expressions.copy().rewrite(row::rewrite);
        stage.windows().forEach(use -> use.map(node -> row.rewrite(node, 0)));
        stage.tables().forEach(call -> call.arguments().forEach(node -> row.rewrite(node, 0)));

        GroupStage builder = new GroupStage(context, grouping, keys, uses);
        RelNode rel = builder.build(stage.rel(), stage.variables());
        row.settle(rel, builder);
        expressions.rewrite(row::rewrite);
        return new Stage(
                rel,
                after == null ? Set.of() : Set.of(after),
                stage.windows().stream()
                        .map(use -> use.map(node -> row.rewrite(node, 0)))
                        .toList(),
                stage.tables().stream().map(call -> map(call, row)).toList());
    }

    private static TableCall map(TableCall call, GroupedRow row) {
        return new TableCall(
                call.function(),
                call.arguments().stream().map(node -> row.rewrite(node, 0)).toList());
    }

    private static Stage having(Stage stage, SelectExpressions expressions) {
        RexNode having = expressions.having();
        return having == null
                ? stage
                : new Stage(
                        Rels.filter(stage.rel(), having, stage.variables()),
                        stage.variables(),
                        stage.windows(),
                        stage.tables());
    }

    private static Stage windows(Stage stage, SelectExpressions expressions) {
        List<WindowUse> uses = stage.windows();
        if (uses.isEmpty()) {
            return stage;
        }
        RelNode rel = new WindowStage(stage.rel()).build(uses, stage.variables());
        expressions.rewrite((node, at) -> WindowStage.replace(node, rel, Placeholders.WINDOW, uses.size()));
        List<TableCall> tables = new ArrayList<>();
        for (TableCall call : stage.tables()) {
            List<RexNode> arguments = new ArrayList<>(call.arguments());
            arguments.replaceAll(node -> WindowStage.replace(node, rel, Placeholders.WINDOW, uses.size()));
            tables.add(new TableCall(call.function(), arguments));
        }
        return new Stage(rel, stage.variables(), List.of(), tables);
    }

    /** Functions that return rows: each row is repeated for each of theirs, which stand side by side. */
    private Stage tables(Stage stage, SelectExpressions expressions) {
        List<TableCall> calls = stage.tables();
        if (calls.isEmpty()) {
            return stage;
        }
        CorrelationId id = context.cluster().createCorrel();
        RexNode variable = context.rex().makeCorrel(stage.rel().getRowType(), id);
        List<TableCall> correlated = new ArrayList<>();
        for (TableCall call : calls) {
            List<RexNode> arguments = new ArrayList<>(call.arguments());
            arguments.replaceAll(node -> node.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                    return context.rex().makeFieldAccess(variable, ref.getIndex());
                }
            }));
            correlated.add(new TableCall(call.function(), arguments));
        }
        RelNode functions = TableFunctionNode.create(context.cluster(), correlated, false);
        ImmutableBitSet required =
                ImmutableBitSet.range(stage.rel().getRowType().getFieldCount());
        RelNode rel = LogicalCorrelate.create(stage.rel(), functions, List.of(), id, required, JoinRelType.INNER);
        expressions.rewrite((node, at) -> WindowStage.replace(node, rel, Placeholders.TABLE, calls.size()));
        return new Stage(rel, stage.variables(), stage.windows(), List.of());
    }
}
