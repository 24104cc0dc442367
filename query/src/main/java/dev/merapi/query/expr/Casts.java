package dev.merapi.query.expr;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which type becomes which, and how freely: PostgreSQL's cast matrix, with our further integer types fitted in by one
 * rule: an integer goes implicitly wherever every value of its type fits.
 *
 * <p>Type modifiers (lengths, precisions) never decide whether a cast exists; the cast itself applies them. Immutable
 * and safe for any thread.
 */
public final class Casts {
    /** The conversions themselves; kept above this class because they need the catalogue's arithmetic. */
    @FunctionalInterface
    public interface Conversions {
        /**
         * Returns the strict conversion.
         *
         * @param explicit whether it was written in the query: then text too long for its type is cut, not refused
         */
        ScalarFunction.Body conversion(ColumnType from, ColumnType to, boolean explicit);
    }

    private final Conversions conversions;

    public Casts(Conversions conversions) {
        this.conversions = conversions;
    }

    /** Whether a value goes from one type to the other anywhere, unasked. */
    public boolean implicit(ColumnType from, ColumnType to) {
        ColumnType source = base(from);
        ColumnType target = base(to);
        if (source.equals(target)) {
            return true;
        }
        if (source instanceof ArrayType a && target instanceof ArrayType b) {
            return implicit(a.element(), b.element());
        }
        if (source instanceof ScalarType scalar && scalar.isInteger()) {
            boolean toInteger = IntegerTypes.isInteger(target);
            return toInteger
                    ? IntegerTypes.holds((ScalarType) target, scalar)
                    : TypeCategory.of(target) == TypeCategory.NUMERIC;
        }
        if (source instanceof DecimalType) {
            return target == ScalarType.F32 || target == ScalarType.F64;
        }
        return source instanceof ScalarType scalar && implicitScalar(scalar, target);
    }

    private static boolean implicitScalar(ScalarType source, ColumnType target) {
        return switch (source) {
            case F32 -> target == ScalarType.F64;
            case DATE -> target == ScalarType.TIMESTAMP || target == ScalarType.TIMESTAMPTZ;
            case TIMESTAMP -> target == ScalarType.TIMESTAMPTZ;
            case TIME -> target == ScalarType.INTERVAL;
            default -> false;
        };
    }

    /** Whether a value of one type may be stored in a column of the other without a written cast. */
    public boolean assignment(ColumnType from, ColumnType to) {
        ColumnType source = base(from);
        ColumnType target = base(to);
        if (implicit(source, target) || target == ScalarType.TEXT) {
            return true;
        }
        if (source instanceof ArrayType a && target instanceof ArrayType b) {
            return assignment(a.element(), b.element());
        }
        if (TypeCategory.of(source) == TypeCategory.NUMERIC && TypeCategory.of(target) == TypeCategory.NUMERIC) {
            return true;
        }
        if (isNested(target)) {
            return source == ScalarType.JSON;
        }
        if (isIdentity(target)) {
            return source == ScalarType.BYTES || isExactNumber(source);
        }
        if (source == ScalarType.TIMESTAMP) {
            return target == ScalarType.DATE || target == ScalarType.TIME;
        }
        if (source == ScalarType.TIMESTAMPTZ) {
            return target == ScalarType.DATE || target == ScalarType.TIME || target == ScalarType.TIMESTAMP;
        }
        return source == ScalarType.INTERVAL && target == ScalarType.TIME;
    }

    /** Whether {@code CAST} works. */
    public boolean explicit(ColumnType from, ColumnType to) {
        ColumnType source = base(from);
        ColumnType target = base(to);
        if (assignment(source, target) || source == ScalarType.TEXT) {
            return true;
        }
        if (source instanceof ArrayType a && target instanceof ArrayType b) {
            return explicit(a.element(), b.element());
        }
        if (isNested(source)) {
            return target == ScalarType.JSON;
        }
        if (isIdentity(source)) {
            return target == ScalarType.BYTES || isExactNumber(target);
        }
        if (source == ScalarType.BOOL) {
            return target == ScalarType.I32;
        }
        if (source == ScalarType.I32) {
            return target == ScalarType.BOOL;
        }
        return source == ScalarType.JSON
                && (target == ScalarType.BOOL || TypeCategory.of(target) == TypeCategory.NUMERIC);
    }

    /**
     * Whether an expression of one type needs a cast to stand where the other is wanted. Dropping a length or a
     * precision needs none: the values are the same.
     */
    public boolean needed(ColumnType from, ColumnType to) {
        return !from.equals(to) && !base(from).equals(to);
    }

    /** Returns the cast written in a query: {@code CAST(x AS to)}. */
    public ScalarFunction cast(ColumnType from, ColumnType to) {
        if (!explicit(from, to)) {
            throw new CodedException(ErrorCode.CANNOT_CAST, "no cast between these types")
                    .with("from", from.sqlName())
                    .with("to", to.sqlName());
        }
        return function("::" + to.sqlName(), from, to, true);
    }

