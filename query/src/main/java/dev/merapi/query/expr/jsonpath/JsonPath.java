package dev.merapi.query.expr.jsonpath;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.expr.value.JsonTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path ready to be applied. Immutable.
 *
 * <p>In the lax mode, the default, what is not there is simply not found, and arrays are taken apart where single items
 * are wanted; in the strict mode both are errors.
 */
public final class JsonPath {
    private final PathNode node;
    private final boolean strict;

    JsonPath(PathNode node, boolean strict) {
        this.node = node;
        this.strict = strict;
    }

    /**
     * Parses a path.
     *
     * @throws CodedException SYNTAX_ERROR, UNSUPPORTED_SQL for methods of times
     */
    public static JsonPath of(String path) {
        return PathParser.parse(path);
    }

    /**
     * Returns the items the path finds; a condition finds one truth value, or null for unknown.
     *
     * @param variables an object with the values of {@code $name}
     * @param check run now and then in long searches; throws when they are to end
     * @throws CodedException JSON_PATH_ERROR when an item is not what the path wants
     */
    public List<JsonTree> items(JsonTree value, JsonTree variables, Runnable check) {
        PathEvaluator evaluator = new PathEvaluator(value, variables, strict, check);
        if (node instanceof PathNode.Condition condition) {
            Boolean truth = evaluator.test(condition, value);
            return List.of(truth == null ? JsonTree.Null.INSTANCE : new JsonTree.Bool(truth));
        }
        return evaluator.items(node, value);
    }

    /** The refusal of a path whose result had to be one truth value. */
    public static CodedException notSingleBoolean() {
        return PathEvaluator.error("single boolean result is expected");
    }

    /** The items, or null instead of an error of the path. */
    public @Nullable List<JsonTree> itemsOrNull(JsonTree value, JsonTree variables, Runnable check) {
        try {
            return items(value, variables, check);
        } catch (CodedException e) {
            if (PathEvaluator.isPathError(e)) {
                return null;
            }
            throw e;
        }
    }
}
