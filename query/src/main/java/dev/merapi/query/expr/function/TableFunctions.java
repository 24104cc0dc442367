package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.INTERVAL;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.api.schema.ScalarType.TIMESTAMP;
import static dev.merapi.api.schema.ScalarType.TIMESTAMPTZ;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ARRAY;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.Interval;
import dev.merapi.query.expr.Declaration;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.value.DateTimes;
import dev.merapi.query.expr.value.Decimals;
import dev.merapi.query.expr.value.Errors;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Functions that return rows: series, elements of arrays, parts of text. Rows are made one at a time, as they are
 * asked for.
 */
final class TableFunctions {
    private static final ColumnType NUMERIC = DecimalType.UNCONSTRAINED;

    private TableFunctions() {}

    static void register(Registrar to) {
        series(to);
        arrays(to);
        texts(to);
    }

    private static void series(Registrar to) {
        series(to, List.of(I32, I32), I32, arguments -> integers(arguments, value -> (int) value));
        series(to, List.of(I32, I32, I32), I32, arguments -> integers(arguments, value -> (int) value));
        series(to, List.of(I64, I64), I64, arguments -> integers(arguments, value -> value));
        series(to, List.of(I64, I64, I64), I64, arguments -> integers(arguments, value -> value));
        series(to, List.of(NUMERIC, NUMERIC), NUMERIC, TableFunctions::decimals);
        series(to, List.of(NUMERIC, NUMERIC, NUMERIC), NUMERIC, TableFunctions::decimals);
        series(
                to,
                List.of(TIMESTAMP, TIMESTAMP, INTERVAL),
                TIMESTAMP,
                arguments -> times(
                        (LocalDateTime) Objects.requireNonNull(arguments[0]),
                        (LocalDateTime) Objects.requireNonNull(arguments[1]),
                        (Interval) Objects.requireNonNull(arguments[2]),
                        time -> time));
        series(
                to,
                List.of(TIMESTAMPTZ, TIMESTAMPTZ, INTERVAL),
                TIMESTAMPTZ,
                arguments -> times(
                        DateTimes.local((Instant) Objects.requireNonNull(arguments[0])),
                        DateTimes.local((Instant) Objects.requireNonNull(arguments[1])),
                        (Interval) Objects.requireNonNull(arguments[2]),
                        time -> DateTimes.instant((LocalDateTime) time)));
    }

    /** Makes the values of a series from its arguments. */
    @FunctionalInterface
    private interface Series {
        Iterator<@Nullable Object[]> of(@Nullable Object[] arguments);
    }

    private static void series(Registrar to, List<ColumnType> parameters, ColumnType type, Series series) {
        String name = "generate_series";
        TableFunction function = new TableFunction(
                name,
                parameters,
                RowType.of(new Column(name, type, false)),
                true,
                (context, arguments) -> series.of(arguments));
        to.table(new Declaration<>(name, Registrar.exact(parameters), false, types -> function));
    }

    /** Counts from a value on as long as a condition holds. */
    private static Iterator<@Nullable Object[]> counting(
            Object first, Predicate<Object> inside, UnaryOperator<@Nullable Object> next) {
        return new Iterator<>() {
            private @Nullable Object value = inside.test(first) ? first : null;

            @Override
            public boolean hasNext() {
                return value != null;
            }

            @Override
            public @Nullable Object[] next() {
                Object current = value;
                if (current == null) {
                    throw new NoSuchElementException();
                }
                Object following = next.apply(current);
                value = following != null && inside.test(following) ? following : null;
                return new @Nullable Object[] {current};
            }
        };
    }

    /** Boxes a long as the series' type. */
    @FunctionalInterface
    private interface Box {
        Object of(long value);
    }

    private static Iterator<@Nullable Object[]> integers(@Nullable Object[] arguments, Box box) {
        long first = Integers.asLong(arguments[0]);
        long last = Integers.asLong(arguments[1]);
        long step = arguments.length > 2 ? Integers.asLong(arguments[2]) : 1;
        requireStep(step != 0);
        Iterator<@Nullable Object[]> longs =
                counting(first, value -> step > 0 ? (Long) value <= last : (Long) value >= last, value -> {
                    long current = (Long) Objects.requireNonNull(value);
                    long following = current + step;
                    boolean overflow = ((current ^ following) & (step ^ following)) < 0;
                    return overflow ? null : (Object) following;
                });
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return longs.hasNext();
            }

