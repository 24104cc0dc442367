package dev.merapi.query.dataflow.operator;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.dataflow.aggregate.Call;
import dev.merapi.query.dataflow.arrange.Arrangement;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.testing.property.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The law of every operator: whatever changes its inputs go through, the sum of the changes it emits is its definition
 * applied to the sum of its inputs. The definitions are written out here a second time, over whole Z-sets.
 */
class OperatorAlgebraPropertyTest {
    private static final EvalContext CONSTANTS = EvalContext.ofParameters(List.of());
    private static final List<ColumnType> TYPES = List.of(ScalarType.I32, ScalarType.I32);
    private static final Key WHOLE_ROW = Key.ofColumns(TYPES);

    /** A Z-set as a whole: rows of two columns with their weights. */
    private static final class ZSet {
        private final Map<List<@Nullable Object>, Integer> weights = new HashMap<>();

        void add(List<@Nullable Object> row, int weight) {
            if (weights.merge(row, weight, Integer::sum) == 0) {
                weights.remove(row);
            }
        }

        int weight(List<@Nullable Object> row) {
            return weights.getOrDefault(row, 0);
        }

        ZSet map(Function<List<@Nullable Object>, List<List<@Nullable Object>>> definition) {
            ZSet result = new ZSet();
            weights.forEach((row, weight) -> definition.apply(row).forEach(out -> result.add(out, weight)));
            return result;
        }

        ZSet multiplicity(Function<List<@Nullable Object>, Integer> definition) {
            ZSet result = new ZSet();
            weights.keySet().forEach(row -> {
                if (definition.apply(row) != 0) {
                    result.add(row, definition.apply(row));
                }
            });
            return result;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ZSet set && weights.equals(set.weights);
        }

        @Override
        public int hashCode() {
            return weights.hashCode();
        }

        @Override
        public String toString() {
            return weights.toString();
        }
    }

    /** The inputs of an operator under test: what they hold, what changes, and arrangements of it. */
    private static final class Inputs {
        final List<ZSet> sums = new ArrayList<>();
        final List<Delta> deltas = new ArrayList<>();
        final List<Arrangement> arrangements = new ArrayList<>();

        Inputs(int count) {
            for (int i = 0; i < count; i++) {
                sums.add(new ZSet());
                deltas.add(new Delta());
            }
        }

        Delta delta(int input) {
            return deltas.get(input);
        }

        Arrangement by(int input, int column) {
            Key key = new Key(List.of(Key.Part.of(Expression.column(column), ScalarType.I32, false)));
            arrangements.add(new Arrangement(deltas.get(input), key, CONSTANTS));
            return arrangements.getLast();
        }

        /** A change that leaves no row with a negative weight. */
        void change(Draw draw) {
            for (int input = 0; input < sums.size(); input++) {
                for (int i = draw.intBetween(0, 5); i > 0; i--) {
                    List<@Nullable Object> row = Arrays.asList(value(draw), value(draw));
                    int weight = draw.bool()
                            ? draw.intBetween(1, 2)
                            : -sums.get(input).weight(row);
                    if (weight != 0) {
                        sums.get(input).add(row, weight);
                        deltas.get(input).accept(new ArrayRow(row.toArray()), weight);
                    }
                }
                deltas.get(input).consolidate();
            }
        }

        void settle() {
            arrangements.forEach(Arrangement::settle);
            deltas.forEach(Delta::clear);
        }
    }

    private static @Nullable Object value(Draw draw) {
        return draw.oneIn(6) ? null : (Object) draw.intBetween(0, 3);
    }

    /** An operator under test with what it should be. */
    private record Tested(Operator operator, Function<List<ZSet>, ZSet> definition) {}