    /** Returns the cast that storing a value in a column applies: text longer than its column is refused, not cut. */
    public ScalarFunction assignmentCast(ColumnType from, ColumnType to) {
        if (!assignment(from, to)) {
            throw new CodedException(ErrorCode.WRONG_VALUE_TYPE, "column is of another type than the expression")
                    .with("column type", to.sqlName())
                    .with("expression type", from.sqlName())
                    .hint("cast the expression");
        }
        return function("assign::" + to.sqlName(), from, to, false);
    }

    private ScalarFunction function(String name, ColumnType from, ColumnType to, boolean explicit) {
        // A JSON null becomes an SQL NULL; every other conversion yields a value or fails.
        ScalarFunction.Traits traits =
                from == ScalarType.JSON ? ScalarFunction.Traits.STRICT_PARTIAL : ScalarFunction.Traits.STRICT;
        return new ScalarFunction(name, List.of(from), to, traits, conversions.conversion(from, to, explicit));
    }

    /**
     * The type that CASE, COALESCE, UNION, VALUES and ARRAY[…] give to their parts.
     *
     * @param types null stands for an unknown literal
     * @return null when the types have none in common; text when all are unknown
     */
    public @Nullable ColumnType commonType(List<? extends @Nullable ColumnType> types) {
        ColumnType candidate = null;
        boolean modifiersAgree = true;
        for (ColumnType type : types) {
            if (type == null || type.equals(candidate)) {
                continue;
            }
            if (candidate == null) {
                candidate = type;
                continue;
            }
            modifiersAgree = false;
            candidate = commonType(base(candidate), base(type));
            if (candidate == null) {
                return null;
            }
        }
        if (candidate == null) {
            return ScalarType.TEXT;
        }
        return modifiersAgree ? candidate : base(candidate);
    }

    private @Nullable ColumnType commonType(ColumnType left, ColumnType right) {
        if (left.equals(right)) {
            return left;
        }
        if (TypeCategory.of(left) != TypeCategory.of(right)) {
            return null;
        }
        if (left instanceof ScalarType a && right instanceof ScalarType b && a.isInteger() && b.isInteger()) {
            ScalarType holder = IntegerTypes.holding(a, b);
            return holder == null ? DecimalType.UNCONSTRAINED : holder;
        }
        if (implicit(right, left)) {
            return left;
        }
        return implicit(left, right) ? right : null;
    }

    /**
     * The type to which both sides of a comparison are cast.
     *
     * @param left null for an unknown literal, likewise right
     * @return null when the two cannot be compared
     */
    public @Nullable ColumnType comparisonType(@Nullable ColumnType left, @Nullable ColumnType right) {
        if (left == null || right == null) {
            ColumnType known = left == null ? right : left;
            return known == null ? ScalarType.TEXT : base(known);
        }
        ColumnType a = base(left);
        ColumnType b = base(right);
        if (a instanceof ArrayType && b instanceof ArrayType) {
            return a.equals(b) ? a : null; // as PostgreSQL: no integer[] = bigint[]
        }
        if (isIdentity(a) != isIdentity(b)) {
            ColumnType identity = isIdentity(a) ? a : b;
            return assignment(isIdentity(a) ? b : a, identity) ? identity : null;
        }
        if ((isEnum(a) && b == ScalarType.TEXT) || (a == ScalarType.TEXT && isEnum(b))) {
            return ScalarType.TEXT;
        }
        if ((a == ScalarType.F32) != (b == ScalarType.F32)) {
            // Not the narrow float: PostgreSQL has real = real and real = double precision only.
            return TypeCategory.of(a) == TypeCategory.of(b) ? ScalarType.F64 : null;
        }
        if ((a == ScalarType.TIME && b == ScalarType.INTERVAL) || (a == ScalarType.INTERVAL && b == ScalarType.TIME)) {
            return ScalarType.INTERVAL;
        }
        return commonType(a, b);
    }

    /** Identities and ids of connections are numbers that print in base 16: a number or bytes may stand for one. */
    private static boolean isIdentity(ColumnType type) {
        return type == ScalarType.IDENTITY || type == ScalarType.CONNECTION_ID;
    }

    /** Records and sums have JSON as their text, so jsonb can stand for them. */
    private static boolean isNested(ColumnType type) {
        return type instanceof RecordType || type instanceof SumType;
    }

    /** Such a value is no more than a name, so it can be compared with one. */
    private static boolean isEnum(ColumnType type) {
        return type instanceof SumType sum && sum.isEnum();
    }

    private static boolean isExactNumber(ColumnType type) {
        return type instanceof DecimalType || IntegerTypes.isInteger(type);
    }

    /** A type without its modifiers: no precision, no length, varchar as text; arrays likewise inside. */
    public static ColumnType base(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> scalar;
            case DecimalType decimal -> DecimalType.UNCONSTRAINED;
            case VarcharType varchar -> ScalarType.TEXT;
            case ArrayType array -> new ArrayType(base(array.element()));
            case RecordType record -> record;
            case SumType sum -> sum;
        };
    }
}
