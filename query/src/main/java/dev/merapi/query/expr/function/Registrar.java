package dev.merapi.query.expr.function;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.Declaration;
import dev.merapi.query.expr.Functions;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.ScalarFunction.Traits;
import dev.merapi.query.expr.TableFunction;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The short hand in which the families declare their functions: {@code add("upper", TEXT, TEXT, (String s) -> …)}. The
 * Java types of a lambda have to be those of the parameter types; a mismatch shows at the first call, and each function
 * has a test.
 */
final class Registrar {
    /** The body of a function of one argument; never given null. */
    @FunctionalInterface
    interface Body1<A> {
        @Nullable
        Object apply(A a);
    }

    /** The body of a function of two arguments; never given null. */
    @FunctionalInterface
    interface Body2<A, B> {
        @Nullable
        Object apply(A a, B b);
    }

    /** The body of a function of three arguments; never given null. */
    @FunctionalInterface
    interface Body3<A, B, C> {
        @Nullable
        Object apply(A a, B b, C c);
    }

    /** The body of a function of four arguments; never given null. */
    @FunctionalInterface
    interface Body4<A, B, C, D> {
        @Nullable
        Object apply(A a, B b, C c, D d);
    }

    private final Functions.Builder builder;
    private final Traits traits;

    Registrar(Functions.Builder builder) {
        this(builder, Traits.STRICT);
    }

    private Registrar(Functions.Builder builder, Traits traits) {
        this.builder = builder;
        this.traits = traits;
    }

    /** The same, for functions with other traits. */
    Registrar with(Traits others) {
        return new Registrar(builder, others);
    }

    /** For strict functions that may return NULL. */
    Registrar partial() {
        return with(Traits.STRICT_PARTIAL);
    }

    <A> Registrar add(String name, ColumnType result, ColumnType a, Body1<A> body) {
        return add(name, result, List.of(a), body1(body));
    }

    <A, B> Registrar add(String name, ColumnType result, ColumnType a, ColumnType b, Body2<A, B> body) {
        return add(name, result, List.of(a, b), body2(body));
    }

    <A, B, C> Registrar add(
            String name, ColumnType result, ColumnType a, ColumnType b, ColumnType c, Body3<A, B, C> body) {
        return add(name, result, List.of(a, b, c), body3(body));
    }

    <A, B, C, D> Registrar add(
            String name,
            ColumnType result,
            ColumnType a,
            ColumnType b,
            ColumnType c,
            ColumnType d,
            Body4<A, B, C, D> body) {
        return add(name, result, List.of(a, b, c, d), body4(body));
    }

    Registrar add(String name, ColumnType result, List<ColumnType> parameters, ScalarFunction.Body body) {
        ScalarFunction function = new ScalarFunction(name, parameters, result, traits, body);
        builder.scalar(new Declaration<>(name, exact(parameters), false, types -> function));
        return this;
    }

    /** Declares a function whose parameters behind the first {@code required} may be left out from the right. */
    Registrar optional(
            String name, ColumnType result, int required, List<ColumnType> parameters, ScalarFunction.Body body) {
        for (int count = required; count <= parameters.size(); count++) {
            add(name, result, parameters.subList(0, count), body);
        }
        return this;
    }

    <A> Registrar prefix(String symbol, ColumnType result, ColumnType a, Body1<A> body) {
        return operator(symbol, result, List.of(a), body1(body));
    }

    <A, B> Registrar operator(String symbol, ColumnType result, ColumnType a, ColumnType b, Body2<A, B> body) {
        return operator(symbol, result, List.of(a, b), body2(body));
    }

    Registrar operator(String symbol, ColumnType result, List<ColumnType> parameters, ScalarFunction.Body body) {
        ScalarFunction function = new ScalarFunction(symbol, parameters, result, traits, body);
        builder.operator(new Declaration<>(symbol, exact(parameters), false, types -> function));
        return this;
    }

    /** Declares a function for many types: made once the types of a call are settled. */
    Registrar generic(
            String name,
            List<ParameterType> parameters,
            Function<List<ColumnType>, ColumnType> result,
            Function<List<ColumnType>, ScalarFunction.Body> body) {
        builder.scalar(declaration(name, parameters, false, result, body));
        return this;
    }

    /** Declares a function whose last parameter may be repeated. */
    Registrar variadic(
            String name,
            List<ParameterType> parameters,
            Function<List<ColumnType>, ColumnType> result,
            Function<List<ColumnType>, ScalarFunction.Body> body) {
        builder.scalar(declaration(name, parameters, true, result, body));
        return this;
    }

    /** Declares an operator for many types. */
    Registrar genericOperator(
            String symbol,
            List<ParameterType> parameters,
            Function<List<ColumnType>, ColumnType> result,
            Function<List<ColumnType>, ScalarFunction.Body> body) {
        builder.operator(declaration(symbol, parameters, false, result, body));
        return this;
    }

    /** Declares a set-returning function. */
    Registrar table(
            String name,
            List<ParameterType> parameters,
            boolean variadic,
            BiFunction<String, List<ColumnType>, TableFunction> make) {
        builder.table(new Declaration<>(name, parameters, variadic, types -> make.apply(name, types)));
        return this;
    }

    /** Declares a set-returning function of settled types. */
    Registrar table(Declaration<TableFunction> declaration) {
        builder.table(declaration);
        return this;
    }

    private Declaration<ScalarFunction> declaration(
            String name,
            List<ParameterType> parameters,
            boolean variadic,
            Function<List<ColumnType>, ColumnType> result,
            Function<List<ColumnType>, ScalarFunction.Body> body) {
        return new Declaration<>(
                name,
                parameters,
                variadic,
                types -> new ScalarFunction(name, types, result.apply(types), traits, body.apply(types)));
    }

    static List<ParameterType> exact(List<ColumnType> types) {
        return types.stream().map(ParameterType::of).toList();
    }

    static List<ParameterType> parameters(ParameterType... types) {
        return Arrays.asList(types);
    }

    static <A> ScalarFunction.Body body1(Body1<A> body) {
        return (context, arguments) -> body.apply(Registrar.<A>argument(arguments, 0));
    }

    static <A, B> ScalarFunction.Body body2(Body2<A, B> body) {
        return (context, arguments) ->
                body.apply(Registrar.<A>argument(arguments, 0), Registrar.<B>argument(arguments, 1));
    }

    static <A, B, C> ScalarFunction.Body body3(Body3<A, B, C> body) {
        return (context, arguments) -> body.apply(
                Registrar.<A>argument(arguments, 0),
                Registrar.<B>argument(arguments, 1),
                Registrar.<C>argument(arguments, 2));
    }

    static <A, B, C, D> ScalarFunction.Body body4(Body4<A, B, C, D> body) {
        return (context, arguments) -> body.apply(
                Registrar.<A>argument(arguments, 0),
                Registrar.<B>argument(arguments, 1),
                Registrar.<C>argument(arguments, 2),
                Registrar.<D>argument(arguments, 3));
    }

    /** Strict functions never see null, and the resolver has matched the types. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    static <T> T argument(@Nullable Object[] arguments, int index) {
        return (T) arguments[index];
    }
}