            @Override
            public @Nullable Object[] next() {
                @Nullable Object[] row = longs.next();
                row[0] = box.of((Long) Objects.requireNonNull(row[0]));
                return row;
            }
        };
    }

    private static void requireStep(boolean valid) {
        if (!valid) {
            throw Errors.argument("step size cannot equal zero");
        }
    }

    private static Iterator<@Nullable Object[]> decimals(@Nullable Object[] arguments) {
        BigDecimal first = (BigDecimal) Objects.requireNonNull(arguments[0]);
        BigDecimal last = (BigDecimal) Objects.requireNonNull(arguments[1]);
        BigDecimal step = arguments.length > 2 ? (BigDecimal) Objects.requireNonNull(arguments[2]) : BigDecimal.ONE;
        requireStep(step.signum() != 0);
        return counting(
                first,
                value -> ((BigDecimal) value).compareTo(last) * step.signum() <= 0,
                value -> Decimals.add((BigDecimal) Objects.requireNonNull(value), step));
    }

    private static Iterator<@Nullable Object[]> times(
            LocalDateTime first, LocalDateTime last, Interval step, UnaryOperator<Object> of) {
        int sign = step.compareTo(Interval.ZERO);
        requireStep(sign != 0);
        Iterator<@Nullable Object[]> times = counting(
                first,
                value -> ((LocalDateTime) value).compareTo(last) * sign <= 0,
                value -> DateTimes.plus((LocalDateTime) Objects.requireNonNull(value), step));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return times.hasNext();
            }

            @Override
            public @Nullable Object[] next() {
                @Nullable Object[] row = times.next();
                row[0] = of.apply(Objects.requireNonNull(row[0]));
                return row;
            }
        };
    }

    private static void arrays(Registrar to) {
        to.table("unnest", List.of(ANY_ARRAY), false, TableFunctions::unnest);
        for (int count = 2; count <= 3; count++) {
            List<ParameterType> parameters = new ArrayList<>(List.of(ANY_ARRAY, ParameterType.of(I32)));
            if (count == 3) {
                parameters.add(ParameterType.of(BOOL));
            }
            to.table("generate_subscripts", parameters, false, TableFunctions::subscripts);
        }
    }

    /** An array of arrays gives up all its innermost elements. */
    private static TableFunction unnest(String name, List<ColumnType> types) {
        ColumnType element = types.getFirst();
        while (element instanceof ArrayType array) {
            element = array.element();
        }
        return new TableFunction(
                name,
                types,
                Rows.column(name, element),
                true,
                (context, arguments) -> Rows.of(
                        flat((List<?>) Objects.requireNonNull(arguments[0])).iterator()));
    }

    private static List<? extends @Nullable Object> flat(List<?> array) {
        if (array.stream().noneMatch(element -> element instanceof List<?>)) {
            return array;
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (Object element : array) {
            all.addAll(element instanceof List<?> inner ? flat(inner) : Collections.singletonList(element));
        }
        return all;
    }

    private static TableFunction subscripts(String name, List<ColumnType> types) {
        RowType columns = RowType.of(new Column(name, I32, false));
        return new TableFunction(name, types, columns, true, (context, arguments) -> {
            Object array = arguments[0];
            for (int i = 1; i < (Integer) Objects.requireNonNull(arguments[1]); i++) {
                array = array instanceof List<?> list && !list.isEmpty() ? list.getFirst() : null;
            }
            int size = array instanceof List<?> list ? list.size() : 0;
            boolean reverse = arguments.length > 2 && Boolean.TRUE.equals(arguments[2]);
            @Nullable
            Object[] bounds = reverse ? new @Nullable Object[] {size, 1, -1} : new @Nullable Object[] {1, size, 1};
            return integers(bounds, value -> (int) value);
        });
    }

    private static void texts(Registrar to) {
        for (int count = 2; count <= 3; count++) {
            List<ColumnType> parameters = Collections.nCopies(count, TEXT);
            TableFunction function = new TableFunction(
                    "string_to_table",
                    parameters,
                    Rows.column("string_to_table", TEXT),
                    false,
                    (context, arguments) -> {
                        Object forNull = arguments.length > 2 ? arguments[2] : null;
                        List<@Nullable String> parts = ArrayChanges.split(arguments[0], arguments[1], forNull);
                        return Rows.of(parts == null ? Collections.emptyIterator() : parts.iterator());
                    });
            to.table(new Declaration<>("string_to_table", Registrar.exact(parameters), false, types -> function));
        }
    }
}
