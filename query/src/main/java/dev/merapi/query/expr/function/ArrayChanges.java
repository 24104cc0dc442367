package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ARRAY;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_COMPATIBLE;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_COMPATIBLE_ARRAY;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.ScalarFunction.Traits;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.Texts;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changed copies of arrays, places of elements in them, and arrays as text. In these functions NULL is a value
 * like others.
 */
final class ArrayChanges {
    /** Elements an array function may produce. */
    static final int MAX_ELEMENTS = 10_000_000;

    private static final ParameterType INTEGER = ParameterType.of(I32);
    private static final ColumnType TEXTS = new ArrayType(TEXT);

    private ArrayChanges() {}

    static void register(Registrar to) {
        growth(to.with(Traits.NULLABLE));
        replacement(to.with(Traits.NULLABLE));
        places(to.with(Traits.NULLABLE));
        orders(to);
        texts(to);
    }

    /** A missing array counts as an empty one. */
    private static void growth(Registrar to) {
        List<ParameterType> append = List.of(ANY_COMPATIBLE_ARRAY, ANY_COMPATIBLE);
        List<ParameterType> prepend = List.of(ANY_COMPATIBLE, ANY_COMPATIBLE_ARRAY);
        List<ParameterType> concat = List.of(ANY_COMPATIBLE_ARRAY, ANY_COMPATIBLE_ARRAY);
        to.generic(
                "array_append",
                append,
                List::getFirst,
                types -> (context, arguments) -> joined(list(arguments[0]), Collections.singletonList(arguments[1])));
        to.genericOperator(
                "||",
                append,
                List::getFirst,
                types -> (context, arguments) -> joined(list(arguments[0]), Collections.singletonList(arguments[1])));
        to.generic(
                "array_prepend",
                prepend,
                List::getLast,
                types -> (context, arguments) -> joined(Collections.singletonList(arguments[0]), list(arguments[1])));
        to.genericOperator(
                "||",
                prepend,
                List::getLast,
                types -> (context, arguments) -> joined(Collections.singletonList(arguments[0]), list(arguments[1])));
        to.generic(
                "array_cat",
                concat,
                List::getFirst,
                types -> (context, arguments) -> concat(arguments[0], arguments[1]));
        to.genericOperator(
                "||", concat, List::getFirst, types -> (context, arguments) -> concat(arguments[0], arguments[1]));
    }

    private static List<?> list(@Nullable Object array) {
        return array == null ? List.of() : (List<?>) array;
    }

    private static @Nullable Object concat(@Nullable Object left, @Nullable Object right) {
        return left == null && right == null ? null : joined(list(left), list(right));
    }

    private static List<@Nullable Object> joined(List<?> left, List<?> right) {
        if ((long) left.size() + right.size() > MAX_ELEMENTS) {
            throw Errors.limit("array has too many elements", MAX_ELEMENTS);
        }
        List<@Nullable Object> all = new ArrayList<>(left.size() + right.size());
        all.addAll(left);
        all.addAll(right);
        return Collections.unmodifiableList(all);
    }

    private static void replacement(Registrar to) {
        to.generic("array_remove", List.of(ANY_COMPATIBLE_ARRAY, ANY_COMPATIBLE), List::getFirst, types -> {
            Comparator<Object> order = ValueOrder.comparator(types.get(1));
            return (context, arguments) -> {
                if (!(arguments[0] instanceof List<?> array)) {
                    return null;
                }
                List<@Nullable Object> kept = new ArrayList<>(array);
                kept.removeIf(element -> same(order, element, arguments[1]));
                return Collections.unmodifiableList(kept);
            };
        });
        List<ParameterType> replace = List.of(ANY_COMPATIBLE_ARRAY, ANY_COMPATIBLE, ANY_COMPATIBLE);
        to.generic("array_replace", replace, List::getFirst, types -> {
            Comparator<Object> order = ValueOrder.comparator(types.get(1));
            return (context, arguments) -> {
                if (!(arguments[0] instanceof List<?> array)) {
                    return null;
                }
                List<@Nullable Object> changed = new ArrayList<>(array);
                changed.replaceAll(element -> same(order, element, arguments[1]) ? arguments[2] : element);
                return Collections.unmodifiableList(changed);
            };
        });
    }

    private static boolean same(Comparator<Object> order, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        return order.compare(left, right) == 0;
    }

    private static void places(Registrar to) {
        to.generic("array_position", List.of(ANY_COMPATIBLE_ARRAY, ANY_COMPATIBLE), types -> I32, types -> {
            Comparator<Object> order = ValueOrder.comparator(types.get(1));
            return (context, arguments) -> position(order, arguments[0], arguments[1], 1);
        });
        List<ParameterType> fromPlace = List.of(ANY_COMPATIBLE_ARRAY, ANY_COMPATIBLE, INTEGER);
        to.generic("array_position", fromPlace, types -> I32, types -> {
            Comparator<Object> order = ValueOrder.comparator(types.get(1));
            return (context, arguments) -> {
                if (arguments[2] == null) {
                    throw new CodedException(ErrorCode.NULL_ARGUMENT, "initial position must not be null");
                }
                return position(order, arguments[0], arguments[1], (Integer) arguments[2]);
            };
        });
        ColumnType integers = new ArrayType(I32);
        to.generic("array_positions", List.of(ANY_COMPATIBLE_ARRAY, ANY_COMPATIBLE), types -> integers, types -> {
            Comparator<Object> order = ValueOrder.comparator(types.get(1));
            return (context, arguments) ->
                    arguments[0] instanceof List<?> array ? positions(order, array, arguments[1]) : null;
        });
    }

