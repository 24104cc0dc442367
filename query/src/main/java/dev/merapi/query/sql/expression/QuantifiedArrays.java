package dev.merapi.query.sql.expression;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.Volatility;
import dev.merapi.query.expr.value.ValueOrder;
import dev.merapi.query.sql.ast.Expr;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code value operator ANY (array)} and {@code ALL (array)}: a function made for the operator and the types. ANY is an
 * OR over the elements and ALL an AND, NULLs included; over no elements they are false and true.
 */
final class QuantifiedArrays {
    /** One test of the value against an element; null is unknown. */
    private interface Test {
        @Nullable
        Object apply(EvalContext context, @Nullable Object value, @Nullable Object element);
    }

    private final ExpressionBinder binder;

    QuantifiedArrays(ExpressionBinder binder) {
        this.binder = binder;
    }

    RexNode bind(Expr.Quantified quantified, Term left, Term array, ArrayType arrayType) {
        String symbol = quantified.operator();
        SqlOperator comparison = OperatorBinder.comparison(symbol);
        String name = symbol + (quantified.all() ? " ALL" : " ANY");
        if (comparison != null) {
            ColumnType type = binder.context().casts().comparisonType(left.type(), arrayType.element());
            if (type == null) {
                throw unknown(left, symbol, arrayType, quantified);
            }
            Comparator<Object> order = ValueOrder.comparator(type);
            SqlKind kind = comparison.kind;
            Test test = (context, value, element) ->
                    (value == null || element == null) ? null : holds(kind, order.compare(value, element));
            return call(name, type, new ArrayType(type), test, Volatility.IMMUTABLE, quantified.all(), left, array);
        }
        boolean negated = symbol.startsWith("!");
        ScalarFunction function = binder.context()
                .functions()
                .resolveOperator(
                        negated && symbol.contains("~~") ? symbol.substring(1) : symbol,
                        left.type(),
                        arrayType.element());
        if (function == null || function.resultType() != ScalarType.BOOL) {
            throw unknown(left, symbol, arrayType, quantified);
        }
        boolean not = negated && symbol.contains("~~");
        Test test = (context, value, element) -> {
            Object result = function.apply(context, value, element);
            return not && result != null ? (Object) !((Boolean) result) : result;
        };
        ColumnType element = function.parameterTypes().get(1);
        return call(
                name,
                function.parameterTypes().get(0),
                new ArrayType(element),
                test,
                function.volatility(),
                quantified.all(),
                left,
                array);
    }

    private RexNode call(
            String name,
            ColumnType valueType,
            ArrayType arrayType,
            Test test,
            Volatility volatility,
            boolean all,
            Term left,
            Term array) {
        ScalarFunction function = new ScalarFunction(
                name,
                List.of(valueType, arrayType),
                ScalarType.BOOL,
                ScalarFunction.Traits.NULLABLE.with(volatility),
                (context, arguments) -> fold(context, test, all, arguments[0], arguments[1]));
        Coercion coercion = binder.coercion();
        return coercion.call(function, coercion.to(left, valueType), coercion.to(array, arrayType));
    }

    private static @Nullable Object fold(
            EvalContext context, Test test, boolean all, @Nullable Object value, @Nullable Object array) {
        if (array == null) {
            return null;
        }
        boolean unknown = false;
        for (Object element : (List<?>) array) {
            Object result = element instanceof List<?> inner && !(value instanceof List<?>)
                    ? fold(context, test, all, value, inner)
                    : test.apply(context, value, element);
            if (result == null) {
                unknown = true;
            } else if ((Boolean) result != all) {
                return !all;
            }
        }
        return unknown ? null : (Object) all;
    }

    private static boolean holds(SqlKind kind, int order) {
        return switch (kind) {
            case EQUALS -> order == 0;
            case NOT_EQUALS -> order != 0;
            case LESS_THAN -> order < 0;
            case LESS_THAN_OR_EQUAL -> order <= 0;
            case GREATER_THAN -> order > 0;
            default -> order >= 0;
        };
    }

    private static RuntimeException unknown(Term left, String symbol, ArrayType array, Expr.Quantified quantified) {
        return OperatorBinder.unknown(
                Coercion.render(left.type()) + " " + symbol + " " + Coercion.render(array.element()),
                quantified.position());
    }
}
