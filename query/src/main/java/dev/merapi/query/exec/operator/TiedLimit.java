package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit on rows that come in an order, where several may have the same place in it: they are given in the order of
 * their values, so that the same rows are taken whichever index they were read by. It reads all rows of the last place.
 */
public final class TiedLimit extends Operator {
    /** So many rows of one place are read before those that cannot be wanted are dropped. */
    private static final int SLACK = 1024;

    private final Comparator<Row> order;
    private final Comparator<Row> settling;
    private final Limit.Bounds bounds;
    private final String text;

    /**
     * Makes the operator.
     *
     * @param order in which the input comes
     * @param settling of rows that have the same place in it
     * @param text the order for people
     */
    public TiedLimit(
            Operator input, Comparator<Row> order, Comparator<Row> settling, Limit.Bounds bounds, String text) {
        super(input.columns(), List.of(input));
        this.order = order;
        this.settling = settling;
        this.bounds = bounds;
        this.text = text;
    }

    @Override
    protected RowSource start(QueryContext context) {
        long skip = bounds.skip(context);
        long take = bounds.take(context);
        return take == 0 ? RowSource.EMPTY : new Source(input().open(context), skip, take, context);
    }

    private final class Source implements RowSource {
        private final RowSource rows;
        private final QueryContext context;
        private long skip;
        private long take;
        /** The first row of the next place. */
        private @Nullable Row ahead;

        private List<Row> place = List.of();
        private int at;

        Source(RowSource rows, long skip, long take, QueryContext context) {
            this.rows = rows;
            this.skip = skip;
            this.take = take;
            this.context = context;
            this.ahead = kept(rows.next());
        }

        @Override
        public @Nullable Row next() {
            while (take > 0) {
                if (at == place.size() && !readPlace()) {
                    return null;
                }
                if (skip > 0) {
                    skip--;
                    at++;
                    continue;
                }
                take--;
                return place.get(at++);
            }
            return null;
        }

        private boolean readPlace() {
            Row first = ahead;
            at = 0;
            place = new ArrayList<>();
            if (first == null) {
                return false;
            }
            long wanted = Math.min(skip, Integer.MAX_VALUE) + Math.min(take, Integer.MAX_VALUE);
            place.add(first);
            Row next = rows.next();
            for (; next != null && order.compare(first, next) == 0; next = rows.next()) {
                context.eval().tick();
                context.hold(1);
                place.add(next.keep());
                if (place.size() > wanted + SLACK) {
                    place.sort(settling);
                    place.subList((int) wanted, place.size()).clear();
                }
            }
            ahead = kept(next);
            place.sort(settling);
            return true;
        }

        private static @Nullable Row kept(@Nullable Row row) {
            return row == null ? null : row.keep();
        }
    }

    @Override
    public String describe() {
        return "Limit, ties settled: " + text;
    }
}
