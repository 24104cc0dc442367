package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ranges of the twelve integer types, and which type holds which. */
public final class IntegerTypes {
    /** Narrow to wide; at each width the signed type first, because PostgreSQL's types are signed. */
    private static final List<ScalarType> BY_WIDTH = List.of(
            ScalarType.I8,
            ScalarType.U8,
            ScalarType.I16,
            ScalarType.U16,
            ScalarType.I32,
            ScalarType.U32,
            ScalarType.I64,
            ScalarType.U64,
            ScalarType.I128,
            ScalarType.U128,
            ScalarType.I256,
            ScalarType.U256);

    private IntegerTypes() {}

    /** All integer types, narrow to wide. */
    public static List<ScalarType> all() {
        return BY_WIDTH;
    }

    public static boolean isInteger(@Nullable ColumnType type) {
        return type instanceof ScalarType scalar && scalar.isInteger();
    }

    /** Whether every value of {@code inner} is a value of {@code outer}. */
    public static boolean holds(ScalarType outer, ScalarType inner) {
        if (outer.isSignedInteger() == inner.isSignedInteger()) {
            return outer.fixedWidth() >= inner.fixedWidth();
        }
        return outer.isSignedInteger() && outer.fixedWidth() > inner.fixedWidth();
    }

    /**
     * The narrowest type that holds both; null only for u256 with a signed type, which no integer type of ours holds.
     */
    public static @Nullable ScalarType holding(ScalarType left, ScalarType right) {
        for (ScalarType candidate : BY_WIDTH) {
            if (holds(candidate, left) && holds(candidate, right)) {
                return candidate;
            }
        }
        return null;
    }
}
