package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;

/** Numbers by chance, from the generator of the execution. */
final class RandomFunctions {
    private static final ColumnType NUMERIC = DecimalType.UNCONSTRAINED;

    private RandomFunctions() {}

    static void register(Registrar to) {
        to.add("random", F64, List.of(), (context, arguments) -> context.random().nextDouble());
        to.add(
                "random_normal",
                F64,
                List.of(),
                (context, arguments) -> context.random().nextGaussian());
        to.add(
                "random_normal",
                F64,
                List.of(F64, F64),
                (context, arguments) -> Registrar.<Double>argument(arguments, 0)
                        + Registrar.<Double>argument(arguments, 1)
                                * context.random().nextGaussian());
        to.add("random", I32, List.of(I32, I32), (context, arguments) ->
                (int) between(context.random(), Registrar.<Integer>argument(arguments, 0), Registrar.<Integer>argument(
                        arguments, 1)));
        to.add("random", I64, List.of(I64, I64), (context, arguments) ->
                between(context.random(), Registrar.<Long>argument(arguments, 0), Registrar.<Long>argument(
                        arguments, 1)));
        to.add("random", NUMERIC, List.of(NUMERIC, NUMERIC), (context, arguments) ->
                between(context.random(), Registrar.<BigDecimal>argument(arguments, 0), Registrar.<BigDecimal>argument(
                        arguments, 1)));
    }

    /** A whole number; both bounds may come up. */
    private static long between(RandomGenerator random, long low, long high) {
        require(low <= high);
        if (low == Long.MIN_VALUE && high == Long.MAX_VALUE) {
            return random.nextLong();
        }
        return high == Long.MAX_VALUE ? random.nextLong(low - 1, high) + 1 : random.nextLong(low, high + 1);
    }

    /** A number with as many digits behind the point as the bounds have; both may come up. */
    private static BigDecimal between(RandomGenerator random, BigDecimal low, BigDecimal high) {
        require(low.compareTo(high) <= 0);
        int scale = Math.max(low.scale(), high.scale());
        BigInteger first = low.setScale(scale).unscaledValue();
        BigInteger choices = high.setScale(scale).unscaledValue().subtract(first).add(BigInteger.ONE);
        // 64 bits more than needed: what the remainder favours is then less than one in 2^64.
        byte[] bytes = new byte[choices.bitLength() / 8 + 9];
        random.nextBytes(bytes);
        return new BigDecimal(first.add(new BigInteger(1, bytes).mod(choices)), scale);
    }

    private static void require(boolean ordered) {
        if (!ordered) {
            throw new CodedException(
                    ErrorCode.INVALID_ARGUMENT, "lower bound must be less than or equal to upper bound");
        }
    }
}
