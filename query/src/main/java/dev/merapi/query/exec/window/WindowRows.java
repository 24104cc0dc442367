package dev.merapi.query.exec.window;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.WindowFunction;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The input's rows, each with one more column per call with OVER. All rows are held until the last is known. */
public final class WindowRows extends Operator {
    private final List<WindowCallPlan> calls;
    private final String text;

    public WindowRows(Operator input, List<WindowCallPlan> calls, String text) {
        super(input.columns() + calls.size(), List.of(input));
        this.calls = List.copyOf(calls);
        this.text = text;
    }

    /** A row with its place in the input, under which its results are put down. */
    private record Numbered(int number, Row row) {}

    @Override
    protected RowSource start(QueryContext context) {
        List<@Nullable Object[]> results = new ArrayList<>();
        List<Numbered> rows = read(context, results);
        for (int i = 0; i < calls.size(); i++) {
            compute(calls.get(i), input().columns() + i, rows, results, context);
        }
        return new RowSource() {
            private int at;

            @Override
            public @Nullable Row next() {
                return at < results.size() ? new ArrayRow(results.get(at++)) : null;
            }
        };
    }

    /** Reads the input; {@code results} gets a row with room for the calls. */
    private List<Numbered> read(QueryContext context, List<@Nullable Object[]> results) {
        List<Numbered> rows = new ArrayList<>();
        RowSource source = input().open(context);
        for (Row row = source.next(); row != null; row = source.next()) {
            context.eval().tick();
            context.hold(1);
            @Nullable Object[] values = new @Nullable Object[columns()];
            System.arraycopy(row.toArray(), 0, values, 0, row.size());
            results.add(values);
            rows.add(new Numbered(rows.size(), new ArrayRow(values)));
        }
        return rows;
    }

    private static void compute(
            WindowCallPlan call,
            int column,
            List<Numbered> rows,
            List<@Nullable Object[]> results,
            QueryContext context) {
        Comparator<Numbered> order = Comparator.comparing(Numbered::row, call.order());
        if (rows.isEmpty()) {
            return; // the offsets of a frame are not even looked at, in PostgreSQL neither
        }
        Frames.FrameOffsets offsets = call.offsets().settle(context.eval());
        for (List<Numbered> members : partitions(call, rows)) {
            members.sort(order);
            context.eval().checkCancelled();
            Partition partition =
                    new Partition(members.stream().map(Numbered::row).toList(), call.order());
            Frames frames = new Frames(partition, call.frame(), offsets);
            PartitionCall running = running(call, partition, frames, context);
            for (int i = 0; i < members.size(); i++) {
                context.eval().tick();
                results.get(members.get(i).number())[column] = running.valueAt(i);
            }
        }
    }

    private static List<List<Numbered>> partitions(WindowCallPlan call, List<Numbered> rows) {
        if (call.partition() == null) {
            return List.of(new ArrayList<>(rows));
        }
        Map<Object, List<Numbered>> partitions = new LinkedHashMap<>();
        for (Numbered row : rows) {
            partitions
                    .computeIfAbsent(call.partition().key(row.row()), key -> new ArrayList<>())
                    .add(row);
        }
        return new ArrayList<>(partitions.values());
    }

    private static PartitionCall running(
            WindowCallPlan call, Partition partition, Frames frames, QueryContext context) {
        OverFunction function = call.function();
        return switch (function) {
            case AggregateFunction aggregate -> new FramedAggregate(call, aggregate, partition, frames, context.eval());
            case WindowFunction window -> new FramedView(call, window, partition, frames, context.eval());
        };
    }

    @Override
    public String describe() {
        return "Window: " + text;
    }
}