    private static @Nullable Integer position(
            Comparator<Object> order, @Nullable Object array, @Nullable Object wanted, int start) {
        if (!(array instanceof List<?> list)) {
            return null;
        }
        for (int i = Math.max(1, start); i <= list.size(); i++) {
            if (same(order, list.get(i - 1), wanted)) {
                return i;
            }
        }
        return null;
    }

    private static List<Integer> positions(Comparator<Object> order, List<?> list, @Nullable Object wanted) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (same(order, list.get(i), wanted)) {
                places.add(i + 1);
            }
        }
        return places;
    }

    private static void orders(Registrar to) {
        to.generic("trim_array", List.of(ANY_ARRAY, INTEGER), List::getFirst, types -> (context, arguments) -> {
            List<?> array = Registrar.argument(arguments, 0);
            int cut = Registrar.<Integer>argument(arguments, 1);
            if (cut < 0 || cut > array.size()) {
                throw new CodedException(ErrorCode.ARRAY_SUBSCRIPT, "number of elements to trim is out of range")
                        .with("elements", cut)
                        .with("size", array.size());
            }
            return array.subList(0, array.size() - cut);
        });
        to.generic("array_reverse", List.of(ANY_ARRAY), List::getFirst, types -> (context, arguments) -> {
            List<@Nullable Object> reversed = new ArrayList<>(Registrar.<List<?>>argument(arguments, 0));
            Collections.reverse(reversed);
            return reversed;
        });
        to.generic("array_sort", List.of(ANY_ARRAY), List::getFirst, types -> {
            Comparator<Object> order = ValueOrder.comparator(((ArrayType) types.getFirst()).element());
            return (context, arguments) -> {
                List<@Nullable Object> sorted = new ArrayList<>(Registrar.<List<?>>argument(arguments, 0));
                sorted.sort(Comparator.nullsLast(order));
                return sorted;
            };
        });
    }

    private static void texts(Registrar to) {
        to.generic(
                "array_to_string",
                List.of(ANY_ARRAY, ParameterType.of(TEXT)),
                types -> TEXT,
                types -> (context, arguments) -> text(types, arguments[0], arguments[1], null));
        to.with(Traits.NULLABLE)
                .generic(
                        "array_to_string",
                        List.of(ANY_ARRAY, ParameterType.of(TEXT), ParameterType.of(TEXT)),
                        types -> TEXT,
                        types -> (context, arguments) -> text(types, arguments[0], arguments[1], arguments[2]));
        Registrar loose = to.with(Traits.NULLABLE);
        loose.add(
                "string_to_array",
                TEXTS,
                List.of(TEXT, TEXT),
                (context, arguments) -> split(arguments[0], arguments[1], null));
        loose.add(
                "string_to_array",
                TEXTS,
                List.of(TEXT, TEXT, TEXT),
                (context, arguments) -> split(arguments[0], arguments[1], arguments[2]));
    }

    /** NULL elements are left out unless there is a text for them. */
    private static @Nullable String text(
            List<ColumnType> types, @Nullable Object array, @Nullable Object separator, @Nullable Object forNull) {
        if (!(array instanceof List<?> list) || separator == null) {
            return null;
        }
        StringBuilder out = new StringBuilder();
        append(out, ((ArrayType) types.getFirst()).element(), list, (String) separator, (String) forNull);
        return out.isEmpty() ? "" : out.substring(((String) separator).length());
    }

    private static void append(
            StringBuilder out, ColumnType type, List<?> list, String separator, @Nullable String forNull) {
        for (Object element : list) {
            if (element instanceof List<?> inner && type instanceof ArrayType nested) {
                append(out, nested.element(), inner, separator, forNull);
            } else if (element != null) {
                out.append(separator).append(TextFormat.format(type, element));
            } else if (forNull != null) {
                out.append(separator).append(forNull);
            }
            Texts.checkLength(out.length());
        }
    }

    /** A NULL separator splits into characters. */
    static @Nullable List<@Nullable String> split(
            @Nullable Object text, @Nullable Object separator, @Nullable Object forNull) {
        if (!(text instanceof String given)) {
            return null;
        }
        List<@Nullable String> parts = new ArrayList<>();
        if (given.isEmpty()) {
            return parts;
        }
        if (separator == null) {
            given.codePoints().forEach(c -> parts.add(Character.toString(c)));
        } else {
            parts.addAll(TextFunctions.split(given, (String) separator));
        }
        parts.replaceAll(part -> part != null && part.equals(forNull) ? null : part);
        return Collections.unmodifiableList(parts);
    }
}
