package dev.merapi.query.sql.expression;

import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.expression.Term.RowOf;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * A whole row as the argument of a function that makes JSON of it, or counts it: {@code row_to_json(t)}, {@code
 * jsonb_agg(t)}, {@code count(t)}. It is passed as the JSON object it would become.
 */
final class WholeRows {
    private static final Set<String> FUNCTIONS =
            Set.of("to_json", "to_jsonb", "row_to_json", "json_agg", "jsonb_agg", "count");

    private final ExpressionBinder binder;

    WholeRows(ExpressionBinder binder) {
        this.binder = binder;
    }

    /** The argument as a JSON object if it is a whole row; null if it is a value like any other. */
    @Nullable
    Term argument(String function, Expr argument) {
        if (!FUNCTIONS.contains(function)) {
            return null;
        }
        if (argument instanceof Expr.ColumnRef column && column.name().isSimple()) {
            Relation relation = binder.scope().wholeRow(column.name().last());
            return relation == null ? null : object(relation, argument.position());
        }
        if (argument instanceof Expr.Star star && star.qualifier().isSimple()) {
            Relation relation = binder.scope().relation(star.qualifier().last());
            return relation == null ? null : object(relation, argument.position());
        }
        if (argument instanceof Expr.Row row && binder.bind(row) instanceof RowOf terms) {
            return object(terms, argument.position());
        }
        return null;
    }

    private Term object(RowOf row, int position) {
        List<String> names = new ArrayList<>();
        List<RexNode> values = new ArrayList<>();
        for (Term field : row.fields()) {
            names.add("f" + (names.size() + 1));
            values.add(binder.coercion().settled(field));
        }
        return new Value(object(names, values, position), position);
    }

    private Term object(Relation relation, int position) {
        List<String> names = new ArrayList<>();
        List<RexNode> values = new ArrayList<>();
        for (ScopeColumn column : relation.columns()) {
            names.add(column.name());
            values.add(column.node());
        }
        RexNode object = object(names, values, position);
        RexNode present = presentColumn(relation);
        if (present == null) {
            return new Value(object, position);
        }
        // The row that an outer join made up is NULL, not an object of NULLs.
        RexBuilder rex = binder.context().rex();
        RexNode missing = rex.makeCall(SqlStdOperatorTable.IS_NULL, present);
        RexNode nothing = Constants.of(rex, ScalarType.JSON, null);
        RexNode either = rex.makeCall(
                RelTypes.standard().of(ScalarType.JSON, true),
                SqlStdOperatorTable.CASE,
                List.of(missing, nothing, object));
        return new Value(either, position);
    }

    /** A column that is NULL only where an outer join has put NULLs; null if there are none of these. */
    private static @Nullable RexNode presentColumn(Relation relation) {
        TableSchema table = relation.table();
        if (table == null) {
            return null;
        }
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            RexNode node = relation.columns().get(i).node();
            if (!column.nullable()) {
                return node.getType().isNullable() ? node : null;
            }
        }
        return null;
    }

    private RexNode object(List<String> names, List<RexNode> values, int position) {
        List<Term> arguments = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            RexNode name = Constants.of(binder.context().rex(), ScalarType.TEXT, names.get(i));
            arguments.add(new Value(name, position));
            arguments.add(new Value(values.get(i), position));
        }
        List<@Nullable ColumnType> types = CallBinder.types(arguments);
        ScalarFunction function = binder.context().functions().resolveFunction("jsonb_build_object", types);
        if (function == null) {
            throw CallBinder.unknown(binder.context(), "jsonb_build_object", types, position);
        }
        return binder.coercion().call(function, binder.coercion().to(arguments, function.parameterTypes()));
    }
}
