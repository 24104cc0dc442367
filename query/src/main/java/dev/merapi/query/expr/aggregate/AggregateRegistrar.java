package dev.merapi.query.expr.aggregate;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.AggregateFunction.Traits;
import dev.merapi.query.expr.Declaration;
import dev.merapi.query.expr.Functions;
import dev.merapi.query.expr.ParameterType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The short hand in which aggregates are declared. */
final class AggregateRegistrar {
    private final Functions.Builder builder;

    AggregateRegistrar(Functions.Builder builder) {
        this.builder = builder;
    }

    /** Declares an aggregate of settled types. */
    void add(
            String name,
            ColumnType result,
            List<ColumnType> parameters,
            Traits traits,
            Supplier<Accumulator> accumulators) {
        AggregateFunction function = new AggregateFunction(name, parameters, result, traits, accumulators);
        List<ParameterType> exact = parameters.stream().map(ParameterType::of).toList();
        builder.aggregate(new Declaration<>(name, exact, false, types -> function));
    }

    /** Declares an aggregate for many types. */
    void generic(
            String name,
            List<ParameterType> parameters,
            Traits traits,
            Function<List<ColumnType>, ColumnType> result,
            Function<List<ColumnType>, Supplier<Accumulator>> accumulators) {
        builder.aggregate(new Declaration<>(
                name,
                parameters,
                false,
                types -> new AggregateFunction(name, types, result.apply(types), traits, accumulators.apply(types))));
    }
}
