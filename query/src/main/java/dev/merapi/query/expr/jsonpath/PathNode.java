package dev.merapi.query.expr.jsonpath;

import dev.merapi.query.expr.pattern.Regex;
import dev.merapi.query.expr.value.JsonTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path, taken apart. Some nodes yield a sequence of items, some are true, false or unknown: the conditions. */
sealed interface PathNode {
    /** A node that is true, false or unknown. */
    sealed interface Condition extends PathNode {}

    /** {@code $}: the value the path is applied to. */
    record Root() implements PathNode {}

    /** {@code @}: the item a filter is asked about. */
    record Current() implements PathNode {}

    /** {@code last}: the last index of the array a subscript is applied to. */
    record Last() implements PathNode {}

    record Variable(String name) implements PathNode {}

    record Literal(JsonTree value) implements PathNode {}

    /** {@code .key}; every member when the key is null. */
    record Member(PathNode base, @Nullable String key) implements PathNode {}

    /** {@code [a, b to c]}; every element when there are no ranges. */
    record Elements(PathNode base, List<Range> ranges) implements PathNode {}

    /** One subscript; {@code to} is null for a single index. */
    record Range(PathNode from, @Nullable PathNode to) {}

    /** {@code .**{from to to}}: the base and all that is inside it, by depth. */
    record Descendants(PathNode base, int from, int to) implements PathNode {}

    record Method(PathNode base, String name) implements PathNode {}

    record Filter(PathNode base, Condition condition) implements PathNode {}

    /** {@code + - * / %}. */
    record Arithmetic(char operator, PathNode left, PathNode right) implements PathNode {}

    /** {@code -x}, {@code +x}. */
    record Sign(boolean negative, PathNode operand) implements PathNode {}

    record Comparison(String operator, PathNode left, PathNode right) implements Condition {}

    record And(Condition left, Condition right) implements Condition {}

    record Or(Condition left, Condition right) implements Condition {}

    record Not(Condition condition) implements Condition {}

    record IsUnknown(Condition condition) implements Condition {}

    record Exists(PathNode path) implements Condition {}

    record StartsWith(PathNode path, PathNode start) implements Condition {}

    record LikeRegex(PathNode path, Regex regex) implements Condition {}
}
