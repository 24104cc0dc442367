package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.F32;
import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I32;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.value.Errors;
import java.util.function.DoubleUnaryOperator;

/**
 * Operators and functions of {@code real} and {@code double precision}. A result that became infinite, or zero, from
 * numbers that were not is refused, as PostgreSQL does.
 */
final class FloatFunctions {
    private FloatFunctions() {}

    static void register(Registrar to) {
        doubleOperators(to);
        floatOperators(to);
        rounding(to);
        roots(to);
        Trigonometry.register(to);
        to.add("width_bucket", I32, F64, F64, F64, I32, FloatFunctions::widthBucket);
    }

    private static void doubleOperators(Registrar to) {
        to.operator("+", F64, F64, F64, (Double a, Double b) -> sum(a + b, a, b));
        to.operator("-", F64, F64, F64, (Double a, Double b) -> sum(a - b, a, b));
        to.operator("*", F64, F64, F64, FloatFunctions::product);
        to.operator("/", F64, F64, F64, FloatFunctions::quotient);
        to.operator("^", F64, F64, F64, FloatFunctions::power);
        // One side narrow: PostgreSQL has these pairs too, and they decide what integer + real means.
        to.operator("+", F64, F32, F64, (Float a, Double b) -> sum(a + b, a, b));
        to.operator("+", F64, F64, F32, (Double a, Float b) -> sum(a + b, a, b));
        to.operator("-", F64, F32, F64, (Float a, Double b) -> sum(a - b, a, b));
        to.operator("-", F64, F64, F32, (Double a, Float b) -> sum(a - b, a, b));
        to.operator("*", F64, F32, F64, (Float a, Double b) -> product((double) a, b));
        to.operator("*", F64, F64, F32, (Double a, Float b) -> product(a, (double) b));
        to.operator("/", F64, F32, F64, (Float a, Double b) -> quotient((double) a, b));
        to.operator("/", F64, F64, F32, (Double a, Float b) -> quotient(a, (double) b));
        to.prefix("+", F64, F64, (Double a) -> a);
        to.prefix("-", F64, F64, (Double a) -> -a);
        to.prefix("@", F64, F64, (Double a) -> Math.abs(a));
        to.prefix("|/", F64, F64, FloatFunctions::sqrt);
        to.prefix("||/", F64, F64, (Double a) -> Math.cbrt(a));
        to.add("abs", F64, F64, (Double a) -> Math.abs(a));
        to.add("sign", F64, F64, (Double a) -> Math.signum(a) + 0.0);
    }

    private static void floatOperators(Registrar to) {
        to.operator("+", F32, F32, F32, (Float a, Float b) -> narrow((double) a + (double) b, a, b));
        to.operator("-", F32, F32, F32, (Float a, Float b) -> narrow((double) a - (double) b, a, b));
        to.operator("*", F32, F32, F32, FloatFunctions::narrowProduct);
        to.operator("/", F32, F32, F32, FloatFunctions::narrowQuotient);
        to.prefix("+", F32, F32, (Float a) -> a);
        to.prefix("-", F32, F32, (Float a) -> -a);
        to.prefix("@", F32, F32, (Float a) -> Math.abs(a));
        to.add("abs", F32, F32, (Float a) -> Math.abs(a));
    }

    private static void rounding(Registrar to) {
        to.add("round", F64, F64, (Double a) -> Math.rint(a));
        to.add("trunc", F64, F64, (Double a) -> a < 0 ? Math.ceil(a) : Math.floor(a));
        to.add("floor", F64, F64, (Double a) -> Math.floor(a));
        to.add("ceil", F64, F64, (Double a) -> Math.ceil(a));
        to.add("ceiling", F64, F64, (Double a) -> Math.ceil(a));
    }

    private static void roots(Registrar to) {
        to.add("sqrt", F64, F64, FloatFunctions::sqrt);
        to.add("cbrt", F64, F64, (Double a) -> Math.cbrt(a));
        to.add("exp", F64, F64, FloatFunctions::exp);
        to.add("ln", F64, F64, (Double a) -> logarithm(a, Math::log));
        to.add("log", F64, F64, (Double a) -> logarithm(a, Math::log10));
        to.add("log10", F64, F64, (Double a) -> logarithm(a, Math::log10));
        to.add("power", F64, F64, F64, FloatFunctions::power);
        to.add("pow", F64, F64, F64, FloatFunctions::power);
    }

