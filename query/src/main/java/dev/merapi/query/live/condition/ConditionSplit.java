package dev.merapi.query.live.condition;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.scan.ExpressionText;
import dev.merapi.query.exec.scan.KeyValue;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import dev.merapi.query.expr.eval.RowPredicate;
import dev.merapi.query.live.condition.ColumnTest.OneOf;
import dev.merapi.query.live.condition.ColumnTest.Order;
import dev.merapi.query.live.condition.ColumnTest.Start;
import dev.merapi.query.live.index.KeyColumns;
import dev.merapi.query.live.index.RangeColumn;
import dev.merapi.query.live.tree.ParameterLifting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how those who want a row are found by it. Of a branch, the columns that must equal something are hashed, and
 * one more with bounds or a prefix is searched among those of one key; the rest is asked of those found. A branch is
 * all of the condition, unless there is nothing to hash at its top: then an OR is taken apart, if that finds something
 * in each of its branches.
 */
public final class ConditionSplit {
    private final TableSchema table;
    private final RowLayout layout;
    private final ParameterLifting lifting;
    private final EvaluatorCompiler compiler;
    private final RexBuilder rexBuilder;
    private final Branches branches;
    private final StringBuilder digest = new StringBuilder();
    private final List<String> explanation = new ArrayList<>();

    /**
     * @param lifting takes the constants out of what has to be asked
     */
    public ConditionSplit(
            TableSchema table,
            RowLayout layout,
            ParameterLifting lifting,
            EvaluatorCompiler compiler,
            RexBuilder rexBuilder) {
        this.table = table;
        this.layout = layout;
        this.lifting = lifting;
        this.compiler = compiler;
        this.rexBuilder = rexBuilder;
        this.branches = new Branches(table, rexBuilder);
    }

    /** One plan for each alternative; called once, with the terms of the condition. */
    public List<SelectionPlan> split(List<RexNode> terms) {
        return branches.of(terms).stream().map(this::plan).toList();
    }

    /** Equal for conditions that differ in values only. */
    public String digest() {
        return digest.toString();
    }

    /** How those who want a row are found, for people: a line for each alternative. */
    public List<String> explain() {
        return List.copyOf(explanation);
    }

    private SelectionPlan plan(List<RexNode> terms) {
        Map<Integer, OneOf> equal = new TreeMap<>();
        Range range = new Range();
        List<RexNode> rest = new ArrayList<>();
        takeEqualities(terms, equal);
        int rangeColumn = branches.rangeColumn(terms, equal.keySet());
        for (RexNode term : terms) {
            ColumnTest test = ColumnTest.of(term, table);
            boolean taken = test != null
                    && (equal.containsValue(test) || (test.column() == rangeColumn && range.take(test, term)));
            if (!taken) {
                rest.add(term);
            }
        }
        equal.values().forEach(this::requireMaintainable);
        range.values().forEach(ParameterLifting::requireMaintainable);
        return assemble(equal, range, rangeColumn, rest);
    }

    /** One equality for each column; of those with several values, one at all, lest their combinations be many. */
    private void takeEqualities(List<RexNode> terms, Map<Integer, OneOf> equal) {
        OneOf several = null;
        for (RexNode term : terms) {
            if (ColumnTest.of(term, table) instanceof OneOf test) {
                if (test.isSingle()) {
                    equal.putIfAbsent(test.column(), test);
                } else if (several == null) {
                    several = test;
                }
            }
        }
        if (several != null) {
            equal.putIfAbsent(several.column(), several);
        }
    }

    private void requireMaintainable(OneOf test) {
        test.values().forEach(ParameterLifting::requireMaintainable);
        test.arrays().forEach(ParameterLifting::requireMaintainable);
    }

    private SelectionPlan assemble(Map<Integer, OneOf> equal, Range range, int rangeColumn, List<RexNode> rest) {
        List<RexNode> common = new ArrayList<>();
        List<RexNode> own = new ArrayList<>();
        List<RexNode> asked = new ArrayList<>();
        for (RexNode term : rest) {
            RexNode lifted = lifting.lift(term);
            boolean isOwn = ParameterLifting.readsParameter(lifted);
            (isOwn ? own : common).add(lifted);
            if (isOwn) {
                asked.add(term);
            }
        }
        int firstLoose = lifting.lifted().size();
        RexNode loose = range.pattern == null ? null : lifting.lift(range.pattern);
        int endLoose = lifting.lifted().size();
        int[] columns = equal.keySet().stream().mapToInt(Integer::intValue).toArray();
        Alternative alternative = new Alternative(
                columns.length == 0 ? null : new KeyColumns(layout, columns),
                rangeColumn < 0 ? null : new RangeColumn(layout, rangeColumn),
                predicate(common),
                predicate(own),
                loose == null ? null : predicate(List.of(loose)));
        describe(columns, rangeColumn, common, own, loose);
        explain(columns, rangeColumn, common, asked);
        List<SelectionPlan.KeyPart> keys =
                equal.values().stream().map(this::keyPart).toList();
        return new SelectionPlan(alternative, keys, range.part(compiler), firstLoose, endLoose);
    }

