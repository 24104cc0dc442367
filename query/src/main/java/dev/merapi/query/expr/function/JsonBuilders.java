package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.JSON;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ARRAY;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.Json;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.ScalarFunction.Traits;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.JsonTree;
import dev.merapi.query.expr.value.JsonValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON made of SQL values, and rows made of JSON. */
final class JsonBuilders {
    private static final ColumnType TEXTS = new ArrayType(TEXT);

    private JsonBuilders() {}

    static void register(Registrar to) {
        for (String prefix : new String[] {"json", "jsonb"}) {
            build(to.with(Traits.TOTAL), prefix);
            objects(to, prefix);
            tables(to, prefix);
        }
        to.generic(
                "to_json",
                List.of(ANY),
                types -> JSON,
                types -> (context, arguments) ->
                        JsonValues.of(types.getFirst(), arguments[0]).json());
        to.generic(
                "to_jsonb",
                List.of(ANY),
                types -> JSON,
                types -> (context, arguments) ->
                        JsonValues.of(types.getFirst(), arguments[0]).json());
        to.generic(
                "array_to_json",
                List.of(ANY_ARRAY),
                types -> JSON,
                types -> (context, arguments) ->
                        JsonValues.of(types.getFirst(), arguments[0]).json());
    }

    private static void build(Registrar to, String prefix) {
        String array = prefix + "_build_array";
        String object = prefix + "_build_object";
        to.add(array, JSON, List.of(), (context, arguments) -> new Json("[]"));
        to.add(object, JSON, List.of(), (context, arguments) -> new Json("{}"));
        to.variadic(array, List.of(ANY), types -> JSON, types -> (context, arguments) -> array(types, arguments));
        to.variadic(object, List.of(ANY), types -> JSON, types -> (context, arguments) -> object(types, arguments));
    }

    private static Json array(List<ColumnType> types, @Nullable Object[] arguments) {
        List<JsonTree> elements = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            elements.add(JsonValues.of(types.get(i), arguments[i]));
        }
        return new JsonTree.Array(elements).json();
    }

    private static Json object(List<ColumnType> types, @Nullable Object[] arguments) {
        if (arguments.length % 2 != 0) {
            throw Errors.argument("argument list must have even number of elements")
                    .hint("the arguments have to be keys and values by turns");
        }
        JsonTree.Members object = JsonTree.object();
        for (int i = 0; i < arguments.length; i += 2) {
            Object key = arguments[i];
            if (key == null) {
                throw Errors.argument("key must not be null").with("argument", i + 1);
            }
            object.members().put(JsonValues.key(types.get(i), key), JsonValues.of(types.get(i + 1), arguments[i + 1]));
        }
        return object.json();
    }

    private static void objects(Registrar to, String prefix) {
        to.add(prefix + "_object", JSON, TEXTS, (List<?> pairs) -> {
            if (pairs.size() % 2 != 0) {
                throw new CodedException(ErrorCode.ARRAY_SUBSCRIPT, "array must have even number of elements");
            }
            JsonTree.Members object = JsonTree.object();
            for (int i = 0; i < pairs.size(); i += 2) {
                put(object, pairs.get(i), pairs.get(i + 1));
            }
            return object.json();
        });
        to.add(prefix + "_object", JSON, TEXTS, TEXTS, (List<?> keys, List<?> values) -> {
            if (keys.size() != values.size()) {
                throw new CodedException(ErrorCode.ARRAY_SUBSCRIPT, "mismatched array dimensions");
            }
            JsonTree.Members object = JsonTree.object();
            for (int i = 0; i < keys.size(); i++) {
                put(object, keys.get(i), values.get(i));
            }
            return object.json();
        });
    }

    private static void put(JsonTree.Members object, @Nullable Object key, @Nullable Object value) {
        if (key == null) {
            throw new CodedException(ErrorCode.NULL_ARGUMENT, "null value not allowed for object key");
        }
        object.members().put((String) key, value == null ? JsonTree.Null.INSTANCE : new JsonTree.Text((String) value));
    }

    private static void tables(Registrar to, String prefix) {
        elements(to, prefix + "_array_elements", JSON, JsonTree::json);
        elements(to, prefix + "_array_elements_text", TEXT, JsonTree::asText);
        members(to, prefix + "_each", JSON, JsonTree::json);
        members(to, prefix + "_each_text", TEXT, JsonTree::asText);
        table(
                to,
                prefix + "_object_keys",
                RowType.of(new Column(prefix + "_object_keys", TEXT, false)),
                tree -> Rows.of(
                        object(tree, prefix + "_object_keys").members().keySet().iterator()));
    }

    private static void table(
            Registrar to, String name, RowType columns, Function<JsonTree, Iterator<@Nullable Object[]>> rows) {
        to.table(
                name,
                List.of(ParameterType.of(JSON)),
                false,
                (called, types) -> new TableFunction(
                        called,
                        types,
                        columns,
                        true,
                        (context, arguments) -> rows.apply(JsonTree.of(Registrar.<Json>argument(arguments, 0)))));
    }

    private static void elements(
            Registrar to, String name, ColumnType type, Function<JsonTree, @Nullable Object> value) {
        RowType columns = RowType.of(new Column("value", type, true));
        table(to, name, columns, tree -> {
            if (!(tree instanceof JsonTree.Array array)) {
                boolean object = tree instanceof JsonTree.Members;
                throw Errors.argument(
                        object ? "cannot extract elements from an object" : "cannot extract elements from a scalar");
            }
            return Rows.of(array.elements().stream().map(value).iterator());
        });
    }

    private static void members(
            Registrar to, String name, ColumnType type, Function<JsonTree, @Nullable Object> value) {
        RowType columns = RowType.of(new Column("key", TEXT, false), new Column("value", type, true));
        table(to, name, columns, tree -> {
            Iterator<Map.Entry<String, JsonTree>> members =
                    object(tree, name).members().entrySet().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return members.hasNext();
                }

                @Override
                public @Nullable Object[] next() {
                    Map.Entry<String, JsonTree> member = members.next();
                    return new @Nullable Object[] {member.getKey(), value.apply(member.getValue())};
                }
            };
        });
    }

    private static JsonTree.Members object(JsonTree tree, String name) {
        if (tree instanceof JsonTree.Members object) {
            return object;
        }
        throw Errors.argument("cannot call this function on a non-object")
                .with("function", name)
                .with("jsonb", tree.typeName());
    }
}
