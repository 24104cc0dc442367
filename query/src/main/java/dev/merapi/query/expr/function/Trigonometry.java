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
        circular(to, "sind", Degrees::sine);
        circular(to, "cosd", Degrees::cosine);
        circular(to, "tand", Degrees::tangent);
        circular(to, "cotd", Degrees::cotangent);
        to.add("asind", F64, F64, (Double a) -> Degrees.arcSine(withinOne(a)));
        to.add("acosd", F64, F64, (Double a) -> Degrees.arcCosine(withinOne(a)));
        to.add("atand", F64, F64, (Double a) -> Math.atan(a) / Degrees.ARC_TANGENT_OF_1 * 45);
        to.add("atan2d", F64, F64, F64, (Double y, Double x) -> Math.atan2(y, x) / Degrees.ARC_TANGENT_OF_1 * 45);
    }

    /**
     * Functions of angles in degrees. All are scaled so that the angles whose sine is exact, multiples of 30, come out
     * exact; in the same steps as PostgreSQL, so that the last digits agree elsewhere.
     */
    private static final class Degrees {
        static final double ARC_TANGENT_OF_1 = Math.atan(1);

        private static final double SINE_OF_30 = Math.sin(30 * RADIANS_PER_DEGREE);
        private static final double ONE_MINUS_COSINE_OF_60 = 1 - Math.cos(60 * RADIANS_PER_DEGREE);
        private static final double ARC_SINE_OF_HALF = Math.asin(0.5);
        private static final double ARC_COSINE_OF_HALF = Math.acos(0.5);
        private static final double TANGENT_OF_45 = sineOfAcute(45) / cosineOfAcute(45);

        private Degrees() {}

        private static double sineUpTo30(double angle) {
            return Math.sin(angle * RADIANS_PER_DEGREE) / SINE_OF_30 / 2;
        }

        private static double cosineUpTo60(double angle) {
            return 1 - (1 - Math.cos(angle * RADIANS_PER_DEGREE)) / ONE_MINUS_COSINE_OF_60 / 2;
        }

        private static double sineOfAcute(double angle) {
            return angle <= 30 ? sineUpTo30(angle) : cosineUpTo60(90 - angle);
        }

        private static double cosineOfAcute(double angle) {
            return angle <= 60 ? cosineUpTo60(angle) : sineUpTo30(90 - angle);
        }

        static double sine(double angle) {
            double rest = Math.abs(angle % 360);
            double sign = angle < 0 ? -1 : 1;
            if (rest > 180) {
                rest = 360 - rest;
                sign = -sign;
            }
            return sign * sineOfAcute(rest > 90 ? 180 - rest : rest);
        }

        static double cosine(double angle) {
            double rest = Math.abs(angle % 360);
            if (rest > 180) {
                rest = 360 - rest;
            }
            return rest > 90 ? -cosineOfAcute(180 - rest) : cosineOfAcute(rest);
        }

        static double tangent(double angle) {
            double result = sine(angle) / cosine(angle) / TANGENT_OF_45;
            return result == 0 ? 0 : result;
        }

        static double cotangent(double angle) {
            double result = cosine(angle) / sine(angle) * TANGENT_OF_45;
            return result == 0 ? 0 : result;
        }

        static double arcSine(double value) {
            return value >= 0 ? arcSineOfPositive(value) : -arcSineOfPositive(-value);
        }

        private static double arcSineOfPositive(double value) {
            return value <= 0.5
                    ? Math.asin(value) / ARC_SINE_OF_HALF * 30
                    : 90 - Math.acos(value) / ARC_COSINE_OF_HALF * 60;
        }

        static double arcCosine(double value) {
            return value >= 0 ? arcCosineOfPositive(value) : 90 + arcSineOfPositive(-value);
        }

        private static double arcCosineOfPositive(double value) {
            return value <= 0.5
                    ? 90 - Math.asin(value) / ARC_SINE_OF_HALF * 30
                    : Math.acos(value) / ARC_COSINE_OF_HALF * 60;
        }
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
