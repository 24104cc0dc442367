package dev.merapi.query.expr.row;

import dev.merapi.api.value.RowLayout;
import org.jspecify.annotations.Nullable;

/**
 * A view that a cursor moves along the rows of a table, reading them in place; {@link TableRow} is one that stays. With
 * a row id it has one column more than the table, the last one.
 */
public final class StoredRow implements Row {
    private final RowLayout layout;
    private final boolean withRowId;
    private final int columns;
    private byte[] bytes;
    private long rowId;

    /** A view on nothing yet; {@link #moveTo} comes before any reading. */
    public StoredRow(RowLayout layout, boolean withRowId) {
        this(layout, withRowId, new byte[0], -1);
    }

    private StoredRow(RowLayout layout, boolean withRowId, byte[] bytes, long rowId) {
        this.layout = layout;
        this.withRowId = withRowId;
        this.columns = layout.columnCount();
        this.bytes = bytes;
        this.rowId = rowId;
    }

    /** Lets this view show another row. */
    public void moveTo(long newRowId, byte[] newBytes) {
        rowId = newRowId;
        bytes = newBytes;
    }

    @Override
    public int size() {
        return withRowId ? columns + 1 : columns;
    }

    @Override
    public @Nullable Object get(int column) {
        return column == columns ? (Object) rowId : layout.get(bytes, column);
    }

    @Override
    public boolean isNull(int column) {
        return column != columns && layout.isNull(bytes, column);
    }

    @Override
    public long getLong(int column) {
        return column == columns ? rowId : layout.getLong(bytes, column);
    }

    @Override
    public double getDouble(int column) {
        return layout.getDouble(bytes, column);
    }

    @Override
    public boolean getBoolean(int column) {
        return layout.getBoolean(bytes, column);
    }

    @Override
    public Row keep() {
        return withRowId ? new StoredRow(layout, true, bytes, rowId) : new TableRow(layout, bytes);
    }

    @Override
    public @Nullable Object[] toArray() {
        @Nullable Object[] values = layout.decode(bytes);
        if (!withRowId) {
            return values;
        }
        @Nullable Object[] extended = new @Nullable Object[columns + 1];
        System.arraycopy(values, 0, extended, 0, columns);
        extended[columns] = rowId;
        return extended;
    }
}
