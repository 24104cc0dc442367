package dev.merapi.query.expr.function;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.value.Errors;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arithmetic of the twelve integer types: exact, or refused with the name of the type that was too small. */
final class Integers {
    /** An operation on longs that throws {@code ArithmeticException} when its exact result is no long. */
    @FunctionalInterface
    interface LongOperation {
        long apply(long left, long right);
    }

    /** The same on unbounded integers. */
    @FunctionalInterface
    interface BigOperation {
        BigInteger apply(BigInteger left, BigInteger right);
    }

    private Integers() {}

    /** Whether values of the type and all their sums fit a long of Java, so that no big integer is needed. */
    static boolean isLong(ScalarType type) {
        return type.fixedWidth() < 8 || type == ScalarType.I64;
    }

    static ScalarFunction.Body binary(ScalarType type, LongOperation narrow, BigOperation wide) {
        if (isLong(type)) {
            return (context, arguments) -> {
                long left = asLong(arguments[0]);
                long right = asLong(arguments[1]);
                try {
                    return box(type, narrow.apply(left, right));
                } catch (ArithmeticException e) {
                    throw outOfRange(type).causedBy(e);
                }
            };
        }
        return (context, arguments) -> checked(type, wide.apply(asBig(arguments[0]), asBig(arguments[1])));
    }

    static long asLong(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    static BigInteger asBig(@Nullable Object value) {
        Objects.requireNonNull(value);
        return value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue());
    }

    /** A long as a value of a type, refused when it does not fit. */
    static Object box(ScalarType type, long value) {
        switch (type) {
            case I8 -> {
                if (value == (byte) value) {
                    return (byte) value;
                }
            }
            case I16 -> {
                if (value == (short) value) {
                    return (short) value;
                }
            }
            case I32 -> {
                if (value == (int) value) {
                    return (int) value;
                }
            }
            case I64 -> {
                return value;
            }
            case U8 -> {
                if (value >= 0 && value <= 0xff) {
                    return (short) value;
                }
            }
            case U16 -> {
                if (value >= 0 && value <= 0xffff) {
                    return (int) value;
                }
            }
            case U32 -> {
                if (value >= 0 && value <= 0xffff_ffffL) {
                    return value;
                }
            }
            default -> {
                return checked(type, BigInteger.valueOf(value));
            }
        }
        throw outOfRange(type);
    }

    /** An integer as a value of a type, refused when it does not fit. */
    static Object checked(ScalarType type, BigInteger value) {
        int bits = type.fixedWidth() * 8;
        boolean fits =
                type.isSignedInteger() ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
        if (!fits) {
            throw outOfRange(type);
        }
        return type.fixedWidth() < 8 || type == ScalarType.I64 ? box(type, value.longValueExact()) : value;
    }

    static dev.merapi.api.error.CodedException outOfRange(ScalarType type) {
        return Errors.outOfRange(type.sqlName());
    }
}
