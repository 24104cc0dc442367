package dev.merapi.query.sql.expression;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** ARRAY[…], ARRAY(query), subscripts and slices. */
final class ArrayBinder {
    private final ExpressionBinder binder;
    private final Coercion coercion;

    ArrayBinder(ExpressionBinder binder) {
        this.binder = binder;
        this.coercion = binder.coercion();
    }

    Term literal(Expr.ArrayLiteral array) {
        if (array.elements().isEmpty()) {
            throw BindErrors.at(array.position(), ErrorCode.INDETERMINATE_TYPE, "empty array has no type")
                    .hint("cast it: ARRAY[]::integer[]");
        }
        List<Term> elements = binder.bind(array.elements());
        ColumnType element = Casts.base(coercion.common(elements, "ARRAY"));
        return new Value(constructor(elements, element, array.position()), array.position());
    }

    private RexNode constructor(List<Term> elements, ColumnType element, int position) {
        List<ColumnType> types = new ArrayList<>();
        List<RexNode> nodes = new ArrayList<>();
        for (Term term : elements) {
            types.add(element);
            nodes.add(coercion.to(term, element));
        }
        ScalarFunction function = binder.context().functions().resolveFunction("array_constructor", types);
        if (function == null) {
            throw CallBinder.unknown(binder.context(), "array", types, position);
        }
        return coercion.call(function, nodes);
    }

    /**
     * An array literal under a cast takes the element type of the cast before its elements are looked at, as in
     * PostgreSQL: {@code ARRAY[]::int[]} and {@code ARRAY['1', 2.5]::text[]} work. Null: the expression is no
     * such literal.
     */
    @Nullable
    Term emptyOfType(Expr expr, ColumnType target) {
        if (!(expr instanceof Expr.ArrayLiteral array) || !(target instanceof ArrayType type)) {
            return null;
        }
        if (array.elements().isEmpty()) {
            return new Value(Constants.of(binder.context().rex(), Casts.base(type), List.of()), array.position());
        }
        List<Term> elements = new ArrayList<>();
        for (Expr element : array.elements()) {
            Term nested = emptyOfType(element, type.element());
            Term term = nested != null ? nested : binder.bind(element);
            elements.add(new Value(coercion.explicit(term, Casts.base(type.element()), ""), term.position()));
        }
        return new Value(constructor(elements, Casts.base(type.element()), array.position()), array.position());
    }

    Term query(Expr.ArrayQuery query) {
        RelNode rel = binder.subqueries().bind(query.query(), binder.scope());
        ExpressionBinder.requireOneColumn(rel.getRowType().getFieldCount(), query.position());
        ColumnType element =
                RelTypes.columnType(rel.getRowType().getFieldList().get(0).getType());
        // An array in an array would be a matrix of rows that need not be of one length.
        if (element instanceof ArrayType) {
            throw BindErrors.unsupported(query.position(), "ARRAY(query) of arrays", "use array_agg");
        }
        return new Value(RexSubQuery.array(rel), query.position());
    }

    Term subscript(Expr.Subscript subscript) {
        Term base = binder.bind(subscript.base());
        if (base.type() == ScalarType.JSON) {
            return json(base, subscript);
        }
        if (!(base.type() instanceof ArrayType)) {
            throw BindErrors.at(subscript.position(), ErrorCode.TYPE_MISMATCH, "value has no elements")
                    .with("type", Coercion.render(base.type()));
        }
        boolean slice = subscript.indexes().stream().anyMatch(Expr.Subscript.Index::slice);
        return slice ? slice(base, subscript) : element(base, subscript);
    }

    private Term json(Term base, Expr.Subscript subscript) {
        Term result = base;
        for (Expr.Subscript.Index index : subscript.indexes()) {
            Expr key = index.lower();
            if (index.slice() || key == null) {
                throw BindErrors.unsupported(subscript.position(), "slices of jsonb", "use jsonb_path_query or ->");
            }
            result = new Value(
                    binder.operators().operator("->", result, binder.bind(key), subscript.position()),
                    subscript.position());
        }
        return result;
    }

    private Term element(Term base, Expr.Subscript subscript) {
        List<Term> arguments = new ArrayList<>();
        arguments.add(base);
        for (Expr.Subscript.Index index : subscript.indexes()) {
            arguments.add(index(index.lower()));
        }
        return call("array_subscript", arguments, subscript.position());
    }

    private Term slice(Term base, Expr.Subscript subscript) {
        Term result = base;
        if (subscript.indexes().size() > 1) {
            throw BindErrors.unsupported(
                    subscript.position(), "slices of several dimensions", "slice one dimension at a time");
        }
        Expr.Subscript.Index index = subscript.indexes().get(0);
        List<Term> arguments = new ArrayList<>();
        arguments.add(result);
        arguments.add(index.lower() == null ? integer(1, subscript.position()) : index(index.lower()));
        arguments.add(index.upper() == null ? integer(Integer.MAX_VALUE, subscript.position()) : index(index.upper()));
        return call("array_slice", arguments, subscript.position());
    }

    private Term index(@Nullable Expr index) {
        if (index == null) {
            throw new IllegalStateException("no index");
        }
        return new Value(binder.value(index, ScalarType.I32, "array subscript"), index.position());
    }

    private Term integer(int value, int position) {
        return new Value(Constants.of(binder.context().rex(), ScalarType.I32, value), position);
    }

    private Term call(String name, List<Term> arguments, int position) {
        List<@Nullable ColumnType> types = new ArrayList<>();
        arguments.forEach(argument -> types.add(argument.type()));
        ScalarFunction function = binder.context().functions().resolveFunction(name, types);
        if (function == null) {
            throw CallBinder.unknown(binder.context(), name, types, position);
        }
        return new Value(coercion.call(function, coercion.to(arguments, function.parameterTypes())), position);
    }
}
