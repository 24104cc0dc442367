package dev.merapi.query.live;

import dev.merapi.api.schema.RowType;
import dev.merapi.query.expr.EvalContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A maintained result, shared by all who asked for an equal {@link LiveQuery}. It keeps no rows: what a commit changes
 * in it follows from the commit alone.
 *
 * <p>Outside of the live thread only the immutable parts may be used: {@link #id}, {@link #query}, {@link #rowType}.
 */
public final class LiveResult {
    private final long id;
    private final LiveQuery query;

    // Below: owned by LiveQueries, live thread.
    int attachments;
    /** Where the result stands in its parameter relation, so that it is removed without a search. */
    int slot = -1;
    /** The change that last matched by its before image; tells an update from an insert and a delete. */
    long matchedBefore;

    final List<RowChange> pending = new ArrayList<>(0);
    private @Nullable EvalContext context;

    LiveResult(long id, LiveQuery query) {
        this.id = id;
        this.query = query;
    }

    /** Identifies the result within its database while the server runs; never reused. */
    public long id() {
        return id;
    }

    public LiveQuery query() {
        return query;
    }

    public RowType rowType() {
        return query.rowType();
    }

    EvalContext context() {
        EvalContext present = context;
        if (present == null) {
            present = query.newContext();
            context = present;
        }
        return present;
    }

    @Override
    public String toString() {
        return "result " + id + ": " + query;
    }
}