    private static void holds(int inputCount, Function<Inputs, Tested> making) {
        property().explore(draw -> {
            Inputs inputs = new Inputs(inputCount);
            Tested tested = making.apply(inputs);
            ZSet sum = new ZSet();
            tested.operator().feed((row, weight) -> sum.add(Arrays.asList(row.toArray()), weight));
            for (int commit = 0; commit < 8; commit++) {
                inputs.change(draw);
                draw.note("after " + inputs.sums);
                tested.operator().step();
                inputs.settle();
                assertThat(sum).isEqualTo(tested.definition().apply(inputs.sums));
            }
        });
    }

    private static Expression isMoreThanOne(int column) {
        return new Expression((row, context) -> row.get(column) instanceof Integer n && n > 1, Expression.NOBODY);
    }

    private static boolean isMoreThanOne(@Nullable Object value) {
        return value instanceof Integer n && n > 1;
    }

    /** Lets an operator that takes rows one by one read a collected change. */
    private static Operator reading(Inputs inputs, Operator operator, dev.merapi.query.dataflow.zset.Sink... sinks) {
        return new Operator() {
            {
                operator.feed(this::emit);
            }

            @Override
            public void step() {
                for (int input = 0; input < sinks.length; input++) {
                    for (int i = 0; i < inputs.delta(input).size(); i++) {
                        sinks[input].accept(
                                inputs.delta(input).row(i), inputs.delta(input).weight(i));
                    }
                }
            }
        };
    }

    @Test
    void a_filter_is_linear() {
        holds(1, inputs -> {
            Filter filter = new Filter(List.of(isMoreThanOne(0)), CONSTANTS);
            return new Tested(
                    reading(inputs, filter, filter),
                    sums -> sums.getFirst().map(row -> isMoreThanOne(row.getFirst()) ? List.of(row) : List.of()));
        });
    }

    @Test
    void a_projection_is_linear() {
        holds(1, inputs -> {
            Project project = new Project(List.of(Expression.column(1)), CONSTANTS);
            return new Tested(
                    reading(inputs, project, project),
                    sums -> sums.getFirst().map(row -> List.of(Arrays.asList(row.get(1)))));
        });
    }

    @Test
    void a_union_is_the_sum() {
        holds(2, inputs -> {
            Union union = new Union();
            return new Tested(reading(inputs, union, union, union), sums -> {
                ZSet sum = sums.get(0).map(List::of);
                sums.get(1).weights.forEach(sum::add);
                return sum;
            });
        });
    }

    @Test
    void distinct_is_at_most_one() {
        holds(
                1,
                inputs -> new Tested(
                        new Distinct(inputs.delta(0), WHOLE_ROW, CONSTANTS),
                        sums -> sums.getFirst().multiplicity(row -> 1)));
    }

    @Test
    void intersect_is_the_smaller_number() {
        holds(
                2,
                inputs -> new Tested(
                        new Intersect(inputs.deltas, true, WHOLE_ROW, CONSTANTS),
                        sums -> sums.get(0)
                                .multiplicity(row -> Math.min(
                                        sums.get(0).weight(row), sums.get(1).weight(row)))));
        holds(
                2,
                inputs -> new Tested(
                        new Intersect(inputs.deltas, false, WHOLE_ROW, CONSTANTS),
                        sums -> sums.get(0)
                                .multiplicity(row -> Math.min(1, sums.get(1).weight(row)))));
    }

    @Test
    void except_is_what_is_left_over() {
        holds(
                2,
                inputs -> new Tested(
                        new Except(inputs.deltas, true, WHOLE_ROW, CONSTANTS),
                        sums -> sums.get(0)
                                .multiplicity(row -> Math.max(
                                        0, sums.get(0).weight(row) - sums.get(1).weight(row)))));
        holds(
                2,
                inputs -> new Tested(
                        new Except(inputs.deltas, false, WHOLE_ROW, CONSTANTS),
                        sums -> sums.get(0).multiplicity(row -> sums.get(1).weight(row) == 0 ? 1 : 0)));
    }

    private static Key column(int column) {
        return new Key(List.of(Key.Part.of(Expression.column(column), ScalarType.I32, false)));
    }

