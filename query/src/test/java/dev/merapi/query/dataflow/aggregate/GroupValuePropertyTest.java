package dev.merapi.query.dataflow.aggregate;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.Interval;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.function.StandardFunctions;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import dev.merapi.testing.property.Draw;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelFieldCollation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever came and went, an aggregate is that of the rows that are there: exact, down to the digits shown. */
class GroupValuePropertyTest {
    private static final EvalContext CONTEXT = EvalContext.ofParameters(List.of());
    private static final List<String> NAMES = List.of(
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "stddev",
            "var_pop",
            "bool_and",
            "bool_or",
            "every",
            "bit_and",
            "array_agg",
            "jsonb_agg",
            "mode");
    private static final List<String> EXTREMES = List.of("min", "max", "mode");
    private static final List<ColumnType> TYPES = List.of(
            ScalarType.I32,
            ScalarType.I64,
            DecimalType.UNCONSTRAINED,
            ScalarType.F64,
            ScalarType.F32,
            ScalarType.TEXT,
            ScalarType.BOOL,
            ScalarType.INTERVAL);

    /** A value; equal ones have the same form unless {@code forms}: which one is shown is nobody's promise. */
    private static Object value(Draw draw, ColumnType type, boolean forms) {
        int n = draw.intBetween(-5, 5);
        return switch (type) {
            case DecimalType decimal -> BigDecimal.valueOf(n * 10L, forms ? draw.intBetween(-1, 3) : 2);
            case ScalarType scalar ->
                switch (scalar) {
                    case I32 -> n;
                    case I64 -> n * (1L << 60);
                    case F64 -> n * 0.1;
                    case F32 -> n * 0.1f;
                    case BOOL -> n > 0;
                    case INTERVAL -> new Interval(n, -n, n * 1000L);
                    default -> "t" + n;
                };
            default -> throw new IllegalArgumentException();
        };
    }

    @Test
    void an_aggregate_is_that_of_the_rows_that_are_there() {
        property().runs(1500).explore(draw -> {
            ColumnType type = draw.pick(TYPES);
            AggregateFunction function = resolve(draw.pick(NAMES), type);
            if (function == null) {
                return;
            }
            boolean distinct = draw.bool();
            boolean forms = !distinct && !EXTREMES.contains(function.name());
            draw.note(function + (distinct ? " distinct" : ""));
            Call call = Calls.plan(
                    new Calls.Description(function, List.of(0), 1, distinct, List.of(new RelFieldCollation(0))),
                    List.of(type, ScalarType.BOOL));
            GroupValue value = call.values().newValue(CONTEXT);
            List<Row> there = new ArrayList<>();

            for (int i = draw.intBetween(1, 25); i > 0; i--) {
                if (!there.isEmpty() && draw.oneIn(2)) {
                    Row gone = there.remove(draw.intBetween(0, there.size() - 1));
                    call.add(value, gone, -1);
                } else {
                    Object argument = draw.oneIn(6) ? null : value(draw, type, forms);
                    Row row = new ArrayRow(argument, draw.pick(List.of(true, true, false)));
                    int times = draw.intBetween(1, 2);
                    for (int j = 0; j < times; j++) {
                        there.add(row);
                    }
                    call.add(value, row, times);
                }
                draw.note(there);

                assertThat(value.result()).isEqualTo(fromScratch(function, type, distinct, there));
            }
        });
    }

    /** The aggregate of this very type, if there is one. */
    private static @Nullable AggregateFunction resolve(String name, ColumnType type) {
        try {
            AggregateFunction function = StandardFunctions.functions().resolveAggregate(name, List.of(type));
            boolean exact = function != null
                    && function.kind() == AggregateFunction.Kind.PLAIN
                    && function.parameterTypes().equals(List.of(type));
            return exact ? function : null;
        } catch (CodedException e) {
            return null; // there is no min(boolean)
        }
    }

    private static @Nullable Object fromScratch(
            AggregateFunction function, ColumnType type, boolean distinct, List<Row> rows) {
        List<Row> sorted =
                new ArrayList<>(rows.stream().filter(row -> row.getBoolean(1)).toList());
        sorted.sort(new TotalOrder(null, 0, List.of(type, ScalarType.BOOL)));
        Comparator<@Nullable Object> order = Comparator.nullsLast(ValueOrder.comparator(type));
        Accumulator accumulator = function.newAccumulator();
        Object before = null;
        boolean first = true;
        for (Row row : sorted) {
            Object argument = row.get(0);
            boolean repeated = !first && order.compare(before, argument) == 0;
            boolean counts = !(function.strict() && argument == null) && !(distinct && repeated);
            if (counts) {
                accumulator.add(CONTEXT, new @Nullable Object[] {argument});
            }
            first = false;
            before = argument;
        }
        return accumulator.result(CONTEXT);
    }

    @Test
    void a_query_used_as_a_value_has_at_most_one_row() {
        GroupValue value = Call.singleValue(0).values().newValue(CONTEXT);
        assertThat(value.result()).isNull();

        value.add(new Object[] {7}, 1);
        assertThat(value.result()).isEqualTo(7);

        value.add(new Object[] {7}, 1);
        assertThat(Objects.toString(org.assertj.core.api.Assertions.catchThrowable(value::result)))
                .contains("more than one row");
    }
}
