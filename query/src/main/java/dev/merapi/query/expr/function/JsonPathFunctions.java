package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.JSON;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.Json;
import dev.merapi.query.expr.Declaration;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.jsonpath.JsonPath;
import dev.merapi.query.expr.value.JsonTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries by JSON path. The path is an ordinary text: there is no type of its own for it. */
final class JsonPathFunctions {
    /** The value, the path, an object of variables, and whether errors are silent. */
    private static final List<ColumnType> PARAMETERS = List.of(JSON, TEXT, JSON, BOOL);

    private JsonPathFunctions() {}

    /** What a function makes of the items found; null stands for an error that was to be silent. */
    @FunctionalInterface
    private interface Outcome {
        @Nullable
        Object of(@Nullable List<JsonTree> items, boolean silent);
    }

    static void register(Registrar to) {
        Registrar partial = to.partial();
        add(partial, "jsonb_path_exists", BOOL, (items, silent) -> items == null ? null : !items.isEmpty());
        add(partial, "jsonb_path_match", BOOL, JsonPathFunctions::match);
        add(
                partial,
                "jsonb_path_query_array",
                JSON,
                (items, silent) -> new JsonTree.Array(items == null ? List.of() : items).json());
        add(
                partial,
                "jsonb_path_query_first",
                JSON,
                (items, silent) -> items == null || items.isEmpty()
                        ? null
                        : items.getFirst().json());
        operator(partial, "@?", (items, silent) -> items == null ? null : !items.isEmpty());
        operator(partial, "@@", JsonPathFunctions::match);
        query(to);
    }

    private static void add(Registrar to, String name, ColumnType result, Outcome outcome) {
        PathCache cache = new PathCache();
        to.optional(name, result, 2, PARAMETERS, (context, arguments) -> {
            boolean silent = arguments.length > 3 && Registrar.<Boolean>argument(arguments, 3);
            return outcome.of(items(cache, context, arguments, silent), silent);
        });
    }

    private static void operator(Registrar to, String symbol, Outcome outcome) {
        PathCache cache = new PathCache();
        to.operator(
                symbol,
                BOOL,
                List.of(JSON, TEXT),
                (context, arguments) -> outcome.of(items(cache, context, arguments, true), true));
    }

    private static @Nullable List<JsonTree> items(
            PathCache cache, EvalContext context, @Nullable Object[] arguments, boolean silent) {
        JsonTree value = JsonTree.of(Registrar.<Json>argument(arguments, 0));
        JsonPath path = cache.get(Registrar.argument(arguments, 1));
        JsonTree variables =
                arguments.length > 2 ? JsonTree.of(Registrar.<Json>argument(arguments, 2)) : JsonTree.object();
        Runnable check = context::checkCancelled;
        return silent ? path.itemsOrNull(value, variables, check) : path.items(value, variables, check);
    }

    private static @Nullable Object match(@Nullable List<JsonTree> items, boolean silent) {
        if (items != null && items.size() == 1) {
            if (items.getFirst() instanceof JsonTree.Bool bool) {
                return bool.value();
            }
            if (items.getFirst() instanceof JsonTree.Null) {
                return null;
            }
        }
        if (!silent) {
            throw JsonPath.notSingleBoolean();
        }
        return null;
    }

    private static void query(Registrar to) {
        String name = "jsonb_path_query";
        for (int count = 2; count <= PARAMETERS.size(); count++) {
            List<ColumnType> types = PARAMETERS.subList(0, count);
            PathCache cache = new PathCache();
            TableFunction function =
                    new TableFunction(name, types, Rows.column(name, JSON), true, (context, arguments) -> {
                        boolean silent = arguments.length > 3 && Registrar.<Boolean>argument(arguments, 3);
                        List<JsonTree> items = items(cache, context, arguments, silent);
                        return Rows.of((items == null ? List.<JsonTree>of() : items)
                                .stream().map(item -> (Object) item.json()).iterator());
                    });
            to.table(new Declaration<>(name, Registrar.exact(types), false, settled -> function));
        }
    }

    /** The last path parsed, like the cache of regular expressions. */
    private static final class PathCache {
        private record Entry(String text, JsonPath path) {}

        private volatile @Nullable Entry last;

        JsonPath get(String text) {
            Entry entry = last;
            if (entry == null || !entry.text.equals(text)) {
                entry = new Entry(text, JsonPath.of(text));
                last = entry;
            }
            return entry.path;
        }
    }
}
