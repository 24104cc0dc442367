package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function from values to one value, its types settled: what a call in a query comes down to once it has been
 * resolved. Operators such as {@code +} and casts are functions too.
 *
 * <p>Immutable and safe for any thread. Two functions are equal when name and types are: the catalogue holds at most
 * one meaning for each.
 */
public final class ScalarFunction {
    /**
     * What a function does. Arguments have the Java types of the parameter types; the array is the callee's to
     * read only.
     */
    @FunctionalInterface
    public interface Body {
        @Nullable
        Object apply(EvalContext context, @Nullable Object[] arguments);
    }

    /**
     * What planner and compiler may assume of a function.
     *
     * @param strict whether a NULL argument makes the result NULL without the body being asked
     * @param total whether the body never returns NULL
     */
    public record Traits(boolean strict, boolean total, Volatility volatility) {
        /** Strict, and not NULL for arguments that are not: most functions. */
        public static final Traits STRICT = new Traits(true, true, Volatility.IMMUTABLE);
        /** Strict, and possibly NULL all the same. */
        public static final Traits STRICT_PARTIAL = new Traits(true, false, Volatility.IMMUTABLE);
        /** Sees NULL arguments and may return NULL. */
        public static final Traits NULLABLE = new Traits(false, false, Volatility.IMMUTABLE);
        /** Sees NULL arguments and never returns NULL. */
        public static final Traits TOTAL = new Traits(false, true, Volatility.IMMUTABLE);
        /** The same all through a statement. */
        public static final Traits STABLE = new Traits(true, true, Volatility.STABLE);
        /** Different on each call. */
        public static final Traits VOLATILE = new Traits(true, true, Volatility.VOLATILE);

        public Traits with(Volatility other) {
            return new Traits(strict, total, other);
        }
    }

    private final String name;
    private final List<ColumnType> parameterTypes;
    private final ColumnType resultType;
    private final Traits traits;
    private final Body body;
    private final SqlOperator operator;

    public ScalarFunction(
            String name, List<ColumnType> parameterTypes, ColumnType resultType, Traits traits, Body body) {
        this.name = name;
        this.parameterTypes = List.copyOf(parameterTypes);
        this.resultType = resultType;
        this.traits = traits;
        this.body = body;
        this.operator = new FunctionOperator(this);
    }

    /** The name, lower case; the symbol for an operator. */
    public String name() {
        return name;
    }

    /** One type per argument of the call: variadic parameters are already spread out. */
    public List<ColumnType> parameterTypes() {
        return parameterTypes;
    }

    public ColumnType resultType() {
        return resultType;
    }

    public boolean strict() {
        return traits.strict();
    }

    /** Whether the body never returns NULL. */
    public boolean total() {
        return traits.total();
    }

    public Volatility volatility() {
        return traits.volatility();
    }

    public Body body() {
        return body;
    }

    /** Applies the function; {@link #strict()} is honoured here. */
    public @Nullable Object apply(EvalContext context, @Nullable Object... arguments) {
        if (traits.strict()) {
            for (Object argument : arguments) {
                if (argument == null) {
                    return null;
                }
            }
        }
        return body.apply(context, arguments);
    }

    /** The operator that stands for this function in a {@code RexCall}. */
    public SqlOperator operator() {
        return operator;
    }

    /** Returns the function a {@code RexCall} of this operator calls, or null for an operator of Calcite's own. */
    public static @Nullable ScalarFunction of(SqlOperator operator) {
        return operator instanceof FunctionOperator own ? own.function() : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScalarFunction that
                && name.equals(that.name)
                && parameterTypes.equals(that.parameterTypes)
                && resultType.equals(that.resultType);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, parameterTypes, resultType);
    }

    @Override
    public String toString() {
        return Signatures.render(name, parameterTypes);
    }
}
