package dev.merapi.query.expr.aggregate;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ELEMENT;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_INTEGER;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction.Traits;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.ValueOrder;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Aggregates that fold values of one type into one of the same: min, max, bool_and, bit_or, any_value. */
final class Extremes {
    private Extremes() {}

    static void register(AggregateRegistrar to) {
        to.generic("min", List.of(ANY_ELEMENT), Traits.STRICT, List::getFirst, types -> extreme("min", types, -1));
        to.generic("max", List.of(ANY_ELEMENT), Traits.STRICT, List::getFirst, types -> extreme("max", types, 1));
        to.generic("any_value", List.of(ANY_ELEMENT), Traits.STRICT, List::getFirst, types -> fold((a, b) -> a));
        for (String name : new String[] {"bool_and", "every"}) {
            to.add(name, BOOL, List.of(BOOL), Traits.STRICT, fold((a, b) -> (Boolean) a && (Boolean) b));
        }
        to.add("bool_or", BOOL, List.of(BOOL), Traits.STRICT, fold((a, b) -> (Boolean) a || (Boolean) b));
        bits(to, "bit_and", BigInteger::and);
        bits(to, "bit_or", BigInteger::or);
        bits(to, "bit_xor", BigInteger::xor);
    }

    private static Supplier<Accumulator> extreme(String name, List<ColumnType> types, int sign) {
        ColumnType type = types.getFirst();
        if (type == BOOL || type == ScalarType.JSON) {
            throw Errors.noSuchFunction(name, type);
        }
        Comparator<Object> order = ValueOrder.comparator(type);
        return fold((a, b) -> order.compare(b, a) * sign > 0 ? b : a);
    }

    private static void bits(AggregateRegistrar to, String name, BinaryOperator<BigInteger> operation) {
        to.generic(name, List.of(ANY_INTEGER), Traits.STRICT, List::getFirst, types -> {
            ScalarType type = (ScalarType) types.getFirst();
            return fold((a, b) -> Constants.integer(type, operation.apply(big(a), big(b))));
        });
    }

    private static BigInteger big(Object value) {
        return value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue());
    }

    private static Supplier<Accumulator> fold(BinaryOperator<Object> operation) {
        return () -> new Fold(operation);
    }

    private static final class Fold implements Accumulator {
        private final BinaryOperator<Object> operation;
        private @Nullable Object value;

        Fold(BinaryOperator<Object> operation) {
            this.operation = operation;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            Object next = Objects.requireNonNull(arguments[0]);
            value = value == null ? next : operation.apply(value, next);
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return value;
        }
    }
}
