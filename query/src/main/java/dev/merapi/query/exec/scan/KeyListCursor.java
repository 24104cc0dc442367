package dev.merapi.query.exec.scan;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** A walk over the rows of several keys; a row that two equal keys lead to comes once. */
final class KeyListCursor implements RowCursor {
    private final TableReader reader;
    private final Iterator<IndexKey> keys;
    private final EvalContext eval;
    private final Set<Long> given = new HashSet<>();
    private RowCursor current = RowCursor.EMPTY;

    KeyListCursor(TableReader reader, List<IndexKey> keys, EvalContext eval) {
        this.reader = reader;
        this.keys = keys.iterator();
        this.eval = eval;
    }

    @Override
    public boolean next() {
        while (true) {
            while (current.next()) {
                if (given.add(current.rowId())) {
                    return true;
                }
            }
            if (!keys.hasNext()) {
                return false;
            }
            current = keys.next().lookup(reader, ArrayRow.EMPTY, eval);
        }
    }

    @Override
    public long rowId() {
        return current.rowId();
    }

    @Override
    public byte[] row() {
        return current.row();
    }
}
