package dev.merapi.query.exec.scan;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to reach the rows of a table for which a condition is true. Best is equality on all columns of a unique
 * index, then equality on all columns of another, then on leading columns of an ordered one with or without a range
 * behind them. There are no statistics: an index that can be used is used.
 */
public final class AccessPaths {
    private final TableSchema table;
    private final EvaluatorCompiler compiler;
    private final ExpressionText text;
    private final List<Sargable> conditions = new ArrayList<>();

    private AccessPaths(TableSchema table, EvaluatorCompiler compiler, ExpressionText text) {
        this.table = table;
        this.compiler = compiler;
        this.text = text;
    }

    /** A conjunct that says something about one column: {@code column kind value}, the value independent of the row. */
    private record Sargable(int column, SqlKind kind, RexNode value, RexNode whole) {}

    /** The path for a condition over the table's row. */
    public static AccessPath choose(
            TableSchema table, @Nullable RexNode condition, EvaluatorCompiler compiler, ExpressionText text) {
        return of(table, condition, compiler, text).choose(condition);
    }

    /** What conditions say about the columns of a table; null for no condition. */
    static AccessPaths of(
            TableSchema table, @Nullable RexNode condition, EvaluatorCompiler compiler, ExpressionText text) {
        AccessPaths paths = new AccessPaths(table, compiler, text);
        if (condition != null) {
            RelOptUtil.conjunctions(condition).forEach(paths::add);
        }
        return paths;
    }

    AccessPath choose(@Nullable RexNode condition) {
        return condition == null
                ? AccessPath.ALL
                : best().or(() -> keyList(condition)).orElse(AccessPath.ALL);
    }

    /** Whether the condition lets a column have one value only. */
    boolean isFixed(int column) {
        return find(column, SqlKind.EQUALS).isPresent();
    }

    private void add(RexNode conjunct) {
        if (!(conjunct instanceof RexCall call) || call.getOperands().size() != 2) {
            return;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        int leftColumn = column(left);
        int rightColumn = column(right);
        if (leftColumn >= 0 && isFixed(right)) {
            conditions.add(new Sargable(leftColumn, call.getKind(), right, conjunct));
        } else if (rightColumn >= 0 && isFixed(left)) {
            conditions.add(new Sargable(rightColumn, call.getKind().reverse(), left, conjunct));
        }
    }

    /** The column of an operand that is nothing but a column, or a column widened to a larger integer type; else -1. */
    public static int column(RexNode node) {
        if (node instanceof RexInputRef input) {
            return input.getIndex();
        }
        if (node instanceof RexCall call
                && call.getOperands().size() == 1
                && call.getOperands().getFirst() instanceof RexInputRef input
                && isWidening(call, input)) {
            return input.getIndex();
        }
        return -1;
    }

    private static boolean isWidening(RexCall call, RexInputRef input) {
        ScalarFunction function = ScalarFunction.of(call.getOperator());
        return function != null
                && function.name().startsWith("::")
                && function.resultType() instanceof ScalarType to
                && to.isSignedInteger()
                && RelTypes.columnType(input.getType()) instanceof ScalarType from
                && from.isSignedInteger()
                && from.fixedWidth() <= to.fixedWidth();
    }

    /** Whether an expression has one value for all rows of the table. */
    private static boolean isFixed(RexNode node) {
        return RelOptUtil.InputFinder.bits(node).isEmpty()
                && RexUtil.isDeterministic(node)
                && RexUtil.SubQueryFinder.find(node) == null;
    }

    private Optional<AccessPath> best() {
        return table.indexes().stream()
                .map(this::candidate)
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(Candidate::score))
                .map(Candidate::path);
    }

    private record Candidate(AccessPath path, int score) {}

    private Optional<Candidate> candidate(IndexDefinition index) {
        List<Sargable> equalities = prefix(index);
        int matched = equalities.size();
        if (matched == index.columns().size()) {
            IndexKey key = key(index, equalities);
            return Optional.of(new Candidate(
                    new AccessPath.Lookup(index, List.of(key), text(equalities)),
                    matched * 10 + (index.unique() ? 1000 : 5)));
        }
        return index.kind() == IndexDefinition.Kind.ORDERED ? range(index, equalities) : Optional.empty();
    }

    /** The equalities for the leading columns of an index. */
    private List<Sargable> prefix(IndexDefinition index) {
        List<Sargable> equalities = new ArrayList<>();
        for (int column : index.columns()) {
            Optional<Sargable> equality = find(column, SqlKind.EQUALS);
            if (equality.isEmpty()) {
                break;
            }
            equalities.add(equality.get());
        }
        return equalities;
    }

    private Optional<Candidate> range(IndexDefinition index, List<Sargable> equalities) {
        Bounds bounds = bounds(index, equalities);
        return equalities.isEmpty() && bounds.isEmpty()
                ? Optional.empty()
                : Optional.of(new Candidate(
                        stretch(index, equalities, bounds, false, false), equalities.size() * 10 + bounds.count() * 2));
    }

    /** What is said about the column behind the equalities. */
    private record Bounds(Optional<Sargable> lower, Optional<Sargable> upper) {
        boolean isEmpty() {
            return count() == 0;
        }

        int count() {
            return (lower.isPresent() ? 1 : 0) + (upper.isPresent() ? 1 : 0);
        }
    }

    private Bounds bounds(IndexDefinition index, List<Sargable> equalities) {
        if (equalities.size() == index.columns().size()) {
            return new Bounds(Optional.empty(), Optional.empty());
        }
        int column = index.columns().get(equalities.size());
        return new Bounds(
                find(column, SqlKind.GREATER_THAN).or(() -> find(column, SqlKind.GREATER_THAN_OR_EQUAL)),
                find(column, SqlKind.LESS_THAN).or(() -> find(column, SqlKind.LESS_THAN_OR_EQUAL)));
    }

