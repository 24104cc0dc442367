package dev.merapi.store.table;

import dev.merapi.store.RowCursor;

/** A walk over a few row ids found beforehand. */
final class RowIdCursor implements RowCursor {
    private final EpochVector<byte[]> rows;
    private final long[] rowIds;
    private final int count;
    private int at = -1;

    RowIdCursor(EpochVector<byte[]> rows, long[] rowIds, int count) {
        this.rows = rows;
        this.rowIds = rowIds;
        this.count = count;
    }

    @Override
    public boolean next() {
        if (at + 1 >= count) {
            return false;
        }
        at++;
        return true;
    }

    @Override
    public long rowId() {
        return rowIds[at];
    }

    @Override
    public byte[] row() {
        return TableIndex.row(rows, rowIds[at]);
    }
}
