package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.F64;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Angles, in radians and in degrees, and the hyperbolic functions. */
final class Trigonometry {
    private static final double RADIANS_PER_DEGREE = 0.017453292519943295;

    private Trigonometry() {}

    static void register(Registrar to) {
        to.add("pi", F64, List.of(), (context, arguments) -> Math.PI);
        to.add("degrees", F64, F64, (Double a) -> a / RADIANS_PER_DEGREE);
        to.add("radians", F64, F64, (Double a) -> a * RADIANS_PER_DEGREE);
        circular(to, "sin", Math::sin);
        circular(to, "cos", Math::cos);
        circular(to, "tan", Math::tan);
        circular(to, "cot", a -> 1.0 / Math.tan(a));
        to.add("asin", F64, F64, (Double a) -> Math.asin(withinOne(a)));
        to.add("acos", F64, F64, (Double a) -> Math.acos(withinOne(a)));
        to.add("atan", F64, F64, (Double a) -> Math.atan(a));
        to.add("atan2", F64, F64, F64, (Double y, Double x) -> Math.atan2(y, x));
        degrees(to);
        hyperbolic(to);
    }

    private static void circular(Registrar to, String name, DoubleUnaryOperator function) {
        to.add(name, F64, F64, (Double a) -> {
            if (Double.isInfinite(a)) {
                throw inputOutOfRange();
            }
            return function.applyAsDouble(a);
        });
    }

    private static double withinOne(double a) {
        if (a < -1 || a > 1) {
            throw inputOutOfRange();
        }
        return a;
    }

    private static CodedException inputOutOfRange() {
        return new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "input is out of range");
    }

    private static void degrees(Registrar to) {
        circular(to, "sind", Trigonometry::sineOfDegrees);
        circular(to, "cosd", a -> sineOfDegrees(90 - Math.IEEEremainder(a, 360)));
        circular(to, "tand", a -> {
            double cosine = sineOfDegrees(90 - Math.IEEEremainder(a, 360));
            return sineOfDegrees(a) / cosine;
        });
        circular(to, "cotd", a -> sineOfDegrees(90 - Math.IEEEremainder(a, 360)) / sineOfDegrees(a));
        to.add("asind", F64, F64, (Double a) -> exactDegrees(Math.asin(withinOne(a))));
        to.add("acosd", F64, F64, (Double a) -> exactDegrees(Math.acos(withinOne(a))));
        to.add("atand", F64, F64, (Double a) -> exactDegrees(Math.atan(a)));
        to.add("atan2d", F64, F64, F64, (Double y, Double x) -> exactDegrees(Math.atan2(y, x)));
    }

    /** Exact at the multiples of 30 degrees where the sine is; there lies the point of these functions. */
    private static double sineOfDegrees(double angle) {
        double reduced = Math.IEEEremainder(angle, 360);
        double magnitude = Math.abs(reduced);
        double folded = magnitude > 90 ? 180 - magnitude : magnitude;
        double sine = folded == 30 ? 0.5 : folded == 90 ? 1 : Math.sin(folded * RADIANS_PER_DEGREE);
        return reduced < 0 ? -sine : sine;
    }

    private static double exactDegrees(double radians) {
        double degrees = radians / RADIANS_PER_DEGREE;
        double whole = Math.rint(degrees);
        return Math.abs(degrees - whole) < 1e-12 && whole % 15 == 0 ? whole : degrees;
    }

    private static void hyperbolic(Registrar to) {
        to.add("sinh", F64, F64, (Double a) -> Math.sinh(a));
        to.add("cosh", F64, F64, (Double a) -> Math.cosh(a));
        to.add("tanh", F64, F64, (Double a) -> Math.tanh(a));
        to.add("asinh", F64, F64, (Double a) -> inverseSine(a));
        to.add("acosh", F64, F64, (Double a) -> {
            if (a < 1) {
                throw inputOutOfRange();
            }
            return Math.log(a + Math.sqrt(a * a - 1));
        });
        to.add("atanh", F64, F64, (Double a) -> {
            withinOne(a);
            return Math.abs(a) == 1 ? a / 0.0 : 0.5 * Math.log1p(2 * a / (1 - a));
        });
    }

    private static double inverseSine(double a) {
        double magnitude = Math.abs(a);
        double result = Math.log1p(magnitude + magnitude * magnitude / (1 + Math.sqrt(magnitude * magnitude + 1)));
        return Double.isInfinite(a) ? a : Math.copySign(result, a);
    }
}
