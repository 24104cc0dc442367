package dev.merapi.query.expr;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function from values to rows ({@code generate_series}, {@code unnest}), its types settled. It stands in a
 * {@link dev.merapi.query.expr.relation.TableFunctionNode}, never in a scalar expression.
 *
 * <p>Immutable and safe for any thread; an iterator belongs to one execution.
 */
public final class TableFunction {
    /**
     * Makes the rows; called once per set of arguments. A strict function with a NULL argument is not called: no rows.
     */
    @FunctionalInterface
    public interface Body {
        Iterator<@Nullable Object[]> rows(EvalContext context, @Nullable Object[] arguments);
    }

    private final String name;
    private final List<ColumnType> parameterTypes;
    private final RowType rowType;
    private final boolean strict;
    private final Volatility volatility;
    private final Body body;

    public TableFunction(String name, List<ColumnType> parameterTypes, RowType rowType, boolean strict, Body body) {
        this(name, parameterTypes, rowType, strict, Volatility.IMMUTABLE, body);
    }

    public TableFunction(
            String name,
            List<ColumnType> parameterTypes,
            RowType rowType,
            boolean strict,
            Volatility volatility,
            Body body) {
        this.name = name;
        this.parameterTypes = List.copyOf(parameterTypes);
        this.rowType = rowType;
        this.strict = strict;
        this.volatility = volatility;
        this.body = body;
    }

    public String name() {
        return name;
    }

    public List<ColumnType> parameterTypes() {
        return parameterTypes;
    }

    /** The columns as PostgreSQL names them; a function of one column names it after itself. */
    public RowType rowType() {
        return rowType;
    }

    /** The columns, for a caller that renames them. */
    public List<Column> columns() {
        return rowType.columns();
    }

    public Volatility volatility() {
        return volatility;
    }

    /** Returns the rows for these arguments; {@code strict} is honoured here. */
    public Iterator<@Nullable Object[]> rows(EvalContext context, @Nullable Object[] arguments) {
        if (strict) {
            for (Object argument : arguments) {
                if (argument == null) {
                    return List.<@Nullable Object[]>of().iterator();
                }
            }
        }
        return body.rows(context, arguments);
    }

    @Override
    public String toString() {
        return Signatures.render(name, parameterTypes);
    }
}
