package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlAggFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function from a group of rows to one value, its types settled.
 *
 * <p>DISTINCT, FILTER and ORDER BY are not its business: the caller feeds each accumulator exactly the rows that count,
 * in the order asked for. Immutable and safe for any thread; accumulators belong to one execution.
 */
public final class AggregateFunction implements OverFunction {
    /** How the arguments of a call relate to the group. */
    public enum Kind {
        PLAIN,
        /**
         * {@code WITHIN GROUP}: the first arguments are direct ({@code percentile_cont(0.5)}), the others are the
         * ordered columns; rows arrive sorted by these.
         */
        ORDERED_SET
    }

    /**
     * Facts about an aggregate.
     *
     * @param strict whether rows with a NULL argument are left out before the accumulator sees them
     * @param nullable whether the result may be NULL (counts are not)
     */
    public record Traits(Kind kind, boolean strict, boolean nullable) {
        /** Skips NULLs; NULL for no rows. */
        public static final Traits STRICT = new Traits(Kind.PLAIN, true, true);
        /** Skips NULLs; never NULL. */
        public static final Traits COUNTING = new Traits(Kind.PLAIN, true, false);
        /** Sees NULLs; NULL for no rows. */
        public static final Traits COLLECTING = new Traits(Kind.PLAIN, false, true);
        /** Ordered set; skips NULLs of the ordered columns. */
        public static final Traits ORDERED_SET = new Traits(Kind.ORDERED_SET, true, true);
    }

    private final String name;
    private final List<ColumnType> parameterTypes;
    private final ColumnType resultType;
    private final Traits traits;
    private final Supplier<Accumulator> accumulators;
    private final SqlAggFunction operator;

    public AggregateFunction(
            String name,
            List<ColumnType> parameterTypes,
            ColumnType resultType,
            Traits traits,
            Supplier<Accumulator> accumulators) {
        this.name = name;
        this.parameterTypes = List.copyOf(parameterTypes);
        this.resultType = resultType;
        this.traits = traits;
        this.accumulators = accumulators;
        this.operator = new AggregateOperator(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ColumnType> parameterTypes() {
        return parameterTypes;
    }

    @Override
    public ColumnType resultType() {
        return resultType;
    }

    @Override
    public boolean nullable() {
        return traits.nullable();
    }

    public Kind kind() {
        return traits.kind();
    }

    /** Whether rows with a NULL argument do not count. */
    public boolean strict() {
        return traits.strict();
    }

    /** Starts an empty group. */
    public Accumulator newAccumulator() {
        return accumulators.get();
    }

    /** The operator that stands for this function in an {@code AggregateCall}. */
    public SqlAggFunction operator() {
        return operator;
    }

    /** Returns the function behind an aggregate operator, or null for one of Calcite's own. */
    public static @Nullable AggregateFunction of(SqlAggFunction operator) {
        return operator instanceof AggregateOperator own ? own.function() : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AggregateFunction that
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
