package dev.merapi.query;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    public boolean readsLive() {
        return true;
    }

    private static @Nullable LiveDescription live(Execution execution) {
        return execution.session().privileged() ? execution.live() : null;
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
                ? ExplainStatement.lines(explainer.explain(query, view, live(execution)))
                : source.replanned(view.catalog(), execution.session()).run(view, execution);
    }

    @Override
    public SqlResult execute(Transaction transaction, Execution execution) {
        return run(transaction, execution);
    }
}
