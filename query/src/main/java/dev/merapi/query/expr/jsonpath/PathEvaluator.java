package dev.merapi.query.expr.jsonpath;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.jsonpath.PathNode.Condition;
import dev.merapi.query.expr.value.Decimals;
import dev.merapi.query.expr.value.JsonTree;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Applies one path to one value. */
final class PathEvaluator {
    private final JsonTree root;
    private final JsonTree variables;
    private final boolean strict;
    private final Runnable check;

    /** The array whose subscripts are being computed, innermost; -1 outside of any. */
    private int lastIndex = -1;

    PathEvaluator(JsonTree root, JsonTree variables, boolean strict, Runnable check) {
        this.root = root;
        this.variables = variables;
        this.strict = strict;
        this.check = check;
    }

    static CodedException error(String text) {
        return new CodedException(ErrorCode.JSON_PATH_ERROR, text);
    }

    static boolean isPathError(CodedException e) {
        return e.code() == ErrorCode.JSON_PATH_ERROR
                || e.code() == ErrorCode.DIVISION_BY_ZERO
                || e.code() == ErrorCode.VALUE_OUT_OF_RANGE;
    }

    List<JsonTree> items(PathNode node, JsonTree current) {
        return switch (node) {
            case PathNode.Root root0 -> List.of(root);
            case PathNode.Current current0 -> List.of(current);
            case PathNode.Last last -> List.of(number(BigDecimal.valueOf(lastIndex)));
            case PathNode.Variable variable -> List.of(variable(variable.name()));
            case PathNode.Literal literal -> List.of(literal.value());
            case PathNode.Member member -> members(member, current);
            case PathNode.Elements elements -> elements(elements, current);
            case PathNode.Descendants descendants -> descendants(descendants, current);
            case PathNode.Method method -> method(method, current);
            case PathNode.Filter filter -> filtered(filter, current);
            case PathNode.Arithmetic arithmetic -> List.of(arithmetic(arithmetic, current));
            case PathNode.Sign sign -> signed(sign, current);
            case Condition condition -> {
                Boolean truth = test(condition, current);
                yield List.of(truth == null ? JsonTree.Null.INSTANCE : new JsonTree.Bool(truth));
            }
        };
    }

    private static JsonTree number(BigDecimal value) {
        return new JsonTree.Num(value);
    }

    private JsonTree variable(String name) {
        JsonTree value = variables.member(name);
        if (value == null) {
            throw new CodedException(ErrorCode.UNKNOWN_OBJECT, "JSON path variable does not exist").with("name", name);
        }
        return value;
    }

    /** In the lax mode, arrays count as their elements. */
    private List<JsonTree> unwrapped(List<JsonTree> items) {
        if (strict) {
            return items;
        }
        List<JsonTree> all = new ArrayList<>();
        for (JsonTree item : items) {
            if (item instanceof JsonTree.Array array) {
                all.addAll(array.elements());
            } else {
                all.add(item);
            }
        }
        return all;
    }

    private List<JsonTree> members(PathNode.Member member, JsonTree current) {
        List<JsonTree> found = new ArrayList<>();
        for (JsonTree item : unwrapped(items(member.base(), current))) {
            if (!(item instanceof JsonTree.Members object)) {
                require(!strict, "member accessor can only be applied to an object");
            } else if (member.key() == null) {
                found.addAll(object.members().values());
            } else {
                JsonTree value = object.members().get(member.key());
                require(value != null || !strict, "JSON object does not contain the key");
                if (value != null) {
                    found.add(value);
                }
            }
        }
        return found;
    }

    private static void require(boolean condition, String text) {
        if (!condition) {
            throw error(text);
        }
    }

    private List<JsonTree> elements(PathNode.Elements node, JsonTree current) {
        List<JsonTree> found = new ArrayList<>();
        for (JsonTree item : items(node.base(), current)) {
            if (item instanceof JsonTree.Array array) {
                pick(node.ranges(), array.elements(), current, found);
            } else {
                require(!strict, "array accessor can only be applied to an array");
                pick(node.ranges(), List.of(item), current, found);
            }
        }
        return found;
    }

