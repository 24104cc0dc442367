package dev.merapi.query;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;

/** EXPLAIN LIVE: how a query would be kept live. */
record LiveExplainStatement(PlanSource source, BoundQuery query, LiveExplainer explainer) implements Prepared {
    @Override
    public StatementKind kind() {
        return StatementKind.EXPLAIN;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public List<ColumnType> parameterTypes() {
        return query.parameterTypes();
    }

    @Override
    public RowType resultType() {
        return RowStatement.planType();
    }

    @Override
    public SqlResult run(ReadView view, Execution execution) {
        return source.fits(view.catalog())
                ? ExplainStatement.lines(explainer.explain(query, view))
                : source.replanned(view.catalog(), execution.session()).run(view, execution);
    }

    @Override
    public SqlResult execute(Transaction transaction, Execution execution) {
        return run(transaction, execution);
    }
}
