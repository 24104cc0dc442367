package dev.merapi.query.expr;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls written {@code f(a, VARIADIC array)}: the array's elements become the last arguments when the call happens. */
final class VariadicCalls {
    private VariadicCalls() {}

    static @Nullable ScalarFunction resolve(
            OverloadResolver resolver,
            List<Declaration<ScalarFunction>> candidates,
            List<? extends @Nullable ColumnType> arguments) {
        int last = arguments.size() - 1;
        if (last < 0 || !(arguments.get(last) instanceof ArrayType array)) {
            return null;
        }
        List<@Nullable ColumnType> spread = new ArrayList<>(arguments);
        spread.set(last, array.element());
        List<Declaration<ScalarFunction>> variadic =
                candidates.stream().filter(Declaration::variadic).toList();
        ScalarFunction one = resolver.resolve(variadic, spread, OverloadResolver.Form.FUNCTION);
        if (one == null) {
            return null;
        }
        // Which declaration it was is found by its arity: a name has one variadic declaration per arity at most.
        Declaration<ScalarFunction> declaration = variadic.stream()
                .filter(candidate -> candidate.accepts(arguments.size()))
                .findFirst()
                .orElseThrow();
        return spreading(declaration, one, last);
    }

    private static ScalarFunction spreading(Declaration<ScalarFunction> declaration, ScalarFunction one, int last) {
        List<ColumnType> types = new ArrayList<>(one.parameterTypes());
        ColumnType element = types.get(last);
        types.set(last, new ArrayType(element));
        ScalarFunction.Body body = (context, arguments) -> {
            Object given = arguments[last];
            if (given == null) {
                return null;
            }
            List<?> elements = (List<?>) given;
            List<ColumnType> spreadTypes = new ArrayList<>(types.subList(0, last));
            spreadTypes.addAll(Collections.nCopies(elements.size(), element));
            @Nullable Object[] spread = Arrays.copyOf(arguments, last + elements.size());
            for (int i = 0; i < elements.size(); i++) {
                spread[last + i] = elements.get(i);
            }
            return declaration.specialise().apply(spreadTypes).apply(context, spread);
        };
        ScalarFunction.Traits traits = new ScalarFunction.Traits(false, false, one.volatility());
        return new ScalarFunction(one.name(), types, one.resultType(), traits, body);
    }
}
