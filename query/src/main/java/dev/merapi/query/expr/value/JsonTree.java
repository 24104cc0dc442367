package dev.merapi.query.expr.value;

import dev.merapi.api.value.Json;
import dev.merapi.api.value.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A JSON value taken apart. Members are in jsonb's order of keys. Immutable by convention: edits build new trees. */
public sealed interface JsonTree {
    /** The JSON null, which is not an SQL NULL. */
    record Null() implements JsonTree {
        public static final Null INSTANCE = new Null();
    }

    record Bool(boolean value) implements JsonTree {}

    record Num(BigDecimal value) implements JsonTree {}

    record Text(String value) implements JsonTree {}

    record Array(List<JsonTree> elements) implements JsonTree {}

    record Members(TreeMap<String, JsonTree> members) implements JsonTree {}

    /** Takes a value apart. */
    static JsonTree of(Json json) {
        return JsonReader.read(json.text());
    }

    /** Finds a member of an object without taking the rest apart; null when there is none or it is no object. */
    static @Nullable JsonTree member(Json json, String key) {
        return JsonReader.member(json.text(), key);
    }

    static JsonTree array(List<JsonTree> elements) {
        return new Array(elements);
    }

    /** An empty object to put members into while it is built. */
    static Members object() {
        return new Members(new TreeMap<>(JsonText.KEY_ORDER));
    }

    /** The canonical text. */
    default Json json() {
        StringBuilder out = new StringBuilder();
        write(this, out);
        return new Json(out.toString());
    }

    /** PostgreSQL's {@code jsonb_typeof}. */
    default String typeName() {
        return switch (this) {
            case Null node -> "null";
            case Bool node -> "boolean";
            case Num node -> "number";
            case Text node -> "string";
            case Array node -> "array";
            case Members node -> "object";
        };
    }

    /** What {@code ->>} returns: the bare text of a string, null for null, JSON text of anything else. */
    default @Nullable String asText() {
        return switch (this) {
            case Null node -> null;
            case Text node -> node.value();
            case Bool node -> Boolean.toString(node.value());
            case Num node -> node.value().toPlainString();
            case Array node -> json().text();
            case Members node -> json().text();
        };
    }

    /** The member of an object or null. */
    default @Nullable JsonTree member(String key) {
        return this instanceof Members object ? object.members().get(key) : null;
    }

    /** The element of an array, counted from the end when negative, or null. */
    default @Nullable JsonTree element(int index) {
        if (this instanceof Null || this instanceof Bool || this instanceof Num || this instanceof Text) {
            return index == 0 || index == -1 ? this : null; // PostgreSQL takes a scalar for an array of one
        }
        if (!(this instanceof Array array)) {
            return null;
        }
        int at = index < 0 ? index + array.elements().size() : index;
        return at < 0 || at >= array.elements().size() ? null : array.elements().get(at);
    }

    private static void write(JsonTree tree, StringBuilder out) {
        switch (tree) {
            case Null node -> out.append("null");
            case Bool node -> out.append(node.value());
            case Num node -> out.append(node.value().toPlainString());
            case Text node -> JsonText.appendString(out, node.value());
            case Array node -> writeArray(node, out);
            case Members node -> writeObject(node, out);
        }
    }

    private static void writeArray(Array array, StringBuilder out) {
        out.append('[');
        Iterator<JsonTree> elements = array.elements().iterator();
        while (elements.hasNext()) {
            write(elements.next(), out);
            if (elements.hasNext()) {
                out.append(", ");
            }
        }
        out.append(']');
    }

    private static void writeObject(Members object, StringBuilder out) {
        out.append('{');
        Iterator<Map.Entry<String, JsonTree>> members =
                object.members().entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, JsonTree> member = members.next();
            JsonText.appendString(out, member.getKey());
            out.append(": ");
            write(member.getValue(), out);
            if (members.hasNext()) {
                out.append(", ");
            }
        }
        out.append('}');
    }

    /** jsonb's order. */
    static int compare(JsonTree left, JsonTree right) {
        int byKind = Integer.compare(rank(left), rank(right));
        if (byKind != 0) {
            return byKind;
        }
        return switch (left) {
            case Null node -> 0;
            case Bool node -> Boolean.compare(node.value(), ((Bool) right).value());
            case Num node -> node.value().compareTo(((Num) right).value());
            case Text node -> TextOrder.compare(node.value(), ((Text) right).value());
            case Array node -> compareArrays(node, (Array) right);
            case Members node -> compareObjects(node, (Members) right);
        };
    }

    private static int rank(JsonTree tree) {
        return switch (tree) {
            case Null node -> 0;
            case Text node -> 1;
            case Num node -> 2;
            case Bool node -> 3;
            case Array node -> 4;
            case Members node -> 5;
        };
    }

    private static int compareArrays(Array left, Array right) {
        int result = Integer.compare(left.elements().size(), right.elements().size());
        for (int i = 0; result == 0 && i < left.elements().size(); i++) {
            result = compare(left.elements().get(i), right.elements().get(i));
        }
        return result;
    }

    private static int compareObjects(Members left, Members right) {
        int result = Integer.compare(left.members().size(), right.members().size());
        Iterator<Map.Entry<String, JsonTree>> a = left.members().entrySet().iterator();
        Iterator<Map.Entry<String, JsonTree>> b = right.members().entrySet().iterator();
        while (result == 0 && a.hasNext()) {
            Map.Entry<String, JsonTree> x = a.next();
            Map.Entry<String, JsonTree> y = b.next();
            result = JsonText.KEY_ORDER.compare(x.getKey(), y.getKey());
            result = result != 0 ? result : compare(x.getValue(), y.getValue());
        }
        return result;
    }

    /** A value equal to another's exactly when jsonb calls them equal: numbers by value, not by digits. */
    static JsonTree normalized(JsonTree tree) {
        return switch (tree) {
            case Num node -> new Num(node.value().stripTrailingZeros());
            case Array node -> {
                List<JsonTree> elements = new ArrayList<>(node.elements());
                elements.replaceAll(JsonTree::normalized);
                yield new Array(elements);
            }
            case Members node -> {
                Members copy = object();
                node.members().forEach((key, value) -> copy.members().put(key, normalized(value)));
                yield copy;
            }
            case Null node -> node;
            case Bool node -> node;
            case Text node -> node;
        };
    }
}
