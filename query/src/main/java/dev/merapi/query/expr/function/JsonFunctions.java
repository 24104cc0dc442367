package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.JSON;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.JsonText;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.JsonEdits;
import dev.merapi.query.expr.value.JsonEdits.Change;
import dev.merapi.query.expr.value.JsonTree;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Operators and functions that look into a JSON value or change it. There is one JSON type, with the meaning of jsonb;
 * the functions named {@code json_…} are the same as those named {@code jsonb_…}.
 */
final class JsonFunctions {
    private static final ColumnType TEXTS = new ArrayType(TEXT);

    private JsonFunctions() {}

    static void register(Registrar to) {
        access(to);
        questions(to);
        changes(to);
        paths(to);
        facts(to);
    }

    private static void access(Registrar to) {
        Registrar partial = to.partial();
        partial.operator("->", JSON, JSON, TEXT, (Json json, String key) -> json(JsonTree.member(json, key)));
        partial.operator("->>", TEXT, JSON, TEXT, (Json json, String key) -> text(JsonTree.member(json, key)));
        partial.operator(
                "->",
                JSON,
                JSON,
                I32,
                (Json json, Integer index) -> json(JsonTree.of(json).element(index)));
        partial.operator(
                "->>",
                TEXT,
                JSON,
                I32,
                (Json json, Integer index) -> text(JsonTree.of(json).element(index)));
        partial.operator(
                "#>", JSON, JSON, TEXTS, (Json json, List<?> path) -> json(JsonEdits.at(JsonTree.of(json), path)));
        partial.operator(
                "#>>", TEXT, JSON, TEXTS, (Json json, List<?> path) -> text(JsonEdits.at(JsonTree.of(json), path)));
        for (String prefix : new String[] {"json", "jsonb"}) {
            extract(partial, prefix + "_extract_path", JSON, JsonFunctions::json);
            extract(partial, prefix + "_extract_path_text", TEXT, JsonFunctions::text);
        }
    }

    private static void extract(
            Registrar to, String name, ColumnType result, Function<@Nullable JsonTree, @Nullable Object> of) {
        to.variadic(
                name,
                List.of(ParameterType.of(JSON), ParameterType.of(TEXT)),
                types -> result,
                types -> (context, arguments) -> of.apply(JsonEdits.at(
                        JsonTree.of(Registrar.<Json>argument(arguments, 0)),
                        Arrays.asList(arguments).subList(1, arguments.length))));
    }

    private static @Nullable Json json(@Nullable JsonTree tree) {
        return tree == null ? null : tree.json();
    }

    private static @Nullable String text(@Nullable JsonTree tree) {
        return tree == null ? null : tree.asText();
    }

    private static void questions(Registrar to) {
        to.operator("@>", BOOL, JSON, JSON, (Json a, Json b) -> JsonEdits.contains(JsonTree.of(a), JsonTree.of(b)));
        to.operator("<@", BOOL, JSON, JSON, (Json a, Json b) -> JsonEdits.contains(JsonTree.of(b), JsonTree.of(a)));
        to.operator("?", BOOL, JSON, TEXT, (Json json, String key) -> JsonEdits.hasKey(JsonTree.of(json), key));
        to.operator("?|", BOOL, JSON, TEXTS, (Json json, List<?> keys) -> {
            JsonTree tree = JsonTree.of(json);
            return keys.stream().anyMatch(key -> key != null && JsonEdits.hasKey(tree, (String) key));
        });
        to.operator("?&", BOOL, JSON, TEXTS, (Json json, List<?> keys) -> {
            JsonTree tree = JsonTree.of(json);
            return keys.stream().allMatch(key -> key == null || JsonEdits.hasKey(tree, (String) key));
        });
        to.add(
                "jsonb_contains",
                BOOL,
                JSON,
                JSON,
                (Json a, Json b) -> JsonEdits.contains(JsonTree.of(a), JsonTree.of(b)));
        to.add(
                "jsonb_contained",
                BOOL,
                JSON,
                JSON,
                (Json a, Json b) -> JsonEdits.contains(JsonTree.of(b), JsonTree.of(a)));
        to.add("jsonb_exists", BOOL, JSON, TEXT, (Json json, String key) -> JsonEdits.hasKey(JsonTree.of(json), key));
    }

    private static void changes(Registrar to) {
        to.operator(
                "||",
                JSON,
                JSON,
                JSON,
                (Json a, Json b) ->
                        JsonEdits.concat(JsonTree.of(a), JsonTree.of(b)).json());
        to.operator(
                "-",
                JSON,
                JSON,
                TEXT,
                (Json json, String key) ->
                        JsonEdits.without(JsonTree.of(json), List.of(key)).json());
        to.operator(
                "-",
                JSON,
                JSON,
                TEXTS,
                (Json json, List<?> keys) ->
                        JsonEdits.without(JsonTree.of(json), keys).json());
        to.operator(
                "-",
                JSON,
                JSON,
                I32,
                (Json json, Integer index) ->
                        JsonEdits.without(JsonTree.of(json), index).json());
        to.operator(
                "#-",
                JSON,
                JSON,
                TEXTS,
                (Json json, List<?> path) -> JsonEdits.change(
                                JsonTree.of(json), path, Change.DELETE, JsonTree.Null.INSTANCE)
                        .json());
        for (String prefix : new String[] {"json", "jsonb"}) {
            to.add(
                    prefix + "_strip_nulls",
                    JSON,
                    JSON,
                    (Json json) ->
                            JsonEdits.stripNulls(JsonTree.of(json), false).json());
            to.add(
                    prefix + "_strip_nulls",
                    JSON,
                    JSON,
                    BOOL,
                    (Json json, Boolean inArrays) ->
                            JsonEdits.stripNulls(JsonTree.of(json), inArrays).json());
        }
    }

