package dev.merapi.query.plan;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.Volatility;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Which conditions keep to themselves what rows they are asked about: they fail on no row. What PostgreSQL calls
 * leakproof. Comparisons of columns, constants and parameters as they are; anything that computes may fail on a value.
 */
final class Discretion {
    private Discretion() {}

    static boolean of(RexNode node) {
        return switch (node) {
            case RexInputRef column -> true;
            case RexLiteral literal -> true;
            case RexDynamicParam parameter -> true;
            case RexFieldAccess outer -> true;
            case RexCall call ->
                Constants.isConstant(call)
                        || (compares(call) && call.getOperands().stream().allMatch(Discretion::of));
            default -> false;
        };
    }

    private static boolean compares(RexCall call) {
        return switch (call.getKind()) {
            case AND,
                    OR,
                    NOT,
                    EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM,
                    IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE -> true;
            default -> {
                ScalarFunction function = ScalarFunction.of(call.getOperator());
                yield function != null && (asksForCaller(function) || keepsEveryValue(function));
            }
        };
    }

    private static boolean asksForCaller(ScalarFunction function) {
        return function.parameterTypes().isEmpty() && function.volatility() != Volatility.VOLATILE;
    }

    /** A conversion for which every value has a place: to wider integers, and to text without a limit. */
    private static boolean keepsEveryValue(ScalarFunction function) {
        if (function.parameterTypes().size() != 1) {
            return false;
        }
        ColumnType from = function.parameterTypes().getFirst();
        ColumnType to = function.resultType();
        return (from instanceof VarcharType && to == ScalarType.TEXT)
                || (from instanceof ScalarType narrow
                        && to instanceof ScalarType wide
                        && narrow.isInteger()
                        && wide.isInteger()
                        && narrow.fixedWidth() < wide.fixedWidth());
    }
}