    private static Double sum(double result, double a, double b) {
        return checkOverflow(result, Double.isInfinite(a) || Double.isInfinite(b));
    }

    private static Double product(Double a, Double b) {
        double result = checkOverflow(a * b, Double.isInfinite(a) || Double.isInfinite(b));
        return checkUnderflow(result, a == 0 || b == 0);
    }

    private static Double quotient(Double a, Double b) {
        if (b == 0 && !Double.isNaN(a)) {
            throw Errors.divisionByZero();
        }
        double result = checkOverflow(a / b, Double.isInfinite(a));
        return checkUnderflow(result, a == 0 || Double.isInfinite(b));
    }

    /** Computed in double and rounded once: the same as float arithmetic for one operation. */
    private static Float narrow(double result, float a, float b) {
        float rounded = (float) result;
        checkOverflow(rounded, Float.isInfinite(a) || Float.isInfinite(b));
        return rounded;
    }

    private static Float narrowProduct(Float a, Float b) {
        float result = narrow((double) a * (double) b, a, b);
        checkUnderflow(result, a == 0 || b == 0);
        return result;
    }

    private static Float narrowQuotient(Float a, Float b) {
        if (b == 0 && !Float.isNaN(a)) {
            throw Errors.divisionByZero();
        }
        float result = a / b;
        checkOverflow(result, Float.isInfinite(a));
        checkUnderflow(result, a == 0 || Float.isInfinite(b));
        return result;
    }

    static double checkOverflow(double result, boolean mayBeInfinite) {
        if (Double.isInfinite(result) && !mayBeInfinite) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "value out of range: overflow");
        }
        return result;
    }

    static double checkUnderflow(double result, boolean mayBeZero) {
        if (result == 0 && !mayBeZero) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "value out of range: underflow");
        }
        return result;
    }

    private static Double sqrt(Double a) {
        if (a < 0) {
            throw new CodedException(ErrorCode.POWER_DOMAIN, "cannot take square root of a negative number");
        }
        return Math.sqrt(a);
    }

    private static Double exp(Double a) {
        double result = checkOverflow(Math.exp(a), Double.isInfinite(a));
        return checkUnderflow(result, a == Double.NEGATIVE_INFINITY);
    }

    private static Double logarithm(double a, DoubleUnaryOperator function) {
        if (a == 0) {
            throw new CodedException(ErrorCode.LOGARITHM_DOMAIN, "cannot take logarithm of zero");
        }
        if (a < 0) {
            throw new CodedException(ErrorCode.LOGARITHM_DOMAIN, "cannot take logarithm of a negative number");
        }
        return function.applyAsDouble(a);
    }

    private static Double power(Double a, Double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            // One to anything and anything to zero are one, even for NaN.
            return a == 1.0 || b == 0.0 ? 1.0 : Double.NaN;
        }
        if (a == 0 && b < 0) {
            throw new CodedException(ErrorCode.POWER_DOMAIN, "zero raised to a negative power is undefined");
        }
        if (a < 0 && Math.floor(b) != b) {
            throw new CodedException(
                    ErrorCode.POWER_DOMAIN, "a negative number raised to a non-integer power yields a complex result");
        }
        if (a == 1.0 || (a == -1.0 && Double.isInfinite(b))) {
            return 1.0;
        }
        boolean infinite = Double.isInfinite(a) || Double.isInfinite(b);
        double result = checkOverflow(Math.pow(a, b), infinite);
        return checkUnderflow(result, infinite || a == 0);
    }

    private static Integer widthBucket(Double operand, Double low, Double high, Integer count) {
        DecimalFunctions.checkBuckets(count, low.doubleValue() == high.doubleValue());
        if (Double.isNaN(operand) || Double.isNaN(low) || Double.isNaN(high)) {
            throw new CodedException(
                    ErrorCode.INVALID_WIDTH_BUCKET, "operand, lower bound, and upper bound cannot be NaN");
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new CodedException(ErrorCode.INVALID_WIDTH_BUCKET, "lower and upper bounds must be finite");
        }
        boolean descending = low > high;
        double from = descending ? low - operand : operand - low;
        double width = descending ? low - high : high - low;
        if (from < 0) {
            return 0;
        }
        return from >= width ? DecimalFunctions.bucketAbove(count) : (int) (from / width * count) + 1;
    }
}