    private void pick(List<PathNode.Range> ranges, List<JsonTree> array, JsonTree current, List<JsonTree> found) {
        if (ranges.isEmpty()) {
            found.addAll(array);
            return;
        }
        int outerLast = lastIndex;
        lastIndex = array.size() - 1;
        for (PathNode.Range range : ranges) {
            long from = index(range.from(), current);
            long to = range.to() == null ? from : index(range.to(), current);
            require(!strict || (from >= 0 && from <= to && to < array.size()), "array subscript is out of bounds");
            for (long i = Math.max(0, from); i <= Math.min(to, array.size() - 1); i++) {
                found.add(array.get((int) i));
            }
        }
        lastIndex = outerLast;
    }

    private long index(PathNode node, JsonTree current) {
        BigDecimal value = singleNumber(items(node, current), "array subscript is not a single numeric value");
        return value.setScale(0, RoundingMode.DOWN).longValue();
    }

    private List<JsonTree> descendants(PathNode.Descendants node, JsonTree current) {
        List<JsonTree> found = new ArrayList<>();
        for (JsonTree item : items(node.base(), current)) {
            descend(item, 0, node, found);
        }
        return found;
    }

    private static void descend(JsonTree item, int depth, PathNode.Descendants node, List<JsonTree> found) {
        boolean leaf = !(item instanceof JsonTree.Array) && !(item instanceof JsonTree.Members);
        boolean onlyLeaves = node.from() == Integer.MAX_VALUE;
        if (onlyLeaves ? leaf : depth >= node.from() && depth <= node.to()) {
            found.add(item);
        }
        if (depth >= node.to()) {
            return;
        }
        if (item instanceof JsonTree.Array array) {
            array.elements().forEach(element -> descend(element, depth + 1, node, found));
        } else if (item instanceof JsonTree.Members object) {
            object.members().values().forEach(value -> descend(value, depth + 1, node, found));
        }
    }

    private List<JsonTree> method(PathNode.Method node, JsonTree current) {
        List<JsonTree> bases = items(node.base(), current);
        boolean ofArrays = node.name().equals("type") || node.name().equals("size");
        List<JsonTree> results = new ArrayList<>();
        for (JsonTree item : ofArrays ? bases : unwrapped(bases)) {
            if (node.name().equals("keyvalue")) {
                results.addAll(PathMethods.keyValues(item));
            } else {
                results.add(PathMethods.apply(node.name(), item, strict));
            }
        }
        return results;
    }

    private List<JsonTree> filtered(PathNode.Filter node, JsonTree current) {
        List<JsonTree> kept = new ArrayList<>();
        for (JsonTree item : unwrapped(items(node.base(), current))) {
            if (Boolean.TRUE.equals(test(node.condition(), item))) {
                kept.add(item);
            }
        }
        return kept;
    }

    private JsonTree arithmetic(PathNode.Arithmetic node, JsonTree current) {
        String wanted = "operand of an arithmetic operator is not a single numeric value";
        BigDecimal left = singleNumber(unwrapped(items(node.left(), current)), wanted);
        BigDecimal right = singleNumber(unwrapped(items(node.right(), current)), wanted);
        return number(
                switch (node.operator()) {
                    case '+' -> Decimals.add(left, right);
                    case '-' -> Decimals.subtract(left, right);
                    case '*' -> Decimals.multiply(left, right);
                    case '/' -> Decimals.divide(left, right);
                    default -> Decimals.remainder(left, right);
                });
    }

    private static BigDecimal singleNumber(List<JsonTree> items, String wanted) {
        if (items.size() == 1 && items.getFirst() instanceof JsonTree.Num number) {
            return number.value();
        }
        throw error(wanted);
    }

    private List<JsonTree> signed(PathNode.Sign node, JsonTree current) {
        List<JsonTree> results = new ArrayList<>();
        for (JsonTree item : unwrapped(items(node.operand(), current))) {
            if (!(item instanceof JsonTree.Num number)) {
                throw error("operand of a sign is not a numeric value");
            }
            results.add(node.negative() ? number(number.value().negate()) : item);
        }
        return results;
    }

