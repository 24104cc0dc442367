package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import java.util.List;
import java.util.function.Function;

/**
 * A function as the catalogue declares it: perhaps for many types, perhaps for any number of arguments. Resolution
 * settles the parameter types of a call and has the concrete function made for them.
 *
 * @param variadic whether the last parameter may be repeated
 * @param specialise makes the concrete function for settled parameter types, one per argument
 * @param <F> the kind of function
 */
public record Declaration<F>(
        String name, List<ParameterType> parameters, boolean variadic, Function<List<ColumnType>, F> specialise) {
    public Declaration {
        parameters = List.copyOf(parameters);
    }

    /** Whether a call with so many arguments fits. */
    boolean accepts(int arguments) {
        return variadic ? arguments >= parameters.size() : arguments == parameters.size();
    }

    /** The parameter an argument goes to. */
    ParameterType parameter(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }
}