    /**
     * The stretch of an ordered index that the condition leaves.
     *
     * @param withoutNulls leaves out rows with NULL in the column behind the equalities
     */
    AccessPath.Range stretch(IndexDefinition index, boolean descending, boolean withoutNulls) {
        List<Sargable> equalities = prefix(index);
        return stretch(index, equalities, bounds(index, equalities), descending, withoutNulls);
    }

    private AccessPath.Range stretch(
            IndexDefinition index, List<Sargable> equalities, Bounds bounds, boolean descending, boolean withoutNulls) {
        List<Sargable> used = new ArrayList<>(equalities);
        bounds.lower().ifPresent(used::add);
        bounds.upper().ifPresent(used::add);
        AccessPath.Range.Bound upper =
                bounds.upper().map(bound -> bound(index, equalities, bound)).orElse(null);
        // A bound below is not true for NULL either, which the index has at its end.
        if (upper == null && (withoutNulls || bounds.lower().isPresent()) && nullableBehind(index, equalities)) {
            upper = new AccessPath.Range.Bound(IndexKey.thenNull(table, index, values(equalities)), false);
        }
        return new AccessPath.Range(
                index,
                key(index, equalities),
                bounds.lower().map(bound -> bound(index, equalities, bound)).orElse(null),
                upper,
                descending,
                text(used));
    }

    private boolean nullableBehind(IndexDefinition index, List<Sargable> equalities) {
        return equalities.size() < index.columns().size()
                && table.columns().get(index.columns().get(equalities.size())).nullable();
    }

    private AccessPath.Range.Bound bound(IndexDefinition index, List<Sargable> equalities, Sargable bound) {
        List<Sargable> all = new ArrayList<>(equalities);
        all.add(bound);
        boolean inclusive = bound.kind() == SqlKind.GREATER_THAN_OR_EQUAL || bound.kind() == SqlKind.LESS_THAN_OR_EQUAL;
        return new AccessPath.Range.Bound(key(index, all), inclusive);
    }

    private Optional<Sargable> find(int column, SqlKind kind) {
        ColumnType type = table.columns().get(column).type();
        return conditions.stream()
                .filter(condition -> condition.column() == column && condition.kind() == kind)
                .filter(condition -> fits(type, condition))
                .findFirst();
    }

    /** A range over a widened column must not be cut off at the end of the narrow type. */
    private static boolean fits(ColumnType column, Sargable condition) {
        ColumnType value = RelTypes.columnType(condition.value().getType());
        return condition.kind() == SqlKind.EQUALS
                ? isComparable(column, value)
                : isKeyed(column) && base(column).equals(base(value));
    }

    /** Whether values of a type can be looked up in a column: the same type, or a wider integer. */
    public static boolean isComparable(ColumnType column, ColumnType value) {
        return isKeyed(column) && isComparableKey(column, value);
    }

    /** Whether an index has the values of a type in SQL's order: JSON it has by its text. */
    public static boolean isKeyed(ColumnType type) {
        return type instanceof ArrayType array ? isKeyed(array.element()) : type != ScalarType.JSON;
    }

    private static boolean isComparableKey(ColumnType column, ColumnType value) {
        return base(column).equals(base(value))
                || (column instanceof ScalarType a
                        && value instanceof ScalarType b
                        && a.isSignedInteger()
                        && b.isSignedInteger());
    }

    private static ColumnType base(ColumnType type) {
        return dev.merapi.query.expr.Casts.base(type);
    }

    private IndexKey key(IndexDefinition index, List<Sargable> equalities) {
        return new IndexKey(table, index, values(equalities));
    }

    private List<KeyValue> values(List<Sargable> equalities) {
        return equalities.stream()
                .map(equality -> keyValue(equality.column(), equality.value()))
                .toList();
    }

    private KeyValue keyValue(int column, RexNode value) {
        return new KeyValue(
                compiler.compile(value), table.columns().get(column).type(), RelTypes.columnType(value.getType()));
    }

    private String text(List<Sargable> used) {
        return String.join(
                " AND ", used.stream().map(one -> text.of(one.whole())).toList());
    }

    /** {@code a = 1 OR a = 2 …}, which is what IN comes down to: one lookup per value, when all fit one index. */
    private Optional<AccessPath> keyList(RexNode condition) {
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            Optional<AccessPath> path = keyListOf(conjunct);
            if (path.isPresent()) {
                return path;
            }
        }
        return Optional.empty();
    }

    private Optional<AccessPath> keyListOf(RexNode conjunct) {
        List<RexNode> alternatives = RelOptUtil.disjunctions(conjunct);
        if (alternatives.size() < 2) {
            return Optional.empty();
        }
        AccessPaths inner = new AccessPaths(table, compiler, text);
        alternatives.forEach(inner::add);
        if (inner.conditions.size() != alternatives.size()) {
            return Optional.empty();
        }
        int column = inner.conditions.getFirst().column();
        ColumnType type = table.columns().get(column).type();
        boolean uniform = inner.conditions.stream()
                .allMatch(one -> one.column() == column && one.kind() == SqlKind.EQUALS && fits(type, one));
        if (!uniform) {
            return Optional.empty();
        }
        return table.indexes().stream()
                .filter(index -> index.columns().equals(List.of(column)))
                .findFirst()
                .map(index -> new AccessPath.Lookup(
                        index,
                        inner.conditions.stream()
                                .map(one -> inner.key(index, List.of(one)))
                                .toList(),
                        text.of(conjunct)));
    }
}
