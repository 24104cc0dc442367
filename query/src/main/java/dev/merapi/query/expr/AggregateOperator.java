package dev.merapi.query.expr;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** An {@link AggregateFunction} as Calcite carries it. */
final class AggregateOperator extends SqlAggFunction {
    private final AggregateFunction function;

    AggregateOperator(AggregateFunction function) {
        super(
                function.name(),
                null,
                SqlKind.OTHER_FUNCTION,
                call -> RelTypes.standard().of(function.resultType(), function.nullable()),
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.OPTIONAL);
        this.function = function;
    }

    AggregateFunction function() {
        return function;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AggregateOperator that && function.equals(that.function);
    }

    @Override
    public int hashCode() {
        return function.hashCode();
    }
}
