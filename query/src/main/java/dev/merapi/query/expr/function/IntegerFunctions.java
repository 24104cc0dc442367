package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BYTES;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_INTEGER;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.IntegerTypes;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.value.Decimals;
import dev.merapi.query.expr.value.Errors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Integer operators and functions, once for all widths. */
final class IntegerFunctions {
    /** The largest n whose factorial a numeric holds. */
    private static final int MAX_FACTORIAL = 32_177;

    private static final List<ParameterType> ONE = List.of(ANY_INTEGER);
    private static final List<ParameterType> TWO = List.of(ANY_INTEGER, ANY_INTEGER);
    private static final List<ParameterType> SHIFT = List.of(ANY_INTEGER, ParameterType.of(I32));

    private IntegerFunctions() {}

    static void register(Registrar to) {
        arithmetic(to, "+", Math::addExact, BigInteger::add);
        arithmetic(to, "-", Math::subtractExact, BigInteger::subtract);
        arithmetic(to, "*", Math::multiplyExact, BigInteger::multiply);
        arithmetic(to, "/", IntegerFunctions::divide, IntegerFunctions::divide);
        arithmetic(to, "%", IntegerFunctions::remainder, IntegerFunctions::remainder);
        arithmetic(to, "&", (a, b) -> a & b, BigInteger::and);
        arithmetic(to, "|", (a, b) -> a | b, BigInteger::or);
        arithmetic(to, "#", (a, b) -> a ^ b, BigInteger::xor);
        named(to, "mod", IntegerFunctions::remainder, IntegerFunctions::remainder);
        named(to, "gcd", IntegerFunctions::gcd, BigInteger::gcd);
        named(to, "lcm", IntegerFunctions::lcm, IntegerFunctions::lcm);
        unary(to);
        bits(to);
        digits(to);
    }

    private static void arithmetic(
            Registrar to, String symbol, Integers.LongOperation narrow, Integers.BigOperation wide) {
        to.genericOperator(symbol, TWO, List::getFirst, types -> Integers.binary(integer(types), narrow, wide));
    }

    private static void named(Registrar to, String name, Integers.LongOperation narrow, Integers.BigOperation wide) {
        to.generic(name, TWO, List::getFirst, types -> Integers.binary(integer(types), narrow, wide));
    }

    private static ScalarType integer(List<ColumnType> types) {
        return (ScalarType) types.getFirst();
    }

    private static void unary(Registrar to) {
        to.genericOperator("+", ONE, List::getFirst, types -> (context, arguments) -> arguments[0]);
        to.genericOperator("-", ONE, IntegerFunctions::negatedType, IntegerFunctions::negation);
        to.genericOperator("@", ONE, List::getFirst, IntegerFunctions::absolute);
        to.generic("abs", ONE, List::getFirst, IntegerFunctions::absolute);
        to.add("factorial", DecimalType.UNCONSTRAINED, I64, IntegerFunctions::factorial);
    }

    /** The negative of an unsigned integer is a signed one of the next width. */
    private static ColumnType negatedType(List<ColumnType> types) {
        ScalarType type = integer(types);
        ScalarType signed = IntegerTypes.holding(type, ScalarType.I8);
        return type.isSignedInteger() ? type : signed == null ? DecimalType.UNCONSTRAINED : signed;
    }

    private static ScalarFunction.Body negation(List<ColumnType> types) {
        return negatedType(types) instanceof ScalarType result
                ? (context, arguments) ->
                        Integers.checked(result, Integers.asBig(arguments[0]).negate())
                : (context, arguments) ->
                        new BigDecimal(Integers.asBig(arguments[0]).negate());
    }

    private static ScalarFunction.Body absolute(List<ColumnType> types) {
        ScalarType type = integer(types);
        return (context, arguments) ->
                Integers.checked(type, Integers.asBig(arguments[0]).abs());
    }

    private static long divide(long left, long right) {
        if (right == 0) {
            throw Errors.divisionByZero();
        }
        return right == -1 ? Math.negateExact(left) : left / right;
    }

    private static BigInteger divide(BigInteger left, BigInteger right) {
        if (right.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return left.divide(right);
    }

    private static long remainder(long left, long right) {
        if (right == 0) {
            throw Errors.divisionByZero();
        }
        return left % right;
    }

    private static BigInteger remainder(BigInteger left, BigInteger right) {
        if (right.signum() == 0) {
            throw Errors.divisionByZero();
        }
        return left.remainder(right);
    }

    private static long gcd(long left, long right) {
        return BigInteger.valueOf(left).gcd(BigInteger.valueOf(right)).longValueExact();
    }

    private static long lcm(long left, long right) {
        return lcm(BigInteger.valueOf(left), BigInteger.valueOf(right)).longValueExact();
    }

    private static BigInteger lcm(BigInteger left, BigInteger right) {
        return left.signum() == 0 || right.signum() == 0
                ? BigInteger.ZERO
                : left.divide(left.gcd(right)).multiply(right).abs();
    }

    private static BigDecimal factorial(Long n) {
        if (n < 0) {
            throw Errors.outOfRange("numeric").hint("factorial of a negative number is undefined");
        }
        if (n > MAX_FACTORIAL) {
            throw Errors.outOfRange("numeric").with("n", n).with("limit", MAX_FACTORIAL);
        }
        BigInteger product = BigInteger.ONE;
        for (long i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return Decimals.checked(new BigDecimal(product));
    }

    private static void bits(Registrar to) {
        to.genericOperator("~", ONE, List::getFirst, types -> {
            ScalarType type = integer(types);
            return (context, arguments) ->
                    wrapped(type, Integers.asBig(arguments[0]).not());
        });
        to.genericOperator("<<", SHIFT, List::getFirst, types -> {
            ScalarType type = integer(types);
            return (context, arguments) ->
                    wrapped(type, Integers.asBig(arguments[0]).shiftLeft(count(type, arguments[1])));
        });
        to.genericOperator(">>", SHIFT, List::getFirst, types -> {
            ScalarType type = integer(types);
            return (context, arguments) ->
                    wrapped(type, Integers.asBig(arguments[0]).shiftRight(count(type, arguments[1])));
        });
        to.add("bit_count", I64, BYTES, (byte[] bytes) -> {
            long count = 0;
            for (byte b : bytes) {
                count += Integer.bitCount(b & 0xff);
            }
            return count;
        });
    }

    /** Shifts count modulo the width, as processors do; narrow types shift as 32 bits. */
    private static int count(ScalarType type, @org.jspecify.annotations.Nullable Object count) {
        int bits = Math.max(32, type.fixedWidth() * 8);
        return (int) Integers.asLong(count) & (bits - 1);
    }

    /** The low bits as a value of the type. */
    private static Object wrapped(ScalarType type, BigInteger value) {
        int bits = type.fixedWidth() * 8;
        BigInteger low = value.and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
        boolean negative = type.isSignedInteger() && low.testBit(bits - 1);
        return Integers.checked(type, negative ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low);
    }

    private static void digits(Registrar to) {
        to.add("to_hex", TEXT, I32, (Integer value) -> Integer.toHexString(value));
        to.add("to_hex", TEXT, I64, (Long value) -> Long.toHexString(value));
        to.add("to_bin", TEXT, I32, (Integer value) -> Integer.toBinaryString(value));
        to.add("to_bin", TEXT, I64, (Long value) -> Long.toBinaryString(value));
        to.add("to_oct", TEXT, I32, (Integer value) -> Integer.toOctalString(value));
        to.add("to_oct", TEXT, I64, (Long value) -> Long.toOctalString(value));
    }
}
