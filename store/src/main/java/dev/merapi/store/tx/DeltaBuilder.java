package dev.merapi.store.tx;

import dev.merapi.store.SchemaChange;
import dev.merapi.store.SchemaChange.RowRewrite;
import dev.merapi.store.TableDelta;
import dev.merapi.store.table.TableRewrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the net changes of a transaction out of its undo log: the first entry of a row tells what it was, the table
 * what it is. The entries are sorted, not hashed: most transactions have two, and a bulk insert is sorted already.
 */
final class DeltaBuilder {
    private final UndoLog log;
    /** Row rewrites made in this transaction; they also apply to images from before them. Usually empty. */
    private final List<RewriteMark> rewrites;

    /** A rewrite of all rows of a table, done when the undo log had this size. */
    record RewriteMark(int undoSize, LiveTable table, TableRewrite rewrite) {
        /** The mark of a change that rewrites rows, to be taken before it is made; null for any other change. */
        static @Nullable RewriteMark of(int undoSize, LiveTables tables, SchemaChange change) {
            if (!(change instanceof SchemaChange.TableAltered altered)
                    || altered.rewrite() instanceof RowRewrite.Keep) {
                return null;
            }
            LiveTable table = tables.table(altered.table().tableId());
            return new RewriteMark(undoSize, table, new TableRewrite(table.layout(), altered.rewrite()));
        }
    }

    DeltaBuilder(UndoLog log, List<RewriteMark> rewrites) {
        this.log = log;
        this.rewrites = rewrites;
    }

    List<TableDelta> build() {
        int[] order = order();
        if (order.length == 0) {
            return List.of();
        }
        if (table(order[0]) == table(order[order.length - 1])) {
            TableDelta only = delta(order, 0, order.length);
            return only == null ? List.of() : List.of(only);
        }
        List<TableDelta> deltas = new ArrayList<>();
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && table(order[to]) == table(order[from])) {
                to++;
            }
            TableDelta delta = delta(order, from, to);
            if (delta != null) {
                deltas.add(delta);
            }
            from = to;
        }
        return deltas;
    }

    /** The row writes of tables that still exist, by table, row id and time. */
    private int[] order() {
        int[] order = new int[log.size()];
        int count = 0;
        boolean sorted = true;
        for (int i = 0; i < order.length; i++) {
            LiveTable table = log.table(i);
            if (table != null && !table.isDropped()) {
                sorted = sorted && (count == 0 || compare(order[count - 1], i) <= 0);
                order[count++] = i;
            }
        }
        if (count < order.length) {
            order = Arrays.copyOf(order, count);
        }
        if (!sorted) {
            sort(order, 0, count);
        }
        return order;
    }

    private int compare(int i, int j) {
        int byTable = Integer.compare(table(i).tableId(), table(j).tableId());
        return byTable != 0 ? byTable : Long.compare(log.rowId(i), log.rowId(j));
    }

    /** A stable merge sort: entries of one row stay in the order of time. */
    private void sort(int[] order, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(order, from, middle);
        sort(order, middle, to);
        if (compare(order[middle - 1], order[middle]) <= 0) {
            return;
        }
        int[] left = Arrays.copyOfRange(order, from, middle);
        int at = from;
        int i = 0;
        int j = middle;
        while (i < left.length) {
            order[at++] = j == to || compare(left[i], order[j]) <= 0 ? left[i++] : order[j++];
        }
    }

    private @Nullable TableDelta delta(int[] order, int from, int to) {
        LiveTable table = table(order[from]);
        long[] rowIds = new long[to - from];
        byte[] @Nullable [] images = new byte @Nullable [2 * rowIds.length][];
        int count = 0;
        long last = -1;
        for (int i = from; i < to; i++) {
            long rowId = log.rowId(order[i]);
            if (rowId == last) {
                continue;
            }
            last = rowId;
            byte[] before = before(table, order[i]);
            byte[] after = table.state().row(rowId);
            if (!Arrays.equals(before, after)) {
                rowIds[count] = rowId;
                images[2 * count] = before;
                images[2 * count + 1] = after;
                count++;
            }
        }
        if (count == 0) {
            return null;
        }
        if (count < rowIds.length) {
            rowIds = Arrays.copyOf(rowIds, count);
            images = Arrays.copyOf(images, 2 * count);
        }
        return TableDelta.of(table.schema(), rowIds, images);
    }

    /** The image of a row before the transaction, in the form the table's rows have now. */
    private byte @Nullable [] before(LiveTable table, int entry) {
        byte[] before = log.before(entry);
        for (int i = 0; i < rewrites.size() && before != null; i++) {
            RewriteMark mark = rewrites.get(i);
            if (mark.table() == table && mark.undoSize() > entry) {
                before = mark.rewrite().apply(before);
            }
        }
        return before;
    }

    private LiveTable table(int entry) {
        LiveTable table = log.table(entry);
        if (table == null) {
            throw new IllegalStateException("not a row write: " + entry);
        }
        return table;
    }
}
