package dev.merapi.query.live.condition;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.query.exec.scan.AccessPaths;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.eval.RawLong;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** A condition that compares one column with values independent of the row, and that an index can therefore answer. */
sealed interface ColumnTest {
    int column();

    /**
     * {@code column = value OR …}, as IN and {@code = ANY (array)} are.
     *
     * @param values expressions of the column's type, or of a wider integer type
     * @param arrays expressions of arrays of such
     */
    record OneOf(int column, List<RexNode> values, List<RexNode> arrays) implements ColumnTest {
        boolean isSingle() {
            return values.size() == 1 && arrays.isEmpty();
        }

        OneOf or(OneOf other) {
            return new OneOf(column, joined(values, other.values), joined(arrays, other.arrays));
        }

        private static List<RexNode> joined(List<RexNode> one, List<RexNode> other) {
            List<RexNode> joined = new ArrayList<>(one);
            joined.addAll(other);
            return joined;
        }
    }

    /** {@code column < value} and the like. */
    record Order(int column, SqlKind kind, RexNode value) implements ColumnTest {
        boolean isLower() {
            return kind == SqlKind.GREATER_THAN || kind == SqlKind.GREATER_THAN_OR_EQUAL;
        }

        boolean isInclusive() {
            return kind == SqlKind.GREATER_THAN_OR_EQUAL || kind == SqlKind.LESS_THAN_OR_EQUAL;
        }
    }

    /**
     * {@code column LIKE pattern}, {@code starts_with(column, start)}.
     *
     * @param isPattern whether the start is a pattern
     */
    record Start(int column, RexNode start, @Nullable RexNode escape, boolean isPattern) implements ColumnTest {}

    /** What a condition is; null if no index can answer it. */
    static @Nullable ColumnTest of(RexNode condition, TableSchema table) {
        if (!(condition instanceof RexCall call)) {
            return null;
        }
        ScalarFunction function = ScalarFunction.of(call.getOperator());
        if (function != null) {
            return ofFunction(function.name(), call.getOperands(), table);
        }
        return switch (call.getKind()) {
            case OR -> ofAlternatives(RelOptUtil.disjunctions(condition), table);
            case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> {
                RexNode left = call.getOperands().get(0);
                RexNode right = call.getOperands().get(1);
                ColumnTest test = ofComparison(left, call.getKind(), right, table);
                yield test != null ? test : ofComparison(right, call.getKind().reverse(), left, table);
            }
            default -> null;
        };
    }

    private static @Nullable OneOf ofAlternatives(List<RexNode> alternatives, TableSchema table) {
        OneOf all = null;
        for (RexNode alternative : alternatives) {
            if (!(of(alternative, table) instanceof OneOf one) || (all != null && all.column() != one.column())) {
                return null;
            }
            all = all == null ? one : all.or(one);
        }
        return all;
    }

    private static @Nullable ColumnTest ofComparison(RexNode side, SqlKind kind, RexNode value, TableSchema table) {
        int column = column(side);
        if (column < 0 || readsRow(value)) {
            return null;
        }
        ColumnType type = table.columns().get(column).type();
        ColumnType valueType = RelTypes.columnType(value.getType());
        if (kind == SqlKind.EQUALS) {
            return isComparable(type, valueType) ? new OneOf(column, List.of(value), List.of()) : null;
        }
        return isOrdered(type, valueType) ? new Order(column, kind, value) : null;
    }

    private static @Nullable ColumnTest ofFunction(String name, List<RexNode> operands, TableSchema table) {
        int column = operands.size() < 2 ? -1 : column(operands.getFirst());
        if (column < 0 || operands.stream().skip(1).anyMatch(ColumnTest::readsRow)) {
            return null;
        }
        ColumnType type = table.columns().get(column).type();
        RexNode value = operands.get(1);
        return switch (name) {
            case "= ANY" -> {
                boolean fits = RelTypes.columnType(value.getType()) instanceof ArrayType array
                        && isComparable(type, array.element());
                yield fits ? new OneOf(column, List.of(), List.of(value)) : null;
            }
            case "~~", "like" ->
                isText(type) ? new Start(column, value, operands.size() > 2 ? operands.get(2) : null, true) : null;
            case "^@", "starts_with" -> isText(type) ? new Start(column, value, null, false) : null;
            default -> null;
        };
    }

    /** The column of an expression that is one, widened to a larger integer type or seen as text at most; else -1. */
    private static int column(RexNode node) {
        return AccessPaths.column(withoutTextCast(node));
    }

    /** A varchar column is compared as text: the cast changes nothing in the bytes. */
    private static RexNode withoutTextCast(RexNode node) {
        if (node instanceof RexCall call && call.getOperands().size() == 1) {
            ScalarFunction cast = ScalarFunction.of(call.getOperator());
            boolean onlyText = cast != null
                    && cast.resultType() == ScalarType.TEXT
                    && cast.parameterTypes().getFirst() instanceof VarcharType;
            return onlyText ? call.getOperands().getFirst() : node;
        }
        return node;
    }

    /** Arrays with sizes or NULLs of their own are left to the predicate. */
    private static boolean isComparable(ColumnType column, ColumnType value) {
        return (column instanceof ArrayType || value instanceof ArrayType)
                ? Objects.equals(column, value) && AccessPaths.isKeyed(column)
                : AccessPaths.isComparable(column, value);
    }

    private static boolean isOrdered(ColumnType column, ColumnType value) {
        if (column instanceof ArrayType || !AccessPaths.isKeyed(column)) {
            return false;
        }
        // Bounds of integers are numbers, whatever their width.
        boolean bothNumbers =
                AccessPaths.isComparable(column, value) && RawLong.isOrdered(column) && RawLong.isOrdered(value);
        return bothNumbers || Casts.base(column).equals(Casts.base(value));
    }

    private static boolean isText(ColumnType type) {
        return type == ScalarType.TEXT || type instanceof VarcharType;
    }

    private static boolean readsRow(RexNode node) {
        return !RelOptUtil.InputFinder.bits(node).isEmpty();
    }
}