    private @Nullable RowPredicate predicate(List<RexNode> terms) {
        RexNode condition = RexUtil.composeConjunction(rexBuilder, terms, true);
        return condition == null ? null : compiler.compilePredicate(condition, layout);
    }

    private SelectionPlan.KeyPart keyPart(OneOf test) {
        ColumnType column = type(test.column());
        List<KeyValue> values = test.values().stream()
                .map(value -> new KeyValue(compiler.compile(value), column, RelTypes.columnType(value.getType())))
                .toList();
        List<SelectionPlan.ArrayValue> arrays = test.arrays().stream()
                .map(array -> new SelectionPlan.ArrayValue(compiler.compile(array), elementType(array)))
                .toList();
        return new SelectionPlan.KeyPart(column, values, arrays);
    }

    private static ColumnType elementType(RexNode array) {
        return ((ArrayType) RelTypes.columnType(array.getType())).element();
    }

    private void describe(
            int[] columns, int rangeColumn, List<RexNode> common, List<RexNode> own, @Nullable RexNode loose) {
        digest.append(digest.isEmpty() ? "" : " or ")
                .append("key ")
                .append(names(columns))
                .append(" range ")
                .append(rangeColumn < 0 ? "none" : name(rangeColumn))
                .append(" common ")
                .append(common)
                .append(" own ")
                .append(own)
                .append(" loose ")
                .append(loose);
    }

    private void explain(int[] columns, int rangeColumn, List<RexNode> common, List<RexNode> asked) {
        List<String> found = new ArrayList<>();
        if (columns.length > 0) {
            found.add("hash of " + String.join(", ", names(columns)));
        }
        if (rangeColumn >= 0) {
            found.add("interval of " + name(rangeColumn));
        }
        ExpressionText text = new ExpressionText(
                table.columns().stream().map(ColumnDefinition::name).toList());
        explanation.add((found.isEmpty() ? "all" : String.join(", then ", found))
                + (common.isEmpty() ? "" : "; asked once: " + text.of(common))
                + (asked.isEmpty() ? "" : "; asked of each: " + text.of(asked)));
    }

    private List<String> names(int[] columns) {
        return Arrays.stream(columns).mapToObj(this::name).toList();
    }

    private String name(int column) {
        return table.columns().get(column).name();
    }

    private ColumnType type(int column) {
        return table.columns().get(column).type();
    }

    /** What is said about the range column: bounds from either side, or a prefix. */
    private static final class Range {
        private @Nullable Order lower;
        private @Nullable Order upper;
        private @Nullable Start start;
        /** The condition that a prefix may be too weak for. */
        private @Nullable RexNode pattern;

        /** Takes a test over; declines one that another has taken the place of. */
        boolean take(ColumnTest test, RexNode term) {
            switch (test) {
                case OneOf one -> {
                    return false;
                }
                case Start prefix -> {
                    if (start != null || lower != null || upper != null) {
                        return false;
                    }
                    start = prefix;
                    pattern = prefix.isPattern() ? term : null;
                }
                case Order order -> {
                    if (start != null || (order.isLower() ? lower : upper) != null) {
                        return false;
                    }
                    lower = order.isLower() ? order : lower;
                    upper = order.isLower() ? upper : order;
                }
            }
            return true;
        }

        List<RexNode> values() {
            List<RexNode> values = new ArrayList<>();
            for (Order order : new @Nullable Order[] {lower, upper}) {
                if (order != null) {
                    values.add(order.value());
                }
            }
            if (start != null) {
                values.add(start.start());
                if (start.escape() != null) {
                    values.add(start.escape());
                }
            }
            return values;
        }

        SelectionPlan.@Nullable BoundsPart part(EvaluatorCompiler compiler) {
            if (start != null) {
                Evaluator escape = start.escape() == null ? null : compiler.compile(start.escape());
                return new SelectionPlan.StartingWith(compiler.compile(start.start()), escape, start.isPattern());
            }
            if (lower == null && upper == null) {
                return null;
            }
            return new SelectionPlan.Between(
                    lower == null ? null : compiler.compile(lower.value()),
                    lower != null && lower.isInclusive(),
                    upper == null ? null : compiler.compile(upper.value()),
                    upper != null && upper.isInclusive());
        }
    }
}