    /** Inputs side by side, two columns each. */
    private static Join.Layout layout(int inputs) {
        List<Integer> input = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            input.addAll(List.of(i, i));
            columns.addAll(List.of(0, 1));
        }
        return new Join.Layout(inputs, input, columns);
    }

    private static List<Expression> columns(int count) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(Expression.column(i));
        }
        return columns;
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        return left != null && left.equals(right);
    }

    @Test
    void a_join_of_two_is_bilinear() {
        holds(2, inputs -> {
            Arrangement left = inputs.by(0, 1);
            Arrangement right = inputs.by(1, 0);
            List<Join.Path> paths = List.of(
                    new Join.Path(inputs.delta(0), List.of(new Join.Lookup(1, right, column(1), List.of()))),
                    new Join.Path(inputs.delta(1), List.of(new Join.Lookup(0, left, column(2), List.of()))));
            return new Tested(
                    new Join(paths, layout(2), columns(4), CONSTANTS),
                    sums -> product(sums.get(0), sums.get(1), row -> equal(row.get(1), row.get(2))));
        });
    }

    @Test
    void a_join_of_three_is_multilinear_and_asks_its_conditions() {
        holds(3, inputs -> {
            Arrangement a = inputs.by(0, 1);
            Arrangement bByFirst = inputs.by(1, 0);
            Arrangement bBySecond = inputs.by(1, 1);
            Arrangement c = inputs.by(2, 0);
            List<Expression> condition = List.of(isMoreThanOne(5));
            List<Join.Path> paths = List.of(
                    new Join.Path(
                            inputs.delta(0),
                            List.of(
                                    new Join.Lookup(1, bByFirst, column(1), List.of()),
                                    new Join.Lookup(2, c, column(3), condition))),
                    new Join.Path(
                            inputs.delta(1),
                            List.of(
                                    new Join.Lookup(2, c, column(3), condition),
                                    new Join.Lookup(0, a, column(2), List.of()))),
                    new Join.Path(
                            inputs.delta(2),
                            List.of(
                                    new Join.Lookup(1, bBySecond, column(4), condition),
                                    new Join.Lookup(0, a, column(2), List.of()))));
            return new Tested(
                    new Join(paths, layout(3), columns(6), CONSTANTS),
                    sums -> product(
                            product(sums.get(0), sums.get(1), row -> equal(row.get(1), row.get(2))),
                            sums.get(2),
                            row -> equal(row.get(3), row.get(4)) && isMoreThanOne(row.get(5))));
        });
    }

    private static ZSet product(ZSet left, ZSet right, Function<List<@Nullable Object>, Boolean> condition) {
        ZSet result = new ZSet();
        left.weights.forEach((l, a) -> right.weights.forEach((r, b) -> {
            List<@Nullable Object> row = new ArrayList<>(l);
            row.addAll(r);
            if (condition.apply(row)) {
                result.add(row, a * b);
            }
        }));
        return result;
    }

    @Test
    void an_anti_join_keeps_rows_without_a_partner() {
        holds(
                2,
                inputs -> new Tested(
                        new AntiJoin(inputs.delta(0), inputs.by(0, 1), inputs.by(1, 0)),
                        sums -> partners(sums, row -> equal(row.get(1), row.get(2)), false)));
    }

    @Test
    void semi_and_anti_joins_count_the_partners_that_fulfil_a_condition() {
        for (boolean wanted : List.of(true, false)) {
            holds(
                    2,
                    inputs -> new Tested(
                            new MatchJoin(
                                    new MatchJoin.Side(inputs.delta(0), inputs.by(0, 1)),
                                    new MatchJoin.Side(inputs.delta(1), inputs.by(1, 0)),
                                    new MatchJoin.Condition(layout(2), List.of(isMoreThanOne(3))),
                                    wanted,
                                    CONSTANTS),
                            sums -> partners(
                                    sums, row -> equal(row.get(1), row.get(2)) && isMoreThanOne(row.get(3)), wanted)));
        }
    }

    private static ZSet partners(List<ZSet> sums, Function<List<@Nullable Object>, Boolean> condition, boolean wanted) {
        return sums.get(0).multiplicity(row -> {
            ZSet one = new ZSet();
            one.add(row, 1);
            boolean has = !product(one, sums.get(1), condition).weights.isEmpty();
            return has == wanted ? sums.get(0).weight(row) : 0;
        });
    }

    @Test
    void a_grouping_shows_one_row_for_each_key_that_is_there() {
        holds(1, inputs -> {
            Key key = new Key(List.of(Key.Part.of(Expression.column(0), ScalarType.I32, true)));
            List<GroupBy.Column> shown = List.of(new GroupBy.Column.Shared(0), new GroupBy.Column.Aggregate(0));
            GroupBy.Input input = new GroupBy.Input(inputs.delta(0), null);
            return new Tested(
                    new GroupBy(input, key, shown, List.of(Call.rowCount()), CONSTANTS),
                    sums -> counted(sums.getFirst()));
        });
    }

    private static ZSet counted(ZSet rows) {
        Map<@Nullable Object, Long> counts = new HashMap<>();
        rows.weights.forEach((row, weight) -> counts.merge(row.getFirst(), (long) weight, Long::sum));
        ZSet result = new ZSet();
        counts.forEach((key, count) -> result.add(Arrays.asList(key, count), 1));
        return result;
    }

    @Test
    void a_grouping_without_keys_shows_a_row_for_each_of_its_domain() {
        holds(2, inputs -> {
            Key key = new Key(List.of(Key.Part.tag(0)));
            List<GroupBy.Column> shown = List.of(new GroupBy.Column.Shared(0), new GroupBy.Column.Aggregate(0));
            return new Tested(
                    new GroupBy(
                            new GroupBy.Input(inputs.delta(0), inputs.delta(1)),
                            key,
                            shown,
                            List.of(Call.rowCount()),
                            CONSTANTS),
                    sums -> {
                        ZSet all = counted(sums.get(0));
                        ZSet result = new ZSet();
                        all.weights.forEach(result::add);
                        sums.get(1).weights.keySet().forEach(row -> {
                            List<@Nullable Object> nothing = Arrays.asList(row.getFirst(), 0L);
                            boolean known = all.weights.keySet().stream()
                                    .anyMatch(shownRow -> Objects.equals(shownRow.getFirst(), row.getFirst()));
                            if (!known && result.weight(nothing) == 0) {
                                result.add(nothing, 1);
                            }
                        });
                        return result;
                    });
        });
    }

    @Test
    void a_window_is_filled_up_again_from_the_rows_behind_it() {
        for (int offset : List.of(0, 2)) {
            holds(1, inputs -> {
                TotalOrder order = new TotalOrder(null, 0, TYPES);
                TopN.Limits limits = new TopN.Limits(number(offset), number(3));
                return new Tested(
                        new TopN(inputs.delta(0), new Key(List.of()), order, limits, CONSTANTS),
                        sums -> window(sums.getFirst(), order, offset, 3));
            });
        }
    }

    private static Expression number(long value) {
        return new Expression((row, context) -> value, Expression.NOBODY);
    }

    private static ZSet window(ZSet rows, Comparator<Row> order, int offset, int limit) {
        TreeMap<Row, Integer> sorted = new TreeMap<>(order);
        rows.weights.forEach((row, weight) -> sorted.put(new ArrayRow(row.toArray()), weight));
        List<Row> all = new ArrayList<>();
        sorted.forEach((row, weight) -> {
            for (int i = 0; i < weight; i++) {
                all.add(row);
            }
        });
        ZSet result = new ZSet();
        all.stream().skip(offset).limit(limit).forEach(row -> result.add(Arrays.asList(row.toArray()), 1));
        return result;
    }
}