    /** Whether a condition holds; null for unknown, which errors inside of it also are. */
    @Nullable
    Boolean test(Condition condition, JsonTree current) {
        return switch (condition) {
            case PathNode.And and -> {
                Boolean left = test(and.left(), current);
                Boolean right = Boolean.FALSE.equals(left) ? Boolean.FALSE : test(and.right(), current);
                yield Boolean.FALSE.equals(right) ? right : unlessUnknown(left, right, Boolean.TRUE);
            }
            case PathNode.Or or -> {
                Boolean left = test(or.left(), current);
                Boolean right = Boolean.TRUE.equals(left) ? Boolean.TRUE : test(or.right(), current);
                yield Boolean.TRUE.equals(right) ? right : unlessUnknown(left, right, Boolean.FALSE);
            }
            case PathNode.Not not -> {
                Boolean inner = test(not.condition(), current);
                yield inner == null ? null : !inner;
            }
            case PathNode.IsUnknown unknown -> test(unknown.condition(), current) == null;
            case PathNode.Exists exists -> exists(exists, current);
            case PathNode.Comparison comparison -> compare(comparison, current);
            case PathNode.StartsWith starts -> startsWith(starts, current);
            case PathNode.LikeRegex like ->
                texts(like.path(), current, like.regex().watchedBy(check)::find);
        };
    }

    private static @Nullable Boolean unlessUnknown(@Nullable Boolean left, @Nullable Boolean right, Boolean truth) {
        boolean unknown = left == null || right == null;
        return unknown ? null : truth;
    }

    private @Nullable List<JsonTree> itemsOrNull(PathNode node, JsonTree current) {
        try {
            return items(node, current);
        } catch (CodedException e) {
            if (isPathError(e)) {
                return null;
            }
            throw e;
        }
    }

    private @Nullable Boolean exists(PathNode.Exists node, JsonTree current) {
        List<JsonTree> found = itemsOrNull(node.path(), current);
        return found == null ? null : !found.isEmpty();
    }

    /** True if any pair compares so; unknown if a pair cannot be compared. */
    private @Nullable Boolean compare(PathNode.Comparison node, JsonTree current) {
        List<JsonTree> lefts = itemsOrNull(node.left(), current);
        List<JsonTree> rights = lefts == null ? null : itemsOrNull(node.right(), current);
        if (lefts == null || rights == null) {
            return null;
        }
        boolean unknown = false;
        boolean found = false;
        for (JsonTree left : unwrapped(lefts)) {
            for (JsonTree right : unwrapped(rights)) {
                Boolean holds = PathMethods.compare(node.operator(), left, right);
                unknown |= holds == null;
                found |= Boolean.TRUE.equals(holds);
                if (strict ? unknown : found) {
                    return strict ? null : Boolean.TRUE;
                }
            }
        }
        return found ? Boolean.TRUE : unknown ? null : Boolean.FALSE;
    }

    private @Nullable Boolean startsWith(PathNode.StartsWith node, JsonTree current) {
        List<JsonTree> start = items(node.start(), current);
        if (start.size() != 1 || !(start.getFirst() instanceof JsonTree.Text text)) {
            return null;
        }
        return texts(node.path(), current, value -> value.startsWith(text.value()));
    }

    private @Nullable Boolean texts(PathNode path, JsonTree current, Predicate<String> holds) {
        List<JsonTree> items = itemsOrNull(path, current);
        if (items == null) {
            return null;
        }
        boolean unknown = false;
        boolean found = false;
        for (JsonTree item : unwrapped(items)) {
            if (item instanceof JsonTree.Text text) {
                found |= holds.test(text.value());
            } else {
                unknown = true;
            }
        }
        if (strict && unknown) {
            return null;
        }
        return found ? Boolean.TRUE : unknown ? null : Boolean.FALSE;
    }
}
