package dev.merapi.query.live;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.live.row.RowChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query over one table. It keeps no rows: what a commit changes in it follows from the commit alone.
 */
public final class TableResult extends LiveResult {
    private final TableQuery query;

    /** Where the result stands in its parameter relation, so that it is removed without a search. */
    int slot = -1;
    /** The change that last matched by its before image; tells an update from an insert and a delete. */
    long matchedBefore;

    final List<RowChange> pending = new ArrayList<>(0);
    private @Nullable EvalContext context;

    TableResult(long id, TableQuery query) {
        super(id);
        this.query = query;
    }

    @Override
    public TableQuery query() {
        return query;
    }

    EvalContext context() {
        EvalContext present = context;
        if (present == null) {
            present = query.newContext();
            context = present;
        }
        return present;
    }
}
