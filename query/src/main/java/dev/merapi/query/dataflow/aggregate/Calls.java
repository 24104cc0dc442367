package dev.merapi.query.dataflow.aggregate;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.exec.operator.RowOrder;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;

/** Chooses how each aggregate of a query is kept up to date. */
public final class Calls {
    private static final Set<String> SHOW_ORDER = Set.of(
            "array_agg", "string_agg", "json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "any_value");

    private Calls() {}

    /**
     * An aggregate call.
     *
     * @param arguments columns of the input
     * @param filter a column of the input, or -1
     * @param order over columns of the input
     */
    public record Description(
            AggregateFunction function,
            List<Integer> arguments,
            int filter,
            boolean distinct,
            List<RelFieldCollation> order) {}

    /** Whether the value of an aggregate shows in which order it met its rows. */
    public static boolean showsOrder(String function) {
        return SHOW_ORDER.contains(function);
    }

    /** The plan of a call; {@code types} are those of the input's columns. */
    public static Call plan(Description call, List<ColumnType> types) {
        AggregateFunction function = call.function();
        List<ColumnType> argumentTypes =
                call.arguments().stream().map(types::get).toList();
        List<Integer> columns = new ArrayList<>(call.arguments());
        Call.Maker maker = exact(function, argumentTypes);
        if (maker == null) {
            maker = recomputed(call, types, columns);
        }
        if (call.distinct()) {
            Call.Maker inner = maker;
            Key key = Key.ofColumns(argumentTypes);
            maker = context -> new DistinctValue(inner.newValue(context), key, context);
        }
        return new Call(columns, argumentTypes.size(), function.strict(), call.filter(), maker);
    }

    /**
     * All values of a column as an array, NULLs too; an empty one where there are none.
     *
     * @param types of the rows' columns, the first {@code tags} of which are the tag
     * @param column with the values, counted behind the tag
     * @param order over columns counted behind the tag
     */
    public static Call array(List<ColumnType> types, int tags, int column, List<RelFieldCollation> order) {
        List<Integer> columns = new ArrayList<>(List.of(tags + column));
        List<RelFieldCollation> shifted = order.stream()
                .map(part -> part.withFieldIndex(tags + part.getFieldIndex()))
                .toList();
        TotalOrder total = order(shifted, types, columns);
        return new Call(columns, 1, false, -1, context -> new RecomputedValue(ArrayOfAll::new, 1, total, context));
    }

    private static Call.@org.jspecify.annotations.Nullable Maker exact(
            AggregateFunction function, List<ColumnType> types) {
        if (function.newAccumulator().isRetractable()) {
            return context -> new RunningValue(function.newAccumulator(), context);
        }
        return switch (function.name()) {
            case "sum" -> types.getFirst() instanceof DecimalType ? context -> new DecimalTotal(false) : null;
            case "avg" -> types.getFirst() instanceof DecimalType ? context -> new DecimalTotal(true) : null;
            case "min" -> context -> new ExtremeValue(ValueOrder.comparator(types.getFirst()), false);
            case "max" -> context -> new ExtremeValue(ValueOrder.comparator(types.getFirst()), true);
            default -> null;
        };
    }

    private static Call.Maker recomputed(Description call, List<ColumnType> types, List<Integer> columns) {
        int arguments = call.arguments().size();
        TotalOrder total = order(call.order(), types, columns);
        return context -> new RecomputedValue(call.function()::newAccumulator, arguments, total, context);
    }

    /** The order of the values that an aggregate is given; adds the columns that serve the order alone. */
    private static TotalOrder order(List<RelFieldCollation> wanted, List<ColumnType> types, List<Integer> columns) {
        List<RelFieldCollation> order = new ArrayList<>();
        for (RelFieldCollation part : wanted) {
            int at = columns.indexOf(part.getFieldIndex());
            if (at < 0) {
                at = columns.size();
                columns.add(part.getFieldIndex());
            }
            order.add(part.withFieldIndex(at));
        }
        List<ColumnType> held = columns.stream().map(types::get).toList();
        return new TotalOrder(order.isEmpty() ? null : new RowOrder(order, held), 0, held);
    }
}
