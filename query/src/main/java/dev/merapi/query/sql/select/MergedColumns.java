package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.expression.Coercion;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.Junctions;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * USING and NATURAL: equal columns of both sides become one, which stands first. Its value is the left one, or the
 * right one for a RIGHT JOIN, or whichever is there for a FULL JOIN.
 */
final class MergedColumns {
    private final QueryBinder queries;
    private final FromResult left;
    private final FromResult right;
    private final FromItem.Join join;
    private final List<String> names;

    MergedColumns(QueryBinder queries, FromResult left, FromResult right, FromItem.Join join) {
        this.queries = queries;
        this.left = left;
        this.right = right;
        this.join = join;
        this.names = join.natural() ? common() : join.using();
    }

    private List<String> common() {
        Set<String> there = new HashSet<>();
        right.columns().forEach(column -> there.add(column.name()));
        List<String> common = new ArrayList<>();
        for (ScopeColumn column : left.columns()) {
            if (there.contains(column.name()) && !common.contains(column.name())) {
                common.add(column.name());
            }
        }
        return common;
    }

    FromResult bind(JoinBinder joins, Scope leftScope, JoinRelType type) {
        List<RexNode> conditions = new ArrayList<>();
        ExpressionBinder binder = queries.expressions(joins.scope(left, right), new NoCalls("USING"));
        for (String name : names) {
            RexNode leftNode = find(left, name).node();
            RexNode rightNode = joins.shift(find(right, name).node(), left.width());
            conditions.add(
                    binder.compare(SqlStdOperatorTable.EQUALS, value(leftNode), value(rightNode), join.position()));
        }
        RexNode condition = Junctions.and(queries.context().rex(), conditions);
        FromResult joined = joins.combine(left, right, type, leftScope, condition, Set.of());
        return merge(joined, type);
    }

    private FromResult merge(FromResult joined, JoinRelType type) {
        List<ScopeColumn> leftColumns =
                joined.columns().subList(0, left.columns().size());
        List<ScopeColumn> rightColumns =
                joined.columns().subList(left.columns().size(), joined.columns().size());
        List<ScopeColumn> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(new ScopeColumn(name, merged(leftColumns, rightColumns, name, type)));
        }
        List<ScopeColumn> mergedColumns = List.copyOf(columns);
        leftColumns.stream().filter(column -> !names.contains(column.name())).forEach(columns::add);
        rightColumns.stream().filter(column -> !names.contains(column.name())).forEach(columns::add);
        List<Relation> relations = new ArrayList<>(joined.relations());
        String alias = join.usingAlias();
        if (alias != null) {
            relations.add(new Relation(alias, null, null, mergedColumns, false));
        }
        return new FromResult(joined.rel(), columns, relations);
    }

    private RexNode merged(
            List<ScopeColumn> leftColumns, List<ScopeColumn> rightColumns, String name, JoinRelType type) {
        Term leftTerm = value(find(leftColumns, name).node());
        Term rightTerm = value(find(rightColumns, name).node());
        Coercion coercion = new Coercion(queries.context());
        ColumnType common = coercion.common(List.of(leftTerm, rightTerm), "JOIN USING");
        RexNode leftNode = coercion.to(leftTerm, common);
        RexNode rightNode = coercion.to(rightTerm, common);
        return switch (type) {
            case RIGHT -> rightNode;
            case FULL ->
                queries.context()
                        .rex()
                        .makeCall(
                                RelTypes.standard()
                                        .of(
                                                common,
                                                leftNode.getType().isNullable()
                                                        && rightNode.getType().isNullable()),
                                SqlStdOperatorTable.COALESCE,
                                List.of(leftNode, rightNode));
            default -> leftNode;
        };
    }

    private Term value(RexNode node) {
        return new Term.Value(node, join.position());
    }

    private ScopeColumn find(FromResult side, String name) {
        return find(side.columns(), name);
    }

    private ScopeColumn find(List<ScopeColumn> columns, String name) {
        @Nullable ScopeColumn found = null;
        for (ScopeColumn column : columns) {
            if (column.name().equals(name)) {
                if (found != null) {
                    throw BindErrors.at(join.position(), ErrorCode.AMBIGUOUS_COLUMN, "column stands twice on one side")
                            .with("column", name);
                }
                found = column;
            }
        }
        if (found == null) {
            throw BindErrors.at(join.position(), ErrorCode.UNKNOWN_COLUMN, "column is not on both sides")
                    .with("column", name);
        }
        return found;
    }
}
