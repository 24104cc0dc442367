package dev.merapi.query.live;

import dev.merapi.query.LiveExplainer;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.store.ReadView;
import java.util.List;

/** Answers EXPLAIN LIVE: which way a query is kept up to date, and what that takes. Safe for any thread. */
public final class LivePlans implements LiveExplainer {
    /** Explains for any database. */
    public LivePlans() {}

    @Override
    @SuppressWarnings("exports") // Called in this module alone.
    public List<String> explain(BoundQuery query, ReadView view) {
        return LiveCompiler.compiled(query).explain(view);
    }
}
