package dev.merapi.query.exec.scan;

import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;

/** A walk over one row, what a lookup in a unique index finds. */
final class SingleRowCursor implements RowCursor {
    private final long rowId;
    private final byte[] row;
    private boolean given;

    private SingleRowCursor(long rowId, byte[] row) {
        this.rowId = rowId;
        this.row = row;
    }

    /** The row with this id; none for -1. */
    static RowCursor of(TableReader reader, long rowId) {
        byte[] row = rowId < 0 ? null : reader.row(rowId);
        return row == null ? RowCursor.EMPTY : new SingleRowCursor(rowId, row);
    }

    @Override
    public boolean next() {
        boolean first = !given;
        given = true;
        return first;
    }

    @Override
    public long rowId() {
        return rowId;
    }

    @Override
    public byte[] row() {
        return row;
    }
}
