package dev.merapi.query.expr;

import java.util.function.Supplier;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.jspecify.annotations.Nullable;

/** A {@link ScalarFunction} as Calcite carries it; Calcite never needs to know what it computes. */
final class FunctionOperator extends SqlFunction {
    private final ScalarFunction function;

    FunctionOperator(ScalarFunction function) {
        super(
                function.name(),
                SqlKind.OTHER_FUNCTION,
                call -> resultType(function, call),
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.function = function;
    }

    ScalarFunction function() {
        return function;
    }

    private static RelDataType resultType(ScalarFunction function, SqlOperatorBinding call) {
        boolean nullable = !function.total() || (function.strict() && anyNullable(call));
        return RelTypes.standard().of(function.resultType(), nullable);
    }

    private static boolean anyNullable(SqlOperatorBinding call) {
        return call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    }

    /** Lets the planner see that a strict call over the null side of an outer join is NULL. */
    @Override
    public @Nullable Supplier<Strong.Policy> getStrongPolicyInference() {
        return function.strict() ? () -> Strong.Policy.ANY : null;
    }

    @Override
    public boolean isDeterministic() {
        return function.volatility() != Volatility.VOLATILE;
    }

    @Override
    public boolean isDynamicFunction() {
        return function.volatility() == Volatility.STABLE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FunctionOperator that && function.equals(that.function);
    }

    @Override
    public int hashCode() {
        return function.hashCode();
    }
}
