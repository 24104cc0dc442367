package dev.merapi.query.sql.expression;

import com.google.common.collect.ImmutableList;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.Term.RowOf;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Comparisons of values and rows with the rows of a query: IN, ANY, ALL, and {@code (a, b) = (SELECT …)}. */
final class RowQueries {
    private final ExpressionBinder binder;
    private final Coercion coercion;

    RowQueries(ExpressionBinder binder) {
        this.binder = binder;
        this.coercion = binder.coercion();
    }

    /** {@code left IN (query)}. */
    RexNode in(Term left, Query query, int position) {
        return quantified(left, SqlStdOperatorTable.EQUALS, query, position);
    }

    /** {@code left operator ANY (query)}. */
    RexNode quantified(Term left, SqlOperator operator, Query query, int position) {
        RelNode rel = binder.subqueries().bind(query, binder.scope());
        List<Term> fields = left instanceof RowOf row ? row.fields() : List.of(left);
        requireColumns(rel, fields.size(), position);
        if (fields.size() > 1 && operator.kind != SqlKind.EQUALS) {
            throw BindErrors.unsupported(
                    position, "rows with " + operator.getName() + " ANY or ALL", "use EXISTS with the comparison");
        }
        List<RexNode> nodes = new ArrayList<>();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Value column = new Value(binder.context().rex().makeInputRef(rel, i), position);
            Term field = fields.get(i);
            ColumnType type = binder.context().casts().comparisonType(field.type(), column.type());
            if (type == null) {
                throw OperatorBinder.unknown(
                        Coercion.render(field.type()) + " " + operator.getName() + " " + Coercion.render(column.type()),
                        position);
            }
            nodes.add(coercion.to(field, type));
            columns.add(coercion.to(column, type));
        }
        RelNode cast = project(rel, columns);
        ImmutableList<RexNode> operands = ImmutableList.copyOf(nodes);
        return operator.kind == SqlKind.EQUALS
                ? RexSubQuery.in(cast, operands)
                : RexSubQuery.some(cast, operands, some(operator));
    }

    private static RelNode project(RelNode rel, List<RexNode> columns) {
        boolean same = true;
        for (int i = 0; i < columns.size(); i++) {
            same &= columns.get(i)
                    .getType()
                    .equals(rel.getRowType().getFieldList().get(i).getType());
        }
        return same
                ? rel
                : LogicalProject.create(
                        rel, List.of(), columns, rel.getRowType().getFieldNames(), Set.of());
    }

    private static void requireColumns(RelNode rel, int fields, int position) {
        int columns = rel.getRowType().getFieldCount();
        if (columns != fields) {
            throw BindErrors.at(
                            position,
                            ErrorCode.SYNTAX_ERROR,
                            columns > fields ? "sub-query has too many columns" : "sub-query has too few columns")
                    .with("columns", columns)
                    .with("compared with", fields);
        }
    }

    private static SqlQuantifyOperator some(SqlOperator operator) {
        return switch (operator.kind) {
            case NOT_EQUALS -> SqlStdOperatorTable.SOME_NE;
            case LESS_THAN -> SqlStdOperatorTable.SOME_LT;
            case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.SOME_LE;
            case GREATER_THAN -> SqlStdOperatorTable.SOME_GT;
            case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.SOME_GE;
            default -> SqlStdOperatorTable.SOME_EQ;
        };
    }

    /** {@code (a, b) operator (SELECT …)}: each column of the one row becomes a value. */
    RexNode compare(RowOf left, SqlOperator operator, Expr.ScalarQuery query) {
        List<Term> fields = columnsOf(query);
        OperatorBinder.requireSameSize(left, new RowOf(fields, query.position()), query.position());
        return binder.operators().compare(operator, left, new RowOf(fields, query.position()), query.position());
    }

    /** The columns of a query that yields at most one row, each as a value. */
    List<Term> columnsOf(Expr.ScalarQuery query) {
        RelNode rel = binder.subqueries().bind(query.query(), binder.scope());
        List<Term> fields = new ArrayList<>();
        for (RelDataTypeField field : rel.getRowType().getFieldList()) {
            RexNode reference = binder.context().rex().makeInputRef(rel, field.getIndex());
            RelNode column =
                    LogicalProject.create(rel, List.of(), List.of(reference), List.of(field.getName()), Set.of());
            assert RelTypes.isColumnType(field.getType());
            fields.add(new Value(RexSubQuery.scalar(column), query.position()));
        }
        return fields;
    }
}
