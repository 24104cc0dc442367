package dev.merapi.client.internal.live;

import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.value.ResultComparator;
import dev.merapi.api.value.RowKey;
import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import dev.merapi.wire.RowChange;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order of their query. A change names the bytes of the rows it takes away, and these say where the row is.
 * Only a key that the application declared needs a table of its own: of rows that are the same by it, the last to come
 * stays.
 *
 * <p>With a limit the first rows are shown, and only some more than that are kept. What is behind the last row kept is
 * not known here, so changes there are ignored.
 */
final class OrderedMaterialiser implements Materialiser {
    private final Columns columns;
    private final Window window;
    private final ResultComparator order;
    private final OrderedRows rows;
    private final @Nullable RowPool declared;
    private boolean knowsAllRows;
    private boolean mayReload;
    /** Up to this row all are known, unless {@link #knowsAllRows}; null while everything that comes is kept. */
    private byte @Nullable [] end;

    /**
     * @param declaredKey indexes of the columns the application says identify a row; empty: it does not
     */
    OrderedMaterialiser(Columns columns, ResultOrder order, Window window, int[] declaredKey) {
        this.columns = columns;
        this.window = window;
        this.order = new ResultComparator(columns.layout().type(), order);
        this.rows = new OrderedRows(this.order);
        this.declared = declaredKey.length == 0
                ? null
                : new RowPool(new RowIdentity.ByKey(new RowKey(columns.layout(), declaredKey)));
        this.knowsAllRows = window.equals(Window.ALL);
        this.mayReload = window.beginsWithLimit();
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public void load(List<byte[]> initial) {
        for (byte[] bytes : initial) {
            add(columns.checkedRow(bytes));
        }
        trim();
    }

    @Override
    public void load(Iterable<Row> initial) {
        for (Row row : initial) {
            add(row);
        }
        trim();
    }

    @Override
    public void loaded(OptionalInt asked, long received) {
        knowsAllRows = asked.isEmpty() || received < asked.getAsInt();
        if (window.limit().isEmpty()) {
            return;
        }
        int limit = window.limit().getAsInt();
        if (!knowsAllRows && asked.getAsInt() >= limit && rows.size() > 0) {
            end = rows.get(rows.size() - 1).bytes();
        }
        if (rows.size() < limit) {
            // A declared key merged rows: asking again would bring the same ones.
            mayReload = false;
        }
    }

    @Override
    public Outcome apply(List<RowChange> changes) {
        if (changes.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        boolean consistent = true;
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.Delete delete -> consistent &= remove(delete.row());
                case RowChange.Update update -> consistent &= remove(update.before());
                case RowChange.Insert insert -> {}
            }
        }
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.Delete delete -> {}
                case RowChange.Update update -> add(columns.checkedRow(update.after()));
                case RowChange.Insert insert -> add(columns.checkedRow(insert.row()));
            }
        }
        trim();
        return consistent ? Outcome.CHANGED : Outcome.CONTRADICTION;
    }

    /** Removes a row with these bytes; false when there must be one and is none. */
    private boolean remove(byte[] row) {
        RowPool.Entry entry = declared == null ? null : declared.find(row);
        if (declared != null && (entry == null || !Arrays.equals(entry.row().bytes(), row))) {
            // With a key that does not tell all rows apart, the row shown may be another one that came later: it stays.
            return true;
        }
        int index = rows.indexOf(row);
        if (index < 0) {
            return !knowsAllRows;
        }
        rows.removeAt(index);
        if (declared != null && entry != null) {
            declared.remove(entry);
        }
        return true;
    }

    private void add(Row row) {
        if (end != null && order.compare(row.bytes(), end) > 0) {
            return;
        }
        if (declared != null) {
            RowPool.Entry same = declared.find(row.bytes());
            if (same == null) {
                declared.append(row);
            } else {
                rows.removeAt(rows.indexOf(same.row().bytes()));
                declared.replace(same, row);
            }
        }
        rows.add(row);
    }

    @Override
    public List<Row> visible() {
        return rows.view(window.limit().orElse(Integer.MAX_VALUE));
    }

    @Override
    public boolean wantsReload() {
        return mayReload
                && !knowsAllRows
                && window.limit().isPresent()
                && rows.size() < window.limit().getAsInt();
    }

    private void trim() {
        if (window.limit().isEmpty()) {
            return;
        }
        int most = window.limit().getAsInt() + window.slack();
        if (rows.size() <= most + window.slack()) {
            return;
        }
        while (rows.size() > most) {
            Row last = rows.removeAt(rows.size() - 1);
            RowPool.Entry entry = declared == null ? null : declared.find(last.bytes());
            if (declared != null && entry != null) {
                declared.remove(entry);
            }
        }
        end = rows.get(most - 1).bytes();
        knowsAllRows = false;
        mayReload = true;
    }
}
