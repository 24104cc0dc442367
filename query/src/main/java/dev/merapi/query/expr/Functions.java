package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The functions there are, and which of them a call means.
 *
 * <p>In every method the argument types may hold null for an unknown literal or an untyped parameter; a null result
 * means that no function fits, and a {@link dev.merapi.api.error.CodedException} AMBIGUOUS_FUNCTION that several fit
 * equally well. What is returned is concrete: its {@code parameterTypes()} say to what each argument has to be cast.
 * Immutable and safe for any thread.
 */
public final class Functions {
    private final Map<String, List<Declaration<ScalarFunction>>> scalars;
    private final Map<String, List<Declaration<ScalarFunction>>> operators;
    private final Map<String, List<Declaration<TableFunction>>> tables;
    private final Map<String, List<Declaration<AggregateFunction>>> aggregates;
    private final Map<String, List<Declaration<WindowFunction>>> windows;
    private final OverloadResolver resolver;

    private Functions(Builder builder, Casts casts) {
        scalars = Map.copyOf(builder.scalars);
        operators = Map.copyOf(builder.operators);
        tables = Map.copyOf(builder.tables);
        aggregates = Map.copyOf(builder.aggregates);
        windows = Map.copyOf(builder.windows);
        resolver = new OverloadResolver(casts);
    }

    /** Resolves a call of a scalar function. */
    public @Nullable ScalarFunction resolveFunction(String name, List<? extends @Nullable ColumnType> arguments) {
        return resolver.resolve(candidates(scalars, name), arguments, OverloadResolver.Form.FUNCTION);
    }

    /** Resolves a call whose last argument is {@code VARIADIC array}. */
    public @Nullable ScalarFunction resolveVariadic(String name, List<? extends @Nullable ColumnType> arguments) {
        return VariadicCalls.resolve(resolver, candidates(scalars, name), arguments);
    }

    /** Resolves an infix operator such as {@code +}, {@code ||} or {@code ->>}; not the comparisons. */
    public @Nullable ScalarFunction resolveOperator(
            String symbol, @Nullable ColumnType left, @Nullable ColumnType right) {
        List<@Nullable ColumnType> arguments = new ArrayList<>(2);
        arguments.add(left);
        arguments.add(right);
        return resolver.resolve(candidates(operators, symbol), arguments, OverloadResolver.Form.OPERATOR);
    }

    /** Resolves a prefix operator such as {@code -} or {@code ~}. */
    public @Nullable ScalarFunction resolvePrefixOperator(String symbol, @Nullable ColumnType operand) {
        List<@Nullable ColumnType> arguments = new ArrayList<>(1);
        arguments.add(operand);
        return resolver.resolve(candidates(operators, symbol), arguments, OverloadResolver.Form.OPERATOR);
    }

    /** Resolves a set-returning function. */
    public @Nullable TableFunction resolveTable(String name, List<? extends @Nullable ColumnType> arguments) {
        return resolver.resolve(candidates(tables, name), arguments, OverloadResolver.Form.FUNCTION);
    }

    /** Resolves an aggregate; {@code count(*)} is {@code count} without arguments. */
    public @Nullable AggregateFunction resolveAggregate(String name, List<? extends @Nullable ColumnType> arguments) {
        return resolver.resolve(candidates(aggregates, name), arguments, OverloadResolver.Form.FUNCTION);
    }

    /** Resolves a function that needs OVER; aggregates with OVER are found by {@link #resolveAggregate}. */
    public @Nullable WindowFunction resolveWindow(String name, List<? extends @Nullable ColumnType> arguments) {
        return resolver.resolve(candidates(windows, name), arguments, OverloadResolver.Form.FUNCTION);
    }

    public boolean isScalar(String name) {
        return scalars.containsKey(name);
    }

    public boolean isTable(String name) {
        return tables.containsKey(name);
    }

    public boolean isAggregate(String name) {
        return aggregates.containsKey(name);
    }

    public boolean isWindow(String name) {
        return windows.containsKey(name);
    }

    /** The kinds of functions; an operator is a function whose name is its symbol. */
    public enum Kind {
        SCALAR,
        OPERATOR,
        TABLE,
        AGGREGATE,
        WINDOW
    }

    /** All declarations of one kind by name, in order of name: for whoever shows what there is. */
    public SortedMap<String, List<Declaration<?>>> declarations(Kind kind) {
        SortedMap<String, List<Declaration<?>>> declarations = new TreeMap<>();
        Map<String, ? extends List<? extends Declaration<?>>> all = switch (kind) {
            case SCALAR -> scalars;
            case OPERATOR -> operators;
            case TABLE -> tables;
            case AGGREGATE -> aggregates;
            case WINDOW -> windows;
        };
        all.forEach((name, overloads) -> declarations.put(name, List.copyOf(overloads)));
        return declarations;
    }

    /** All names a call can use, for hints and completion. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(scalars.keySet());
        names.addAll(tables.keySet());
        names.addAll(aggregates.keySet());
        names.addAll(windows.keySet());
        return names;
    }

    private static <F> List<Declaration<F>> candidates(Map<String, List<Declaration<F>>> all, String name) {
        return all.getOrDefault(name, List.of());
    }

    /** Collects declarations; used by the catalogue. */
    public static final class Builder {
        private final Map<String, List<Declaration<ScalarFunction>>> scalars = new HashMap<>();
        private final Map<String, List<Declaration<ScalarFunction>>> operators = new HashMap<>();
        private final Map<String, List<Declaration<TableFunction>>> tables = new HashMap<>();
        private final Map<String, List<Declaration<AggregateFunction>>> aggregates = new HashMap<>();
        private final Map<String, List<Declaration<WindowFunction>>> windows = new HashMap<>();

        public Builder scalar(Declaration<ScalarFunction> declaration) {
            return add(scalars, declaration);
        }

        public Builder operator(Declaration<ScalarFunction> declaration) {
            return add(operators, declaration);
        }

        public Builder table(Declaration<TableFunction> declaration) {
            return add(tables, declaration);
        }

        public Builder aggregate(Declaration<AggregateFunction> declaration) {
            return add(aggregates, declaration);
        }

        public Builder window(Declaration<WindowFunction> declaration) {
            return add(windows, declaration);
        }

        public Functions build(Casts casts) {
            return new Functions(this, casts);
        }

        private <F> Builder add(Map<String, List<Declaration<F>>> to, Declaration<F> declaration) {
            to.computeIfAbsent(declaration.name(), name -> new ArrayList<>()).add(declaration);
            return this;
        }
    }
}