    private static void paths(Registrar to) {
        List<ColumnType> parameters = List.of(JSON, TEXTS, JSON, BOOL);
        to.optional("jsonb_set", JSON, 3, parameters, (context, arguments) -> {
            boolean create = arguments.length < 4 || Registrar.<Boolean>argument(arguments, 3);
            return change(arguments, create ? Change.SET : Change.REPLACE);
        });
        to.optional("jsonb_insert", JSON, 3, parameters, (context, arguments) -> {
            boolean after = arguments.length > 3 && Registrar.<Boolean>argument(arguments, 3);
            return change(arguments, after ? Change.INSERT_AFTER : Change.INSERT_BEFORE);
        });
        to.with(ScalarFunction.Traits.NULLABLE)
                .optional(
                        "jsonb_set_lax",
                        JSON,
                        3,
                        List.of(JSON, TEXTS, JSON, BOOL, TEXT),
                        (context, arguments) -> setLax(arguments));
    }

    private static Json change(@Nullable Object[] arguments, Change change) {
        return change(
                Registrar.argument(arguments, 0),
                Registrar.argument(arguments, 1),
                change,
                Registrar.argument(arguments, 2));
    }

    private static Json change(Json json, List<?> path, Change change, Json value) {
        return JsonEdits.change(JsonTree.of(json), path, change, JsonTree.of(value))
                .json();
    }

    /** {@code jsonb_set_lax}: the last argument says what a NULL value does. */
    private static @Nullable Json setLax(@Nullable Object[] arguments) {
        boolean create = arguments.length < 4 || Boolean.TRUE.equals(arguments[3]);
        String treatment = arguments.length < 5 ? "use_json_null" : (String) arguments[4];
        if (!(arguments[0] instanceof Json json) || !(arguments[1] instanceof List<?> path)) {
            return null;
        }
        Change change = create ? Change.SET : Change.REPLACE;
        if (arguments[2] instanceof Json value) {
            return change(json, path, change, value);
        }
        if (treatment == null) {
            throw Errors.argument("null_value_treatment must not be null");
        }
        return switch (treatment) {
            case "use_json_null" -> change(json, path, change, new Json("null"));
            case "delete_key" -> change(json, path, Change.DELETE, new Json("null"));
            case "return_target" -> json;
            case "raise_exception" -> throw Errors.argument("JSON value must not be null");
            default ->
                throw Errors.argument("unknown null_value_treatment")
                        .with("treatment", treatment)
                        .hint("use delete_key, return_target, use_json_null or raise_exception");
        };
    }

    /** {@code IS JSON}, with the kind of value that is asked for. */
    private static boolean isJson(String text, String kind) {
        JsonTree tree;
        try {
            tree = JsonTree.of(new Json(JsonText.canonical(text)));
        } catch (CodedException e) {
            if (e.code() == ErrorCode.STATEMENT_LIMIT) {
                throw e;
            }
            return false;
        }
        return isJson(tree, kind);
    }

    private static boolean isJson(JsonTree tree, String kind) {
        return switch (kind) {
            case "object" -> tree instanceof JsonTree.Members;
            case "array" -> tree instanceof JsonTree.Array;
            case "scalar" -> !(tree instanceof JsonTree.Members) && !(tree instanceof JsonTree.Array);
            default -> true;
        };
    }

    private static void facts(Registrar to) {
        to.add("merapi_is_json", BOOL, TEXT, TEXT, (String text, String kind) -> isJson(text, kind));
        to.add("merapi_is_json", BOOL, JSON, TEXT, (Json json, String kind) -> isJson(JsonTree.of(json), kind));
        for (String prefix : new String[] {"json", "jsonb"}) {
            to.add(
                    prefix + "_typeof",
                    TEXT,
                    JSON,
                    (Json json) -> JsonTree.of(json).typeName());
            to.add(prefix + "_array_length", I32, JSON, JsonFunctions::arrayLength);
        }
        to.add("jsonb_pretty", TEXT, JSON, (Json json) -> JsonEdits.pretty(JsonTree.of(json)));
    }

    private static Integer arrayLength(Json json) {
        JsonTree tree = JsonTree.of(json);
        if (tree instanceof JsonTree.Array array) {
            return array.elements().size();
        }
        boolean object = tree instanceof JsonTree.Members;
        throw Errors.argument(
                object ? "cannot get array length of a non-array" : "cannot get array length of a scalar");
    }
}
