package dev.merapi.query.expr.aggregate;

import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_COMPATIBLE;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ELEMENT;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.Declaration;
import dev.merapi.query.expr.Functions;
import dev.merapi.query.expr.ParameterType;
import dev.merapi.query.expr.WindowFunction;
import dev.merapi.query.expr.WindowView;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions of a row's place in its partition. */
final class Windows {
    private static final ParameterType INTEGER = ParameterType.of(I32);

    private Windows() {}

    static void register(Functions.Builder to) {
        ranks(to);
        neighbours(to, "lag", -1);
        neighbours(to, "lead", 1);
        frames(to);
    }

    private static void ranks(Functions.Builder to) {
        add(to, "row_number", I64, view -> view.position() + 1L);
        add(to, "rank", I64, view -> view.groupStart() + 1L);
        add(to, "dense_rank", I64, view -> view.groupsBefore() + 1L);
        add(
                to,
                "percent_rank",
                F64,
                view -> view.partitionSize() <= 1 ? 0.0 : (double) view.groupStart() / (view.partitionSize() - 1));
        add(to, "cume_dist", F64, view -> (double) view.groupEnd() / view.partitionSize());
        generic(to, "ntile", List.of(INTEGER), types -> I32, Windows::tile);
    }

    private static void add(
            Functions.Builder to, String name, ColumnType result, Function<WindowView, Object> evaluate) {
        WindowFunction function =
                new WindowFunction(name, List.of(), result, false, (context, view) -> evaluate.apply(view));
        to.window(new Declaration<>(name, List.of(), false, types -> function));
    }

    private static void generic(
            Functions.Builder to,
            String name,
            List<ParameterType> parameters,
            Function<List<ColumnType>, ColumnType> result,
            Function<WindowView, @Nullable Object> evaluate) {
        to.window(new Declaration<>(
                name,
                parameters,
                false,
                types -> new WindowFunction(
                        name, types, result.apply(types), true, (context, view) -> evaluate.apply(view))));
    }

    /** Buckets as equal as possible, the larger ones first. */
    private static @Nullable Object tile(WindowView view) {
        Object given = view.argument(0, 0);
        if (given == null) {
            return null;
        }
        int buckets = (Integer) given;
        if (buckets <= 0) {
            throw new CodedException(ErrorCode.INVALID_NTILE, "argument of ntile must be greater than zero")
                    .with("argument", buckets);
        }
        int size = view.partitionSize() / buckets;
        int larger = view.partitionSize() % buckets;
        int inLarger = larger * (size + 1);
        int position = view.position();
        return position < inLarger ? position / (size + 1) + 1 : larger + (position - inLarger) / size + 1;
    }

    private static void neighbours(Functions.Builder to, String name, int direction) {
        generic(to, name, List.of(ANY_ELEMENT), List::getFirst, view -> neighbour(view, direction, 1, false));
        generic(to, name, List.of(ANY_ELEMENT, INTEGER), List::getFirst, view -> neighbour(view, direction, false));
        generic(
                to,
                name,
                List.of(ANY_COMPATIBLE, INTEGER, ANY_COMPATIBLE),
                List::getFirst,
                view -> neighbour(view, direction, true));
    }

    private static @Nullable Object neighbour(WindowView view, int direction, boolean withDefault) {
        Object distance = view.argument(view.position(), 1);
        return distance == null ? null : neighbour(view, direction, (Integer) distance, withDefault);
    }

    private static @Nullable Object neighbour(WindowView view, int direction, int distance, boolean withDefault) {
        long row = view.ignoreNulls()
                ? skippingNulls(view, direction, distance)
                : view.position() + (long) direction * distance;
        if (row >= 0 && row < view.partitionSize()) {
            return view.argument((int) row, 0);
        }
        return withDefault ? view.argument(view.position(), 2) : null;
    }

    private static long skippingNulls(WindowView view, int direction, int distance) {
        int step = distance < 0 ? -direction : direction;
        int left = Math.abs(distance);
        int row = view.position();
        while (left > 0) {
            row += step;
            if (row < 0 || row >= view.partitionSize()) {
                return -1;
            }
            left -= view.argument(row, 0) == null ? 0 : 1;
        }
        return row;
    }

    private static void frames(Functions.Builder to) {
        generic(to, "first_value", List.of(ANY_ELEMENT), List::getFirst, view -> nth(view, 1));
        generic(to, "last_value", List.of(ANY_ELEMENT), List::getFirst, Windows::last);
        generic(to, "nth_value", List.of(ANY_ELEMENT, INTEGER), List::getFirst, view -> {
            Object n = view.argument(view.position(), 1);
            return n == null ? null : nth(view, (Integer) n);
        });
    }

    private static @Nullable Object nth(WindowView view, int n) {
        if (n <= 0) {
            throw new CodedException(ErrorCode.INVALID_NTH_VALUE, "argument of nth_value must be greater than zero")
                    .with("argument", n);
        }
        if (!view.ignoreNulls()) {
            int row = view.frameRow(n - 1);
            return row < 0 ? null : view.argument(row, 0);
        }
        int found = 0;
        for (int i = 0, row = view.frameRow(0); row >= 0; row = view.frameRow(++i)) {
            Object value = view.argument(row, 0);
            if (value != null && ++found == n) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable Object last(WindowView view) {
        if (!view.ignoreNulls()) {
            int row = view.lastFrameRow();
            return row < 0 ? null : view.argument(row, 0);
        }
        Object last = null;
        for (int i = 0, row = view.frameRow(0); row >= 0; row = view.frameRow(++i)) {
            Object value = view.argument(row, 0);
            last = value == null ? last : value;
        }
        return last;
    }
}
