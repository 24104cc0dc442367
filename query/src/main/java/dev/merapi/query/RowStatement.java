package dev.merapi.query;

import dev.merapi.api.schema.RowType;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;

/** A statement about rows, which has a plan that can be shown. */
sealed interface RowStatement extends Prepared permits QueryStatement, WriteStatement {
    /** The plan as lines of text; with figures if the context has counted a run. */
    List<String> explain(QueryContext context);

    /** Makes the context of a run on a view that only reads. */
    QueryContext context(ReadView view, Execution execution, boolean counting);

    /** The same for a run that writes; the view may be frozen. */
    QueryContext context(Transaction transaction, Execution execution, boolean counting);

    /** Runs in a context that only reads. */
    SqlResult run(QueryContext context);

    /** Runs in a context of a transaction, without a savepoint around it. */
    SqlResult execute(Transaction transaction, QueryContext context);

    /** The columns of EXPLAIN. */
    static RowType planType() {
        return RowType.of(dev.merapi.api.schema.Column.required("QUERY PLAN", dev.merapi.api.schema.ScalarType.TEXT));
    }
}
