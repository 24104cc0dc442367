package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of a row's place in its partition ({@code rank}, {@code lag}, {@code first_value}), its types settled.
 * Immutable and safe for any thread.
 */
public final class WindowFunction implements OverFunction {
    /** Computes the value for the row the view stands on. */
    @FunctionalInterface
    public interface Body {
        @Nullable
        Object evaluate(EvalContext context, WindowView view);
    }

    private final String name;
    private final List<ColumnType> parameterTypes;
    private final ColumnType resultType;
    private final boolean nullable;
    private final Body body;

    public WindowFunction(
            String name, List<ColumnType> parameterTypes, ColumnType resultType, boolean nullable, Body body) {
        this.name = name;
        this.parameterTypes = List.copyOf(parameterTypes);
        this.resultType = resultType;
        this.nullable = nullable;
        this.body = body;
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
        return nullable;
    }

    /** Computes the value for the row the view stands on. */
    public @Nullable Object evaluate(EvalContext context, WindowView view) {
        return body.evaluate(context, view);
    }

    @Override
    public String toString() {
        return Signatures.render(name, parameterTypes);
    }
}
