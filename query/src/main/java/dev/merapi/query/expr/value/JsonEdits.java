package dev.merapi.query.expr.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions about JSON values and changed copies of them. Given trees are never altered. */
public final class JsonEdits {
    /** What to do at the end of a path. */
    public enum Change {
        /** Replace what is there; add it if nothing is. */
        SET,
        /** Replace what is there, else leave everything. */
        REPLACE,
        INSERT_BEFORE,
        INSERT_AFTER,
        DELETE
    }

    private JsonEdits() {}

    /** Follows a path of keys and indexes; null when it leads nowhere. */
    public static @Nullable JsonTree at(JsonTree tree, List<?> path) {
        JsonTree current = tree;
        for (Object step : path) {
            current = step == null ? null : step(current, (String) step);
            if (current == null) {
                return null;
            }
        }
        return current;
    }

    private static @Nullable JsonTree step(JsonTree tree, String step) {
        if (tree instanceof JsonTree.Array) {
            Integer index = integer(step);
            return index == null ? null : tree.element(index);
        }
        return tree.member(step);
    }

    private static @Nullable Integer integer(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether the left value contains the right one: objects by members, arrays as sets, scalars by equality. */
    public static boolean contains(JsonTree left, JsonTree right) {
        if (left instanceof JsonTree.Array array && isScalar(right)) {
            return containsElement(array, right); // only at the top: an array contains a bare scalar
        }
        return containsInside(left, right);
    }

    private static boolean isScalar(JsonTree tree) {
        return !(tree instanceof JsonTree.Array) && !(tree instanceof JsonTree.Members);
    }

    private static boolean containsInside(JsonTree left, JsonTree right) {
        return switch (right) {
            case JsonTree.Members wanted ->
                left instanceof JsonTree.Members
                        && wanted.members().entrySet().stream().allMatch(member -> {
                            JsonTree own = left.member(member.getKey());
                            return own != null && containsInside(own, member.getValue());
                        });
            case JsonTree.Array wanted ->
                left instanceof JsonTree.Array array
                        && wanted.elements().stream().allMatch(element -> containsElement(array, element));
            case JsonTree.Null scalar -> JsonTree.compare(left, scalar) == 0;
            case JsonTree.Bool scalar -> JsonTree.compare(left, scalar) == 0;
            case JsonTree.Num scalar -> JsonTree.compare(left, scalar) == 0;
            case JsonTree.Text scalar -> JsonTree.compare(left, scalar) == 0;
        };
    }

    private static boolean containsElement(JsonTree.Array array, JsonTree wanted) {
        return array.elements().stream().anyMatch(element -> containsInside(element, wanted));
    }

    /** Whether a text is a key of the object, or a text element of the array, or the text itself. */
    public static boolean hasKey(JsonTree tree, String key) {
        return switch (tree) {
            case JsonTree.Members object -> object.members().containsKey(key);
            case JsonTree.Array array -> array.elements().contains(new JsonTree.Text(key));
            case JsonTree.Text text -> text.value().equals(key);
            case JsonTree.Null scalar -> false;
            case JsonTree.Bool scalar -> false;
            case JsonTree.Num scalar -> false;
        };
    }

    /** Objects are united, the right one winning; everything else is put one behind the other in an array. */
    public static JsonTree concat(JsonTree left, JsonTree right) {
        if (left instanceof JsonTree.Members a && right instanceof JsonTree.Members b) {
            JsonTree.Members union = copy(a);
            union.members().putAll(b.members());
            return union;
        }
        List<JsonTree> elements = new ArrayList<>(elements(left));
        elements.addAll(elements(right));
        return new JsonTree.Array(elements);
    }

    private static List<JsonTree> elements(JsonTree tree) {
        return tree instanceof JsonTree.Array array ? array.elements() : List.of(tree);
    }

    private static JsonTree.Members copy(JsonTree.Members object) {
        JsonTree.Members copy = JsonTree.object();
        copy.members().putAll(object.members());
        return copy;
    }

    /** The value without some keys: members of an object, text elements of an array. */
    public static JsonTree without(JsonTree tree, List<?> keys) {
        if (tree instanceof JsonTree.Members object) {
            JsonTree.Members copy = copy(object);
            keys.forEach(copy.members()::remove);
            return copy;
        }
        if (tree instanceof JsonTree.Array array) {
            List<JsonTree> kept = new ArrayList<>(array.elements());
            kept.removeIf(element -> element instanceof JsonTree.Text text && keys.contains(text.value()));
            return new JsonTree.Array(kept);
        }
        throw Errors.argument("cannot delete from scalar");
    }

    /** The array without one element, counted from the end when negative. */
    public static JsonTree without(JsonTree tree, int index) {
        if (tree instanceof JsonTree.Members) {
            throw Errors.argument("cannot delete from object using integer index");
        }
        if (!(tree instanceof JsonTree.Array array)) {
            throw Errors.argument("cannot delete from scalar");
        }
        int at = index < 0 ? index + array.elements().size() : index;
        if (at < 0 || at >= array.elements().size()) {
            return array;
        }
        List<JsonTree> kept = new ArrayList<>(array.elements());
        kept.remove(at);
        return new JsonTree.Array(kept);
    }

    /** The value with a change at the end of a path; unchanged when the path leads nowhere. */
    public static JsonTree change(JsonTree tree, List<?> path, Change change, JsonTree value) {
        if (isScalar(tree)) {
            throw Errors.argument(
                    change == Change.DELETE ? "cannot delete path in scalar" : "cannot set path in scalar");
        }
        return path.isEmpty() ? tree : change(tree, path, 0, change, value);
    }

    private static JsonTree change(JsonTree tree, List<?> path, int depth, Change change, JsonTree value) {
        Object step = path.get(depth);
        if (step == null) {
            throw new CodedException(ErrorCode.NULL_ARGUMENT, "path element is null").with("position", depth + 1);
        }
        boolean last = depth == path.size() - 1;
        if (tree instanceof JsonTree.Members object) {
            return changeMember(object, (String) step, path, depth, change, value, last);
        }
        if (tree instanceof JsonTree.Array array) {
            return changeElement(array, (String) step, path, depth, change, value, last);
        }
        return tree;
    }

    private static JsonTree changeMember(
            JsonTree.Members object, String key, List<?> path, int depth, Change change, JsonTree value, boolean last) {
        JsonTree present = object.members().get(key);
        JsonTree.Members copy = copy(object);
        if (!last) {
            if (present != null) {
                copy.members().put(key, change(present, path, depth + 1, change, value));
            }
            return copy;
        }
        switch (change) {
            case SET -> copy.members().put(key, value);
            case REPLACE -> copy.members().computeIfPresent(key, (name, before) -> value);
            case DELETE -> copy.members().remove(key);
            case INSERT_BEFORE, INSERT_AFTER -> {
                if (present != null) {
                    throw Errors.argument("cannot replace existing key")
                            .with("key", key)
                            .hint("use jsonb_set to replace the value of a key");
                }
                copy.members().put(key, value);
            }
        }
        return copy;
    }

    private static JsonTree changeElement(
            JsonTree.Array array, String step, List<?> path, int depth, Change change, JsonTree value, boolean last) {
        Integer given = integer(step);
        if (given == null) {
            throw new CodedException(ErrorCode.INVALID_VALUE, "path element is not an integer")
                    .with("position", depth + 1)
                    .with("element", step);
        }
        int size = array.elements().size();
        int index = given < 0 ? given + size : given;
        boolean inside = index >= 0 && index < size;
        List<JsonTree> copy = new ArrayList<>(array.elements());
        if (!last) {
            if (inside) {
                copy.set(index, change(copy.get(index), path, depth + 1, change, value));
            }
            return new JsonTree.Array(copy);
        }
        int nearest = index < 0 ? 0 : Math.min(index, size);
        switch (change) {
            case REPLACE -> {
                if (inside) {
                    copy.set(index, value);
                }
            }
            case DELETE -> {
                if (inside) {
                    copy.remove(index);
                }
            }
            case SET -> {
                if (inside) {
                    copy.set(index, value);
                } else {
                    copy.add(nearest, value);
                }
            }
            case INSERT_BEFORE -> copy.add(nearest, value);
            case INSERT_AFTER -> copy.add(inside ? index + 1 : nearest, value);
        }
        return new JsonTree.Array(copy);
    }

    /** The value without members that are null, at any depth; with {@code inArrays} null elements go too. */
    public static JsonTree stripNulls(JsonTree tree, boolean inArrays) {
        if (tree instanceof JsonTree.Members object) {
            JsonTree.Members copy = JsonTree.object();
            object.members().forEach((key, value) -> {
                if (!(value instanceof JsonTree.Null)) {
                    copy.members().put(key, stripNulls(value, inArrays));
                }
            });
            return copy;
        }
        if (tree instanceof JsonTree.Array array) {
            List<JsonTree> copy = new ArrayList<>();
            for (JsonTree element : array.elements()) {
                if (!inArrays || !(element instanceof JsonTree.Null)) {
                    copy.add(stripNulls(element, inArrays));
                }
            }
            return new JsonTree.Array(copy);
        }
        return tree;
    }

    /** The value over many lines, four spaces deeper for each level. */
    public static String pretty(JsonTree tree) {
        StringBuilder out = new StringBuilder();
        pretty(tree, 0, out);
        return out.toString();
    }

    private static void pretty(JsonTree tree, int depth, StringBuilder out) {
        if (tree instanceof JsonTree.Members object) {
            out.append('{');
            Iterator<Map.Entry<String, JsonTree>> members =
                    object.members().entrySet().iterator();
            while (members.hasNext()) {
                Map.Entry<String, JsonTree> member = members.next();
                newLine(depth + 1, out);
                out.append(new JsonTree.Text(member.getKey()).json().text()).append(": ");
                pretty(member.getValue(), depth + 1, out);
                out.append(members.hasNext() ? "," : "");
            }
            newLine(depth, out);
            out.append('}');
        } else if (tree instanceof JsonTree.Array array) {
            out.append('[');
            Iterator<JsonTree> elements = array.elements().iterator();
            while (elements.hasNext()) {
                newLine(depth + 1, out);
                pretty(elements.next(), depth + 1, out);
                out.append(elements.hasNext() ? "," : "");
            }
            newLine(depth, out);
            out.append(']');
        } else {
            out.append(tree.json().text());
        }
    }

    private static void newLine(int depth, StringBuilder out) {
        out.append('\n').append("    ".repeat(depth));
        Texts.checkLength(out.length());
    }
}
