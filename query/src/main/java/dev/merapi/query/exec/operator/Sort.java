package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts; with a LIMIT it keeps no more rows than that needs. Rows that compare equal stay in the input's order: where a
 * limit takes some of them, the order has to be a {@link TotalOrder}.
 */
public final class Sort extends Operator {
    /** Up to so many rows a heap is kept instead of sorting everything. */
    private static final int MAX_HEAP = 10_000;

    private final Comparator<Row> order;
    private final boolean inPlace;
    private final Limit.Bounds bounds;
    private final String text;

    /** What is sorted by; {@code inPlace}: the rows are mostly compared without making values. */
    public record Order(Comparator<Row> rows, boolean inPlace, String text) {}

    /** Makes the operator. */
    public Sort(Operator input, Order order, Limit.Bounds bounds) {
        super(input.columns(), List.of(input));
        this.order = order.rows();
        this.inPlace = order.inPlace();
        this.text = order.text();
        this.bounds = bounds;
    }

    @Override
    protected RowSource start(QueryContext context) {
        long skip = bounds.skip(context);
        long take = bounds.take(context);
        if (take == 0) {
            return RowSource.EMPTY;
        }
        RowSource rows = input().open(context);
        boolean small = take < MAX_HEAP && skip < MAX_HEAP;
        return new Sorted(small ? top(rows, (int) (skip + take), context) : all(rows, context), skip, take);
    }

    private List<Row> all(RowSource rows, QueryContext context) {
        List<Row> sorted = new ArrayList<>();
        EvalContext eval = context.eval();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            eval.tick();
            context.hold(1);
            sorted.add(materialized(row));
        }
        eval.checkCancelled();
        sorted.sort(order);
        return sorted;
    }

    /** Sort keys are read often: a row is decoded once, unless its keys are read in place. */
    private Row materialized(Row row) {
        return row instanceof ArrayRow || inPlace ? row.keep() : new ArrayRow(row.toArray());
    }

    /** A row and when it came, which settles ties. */
    private record Numbered(Row row, long number) {}

    private List<Row> top(RowSource rows, int count, QueryContext context) {
        PriorityQueue<Numbered> worstFirst = new PriorityQueue<>(Math.min(count, 1024) + 1, (a, b) -> compare(b, a));
        EvalContext eval = context.eval();
        long number = 0;
        for (Row row = rows.next(); row != null; row = rows.next()) {
            eval.tick();
            Numbered next = new Numbered(row, number++);
            Numbered worst = worstFirst.peek();
            if (worstFirst.size() == count && worst != null) {
                if (compare(next, worst) >= 0) {
                    continue;
                }
                worstFirst.poll();
            } else {
                context.hold(1);
            }
            worstFirst.add(new Numbered(materialized(row), next.number()));
        }
        List<Numbered> best = new ArrayList<>(worstFirst);
        best.sort(this::compare);
        return best.stream().map(Numbered::row).toList();
    }

    private int compare(Numbered left, Numbered right) {
        int sign = order.compare(left.row(), right.row());
        return sign != 0 ? sign : Long.compare(left.number(), right.number());
    }

    private static final class Sorted implements RowSource {
        private final Iterator<Row> rows;
        private long take;

        Sorted(List<Row> rows, long skip, long take) {
            this.rows =
                    rows.subList((int) Math.min(skip, rows.size()), rows.size()).iterator();
            this.take = take;
        }

        @Override
        public @Nullable Row next() {
            return take-- > 0 && rows.hasNext() ? rows.next() : null;
        }
    }

    @Override
    public String describe() {
        return (bounds.fetch() == null ? "Sort: " : "Top-N Sort: ") + text;
    }
}
