package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ARRAY;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_COMPATIBLE;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_COMPATIBLE_ARRAY;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.ScalarFunction.Traits;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays: made, taken apart, measured, compared. An array is a list, its subscripts run from 1; an array of several
 * dimensions is a list of lists and its type says so.
 */
final class ArrayFunctions {
    private static final ParameterType INTEGER = ParameterType.of(I32);

    private ArrayFunctions() {}

    static void register(Registrar to) {
        construction(to);
        subscripts(to);
        sizes(to);
        sets(to);
    }

    private static void construction(Registrar to) {
        to.with(Traits.TOTAL)
                .variadic(
                        "array_constructor",
                        List.of(ANY_COMPATIBLE),
                        types -> new ArrayType(types.getFirst()),
                        types ->
                                (context, arguments) -> Collections.unmodifiableList(Arrays.asList(arguments.clone())));
        to.generic(
                "array_fill",
                List.of(ParameterType.Polymorphic.ANY_ELEMENT, ParameterType.of(new ArrayType(I32))),
                types -> new ArrayType(types.getFirst()),
                types -> (context, arguments) -> fill(arguments[0], Registrar.argument(arguments, 1)));
    }

    private static List<@Nullable Object> fill(@Nullable Object value, List<?> dimensions) {
        if (dimensions.size() != 1 || dimensions.getFirst() == null) {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "array_fill makes arrays of one dimension")
                    .with("dimensions", dimensions.size());
        }
        int size = (Integer) dimensions.getFirst();
        if (size < 0 || size > ArrayChanges.MAX_ELEMENTS) {
            throw Errors.limit("array has too many elements", ArrayChanges.MAX_ELEMENTS)
                    .with("elements", size);
        }
        return Collections.nCopies(size, value);
    }

    private static void subscripts(Registrar to) {
        to.partial()
                .variadic(
                        "array_subscript",
                        List.of(ANY_ARRAY, INTEGER),
                        types -> elementType(types.getFirst(), types.size() - 1),
                        types -> (context, arguments) -> subscript(arguments));
        to.generic(
                "array_slice",
                List.of(ANY_ARRAY, INTEGER, INTEGER),
                List::getFirst,
                types -> (context, arguments) -> slice(
                        Registrar.argument(arguments, 0),
                        Registrar.<Integer>argument(arguments, 1),
                        Registrar.<Integer>argument(arguments, 2)));
    }

    private static ColumnType elementType(ColumnType array, int depth) {
        ColumnType type = array;
        for (int i = 0; i < depth; i++) {
            if (!(type instanceof ArrayType nested)) {
                throw new CodedException(ErrorCode.WRONG_VALUE_TYPE, "array has fewer dimensions than subscripts")
                        .with("type", array.sqlName())
                        .with("subscripts", depth);
            }
            type = nested.element();
        }
        return type;
    }

    private static @Nullable Object subscript(@Nullable Object[] arguments) {
        Object value = arguments[0];
        for (int i = 1; i < arguments.length; i++) {
            int index = Registrar.<Integer>argument(arguments, i);
            if (!(value instanceof List<?> list) || index < 1 || index > list.size()) {
                return null;
            }
            value = list.get(index - 1);
        }
        return value;
    }

    private static List<?> slice(List<?> array, int from, int to) {
        int start = Math.max(1, from);
        int end = Math.min(array.size(), to);
        return start > end ? List.of() : array.subList(start - 1, end);
    }

    private static void sizes(Registrar to) {
        Registrar partial = to.partial();
        measure(partial, "array_length", ArrayFunctions::length);
        measure(partial, "array_upper", ArrayFunctions::length);
        measure(partial, "array_lower", (array, dimension) -> length(array, dimension) == null ? null : 1);
        to.generic(
                "cardinality",
                List.of(ANY_ARRAY),
                types -> I32,
                types -> (context, arguments) -> cardinality(Registrar.argument(arguments, 0)));
        partial.generic(
                "array_ndims",
                List.of(ANY_ARRAY),
                types -> I32,
                types -> (context, arguments) -> dimensions(Registrar.argument(arguments, 0)));
        partial.generic(
                "array_dims",
                List.of(ANY_ARRAY),
                types -> TEXT,
                types -> (context, arguments) -> bounds(Registrar.argument(arguments, 0)));
    }

    /** A measure of an array along one dimension. */
    @FunctionalInterface
    private interface Measure {
        @Nullable
        Integer of(List<?> array, int dimension);
    }

    private static void measure(Registrar to, String name, Measure measure) {
        to.generic(
                name,
                List.of(ANY_ARRAY, INTEGER),
                types -> I32,
                types -> (context, arguments) ->
                        measure.of(Registrar.argument(arguments, 0), Registrar.<Integer>argument(arguments, 1)));
    }

    private static @Nullable Integer length(List<?> array, int dimension) {
        if (dimension < 1 || array.isEmpty()) {
            return null;
        }
        if (dimension == 1) {
            return array.size();
        }
        return array.getFirst() instanceof List<?> inner ? length(inner, dimension - 1) : null;
    }

    private static int cardinality(List<?> array) {
        int count = 0;
        for (Object element : array) {
            count += element instanceof List<?> inner ? cardinality(inner) : 1;
        }
        return count;
    }

    private static @Nullable Integer dimensions(List<?> array) {
        if (array.isEmpty()) {
            return null;
        }
        Integer inner = array.getFirst() instanceof List<?> list ? dimensions(list) : null;
        return inner == null ? 1 : inner + 1;
    }

    private static @Nullable String bounds(List<?> array) {
        if (array.isEmpty()) {
            return null;
        }
        String inner = array.getFirst() instanceof List<?> list ? bounds(list) : null;
        return "[1:" + array.size() + "]" + (inner == null ? "" : inner);
    }

    private static void sets(Registrar to) {
        question(to, "@>", (order, a, b) -> containsAll(order, a, b));
        question(to, "<@", (order, a, b) -> containsAll(order, b, a));
        question(to, "&&", ArrayFunctions::overlap);
        to.generic("width_bucket", List.of(ANY_COMPATIBLE, ANY_COMPATIBLE_ARRAY), types -> I32, types -> {
            Comparator<Object> order = ValueOrder.comparator(types.getFirst());
            return (context, arguments) ->
                    bucket(order, Registrar.argument(arguments, 0), Registrar.argument(arguments, 1));
        });
    }

    /** A question about two arrays of one type. */
    @FunctionalInterface
    private interface Question {
        boolean answer(Comparator<Object> order, List<?> left, List<?> right);
    }

    private static void question(Registrar to, String symbol, Question question) {
        to.genericOperator(symbol, List.of(ANY_ARRAY, ANY_ARRAY), types -> BOOL, types -> {
            Comparator<Object> order = ValueOrder.comparator(((ArrayType) types.getFirst()).element());
            ScalarFunction.Body body = (context, arguments) ->
                    question.answer(order, Registrar.argument(arguments, 0), Registrar.argument(arguments, 1));
            return body;
        });
    }

    private static boolean containsAll(Comparator<Object> order, List<?> array, List<?> wanted) {
        return wanted.stream().allMatch(element -> element != null && contains(order, array, element));
    }

    private static boolean overlap(Comparator<Object> order, List<?> left, List<?> right) {
        return left.stream().anyMatch(element -> element != null && contains(order, right, element));
    }

    private static boolean contains(Comparator<Object> order, List<?> array, Object wanted) {
        for (Object element : array) {
            if (element != null && order.compare(element, wanted) == 0) {
                return true;
            }
        }
        return false;
    }

    /** How many thresholds of an ascending list are at or below a value. */
    private static int bucket(Comparator<Object> order, Object operand, List<?> thresholds) {
        int low = 0;
        int high = thresholds.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Object threshold = thresholds.get(middle);
            if (threshold == null) {
                throw new CodedException(ErrorCode.NULL_ARGUMENT, "thresholds array must not contain NULLs");
            }
            if (order.compare(operand, threshold) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
