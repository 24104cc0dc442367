package dev.merapi.query.expr.row;

import dev.merapi.api.value.RowLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row of a table that stays: the stored bytes, which are the same exactly when the rows look the same. */
public final class TableRow implements Row {
    private final RowLayout layout;
    private final byte[] bytes;
    private int hash;

    /** A row of a table by its bytes, which nobody alters. */
    public TableRow(RowLayout layout, byte[] bytes) {
        this.layout = layout;
        this.bytes = bytes;
    }

    @Override
    public int size() {
        return layout.columnCount();
    }

    @Override
    public @Nullable Object get(int column) {
        return layout.get(bytes, column);
    }

    @Override
    public boolean isNull(int column) {
        return layout.isNull(bytes, column);
    }

    @Override
    public long getLong(int column) {
        return layout.getLong(bytes, column);
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
        return this;
    }

    @Override
    public @Nullable Object[] toArray() {
        return layout.decode(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof TableRow row && Arrays.equals(bytes, row.bytes));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.hashCode(bytes) * 0x9E3779B9;
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return Arrays.toString(toArray());
    }
}
