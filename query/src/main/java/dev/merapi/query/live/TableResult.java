package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.live.index.Member;
import dev.merapi.query.live.index.Selection;
import dev.merapi.query.live.row.RowChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query over one table. It keeps no rows: what a commit changes in it follows from the commit alone.
 * There may be millions: what only some need is made when they need it.
 */
@SuppressWarnings("exports") // What makes it a member is asked by the index alone, which is of this module.
public final class TableResult extends LiveResult implements Member {
    private final TableQuery query;

    /** The image that last was wanted by this result; tells an update from an insert and a delete. */
    long mark;

    /** What the commit at hand has changed so far; null for nothing. */
    private @Nullable List<RowChange> pending;

    /** Why the commit at hand ends this result; null as long as it does not. */
    private @Nullable CodedException failure;

    private @Nullable EvalContext context;

    TableResult(long id, TableQuery query) {
        super(id);
        this.query = query;
    }

    @Override
    public TableQuery query() {
        return query;
    }

    @Override
    public Selection selection(int index) {
        Selection selection = query.selection(index);
        if (selection == null) {
            throw new IllegalStateException("no row is wanted of alternative " + index);
        }
        return selection;
    }

    EvalContext context() {
        EvalContext present = context;
        if (present == null) {
            present = query.newContext();
            context = present;
        }
        return present;
    }

    /** Whether the commit at hand has concerned this result. */
    boolean isTouched() {
        return pending != null || failure != null;
    }

    void change(RowChange change) {
        List<RowChange> changes = pending;
        if (changes == null) {
            changes = new ArrayList<>(2);
            pending = changes;
        }
        changes.add(change);
    }

    void fail(CodedException reason) {
        failure = failure == null ? reason : failure;
    }

    /** Hands over what the commit at hand has done to this result. */
    QueryUpdate takeUpdate(long offset, long timestampMicros) {
        List<RowChange> changes = pending == null || failure != null ? List.of() : pending;
        QueryUpdate update = new QueryUpdate(this, offset, timestampMicros, changes, failure);
        pending = null;
        return update;
    }
}
