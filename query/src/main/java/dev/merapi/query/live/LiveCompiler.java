package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.live.tree.LiveOrder;
import dev.merapi.query.plan.Optimizer;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.query.sql.BoundStatement;
import dev.merapi.query.sql.ParsedStatement;
import dev.merapi.query.sql.SqlParser;
import dev.merapi.query.sql.bind.Binder;
import dev.merapi.query.sql.scope.PolicySubject;
import dev.merapi.store.Catalog;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * From SQL text to a live query. A text seen before (for the same schema and role) is neither parsed nor planned again:
 * only its parameters are evaluated. Owned by the live thread, apart from what says otherwise.
 */
final class LiveCompiler {
    /**
     * Texts kept; a client that writes constants into its texts fills this, one that uses parameters needs one entry.
     */
    private static final int MAX_CACHED_TEXTS = 4096;

    /** What a text comes down to. */
    sealed interface Compiled permits TableTemplateBuilder.Outcome, DerivedTemplateBuilder.Outcome, Ordered {
        LiveQuery query(LiveRequest request, LiveLimits limits);

        /** What tells the template from others. */
        String digest();

        /** How results are kept up to date, in lines for people. */
        List<String> explain(ReadView view);
    }

    /** The same rows in an order. */
    private record Ordered(Compiled rows, LiveOrder order) implements Compiled {
        @Override
        public LiveQuery query(LiveRequest request, LiveLimits limits) {
            return rows.query(request, limits).in(order.order());
        }

        @Override
        public String digest() {
            return rows.digest();
        }

        @Override
        public List<String> explain(ReadView view) {
            List<String> lines = new ArrayList<>(rows.explain(view));
            lines.add(1, "  Order: " + String.join(", ", order.text()));
            return lines;
        }
    }

    private final LiveLimits limits;
    private final Map<LivePlan.Text, LivePlan> cache = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LivePlan.Text, LivePlan> eldest) {
            return size() > MAX_CACHED_TEXTS;
        }
    };

    LiveCompiler(LiveLimits limits) {
        this.limits = limits;
    }

    /** A request of a text that is planned already; null when it is not. */
    @Nullable
    LiveQuery compileKnown(Catalog catalog, LiveRequest request) {
        LivePlan known = cache.get(LivePlan.Text.of(catalog, request));
        return known == null ? null : known.compiled().query(request, limits);
    }

    /** A request of the text of a plan, which is kept for others. */
    LiveQuery compile(LivePlan plan, LiveRequest request) {
        cache.put(plan.text(), plan);
        return plan.compiled().query(request, limits);
    }

    /** Plans a text. Any thread. */
    static LivePlan plan(Catalog catalog, LiveRequest request) {
        List<ParsedStatement> statements = new SqlParser().parse(request.sql());
        if (statements.size() != 1) {
            throw new CodedException(ErrorCode.LIVE_UNSUPPORTED, "a live query is exactly one SELECT that only reads")
                    .with("statements", statements.size());
        }
        SessionInfo session = request.session();
        PolicySubject subject = PolicySubject.of(session.role(), session.privileged());
        BoundStatement bound = new Binder().bind(catalog, session.schema(), subject, statements.getFirst());
        if (bound instanceof BoundQuery query) {
            return new LivePlan(LivePlan.Text.of(catalog, request), compiled(query));
        }
        throw notAQuery();
    }

    /** From a bound query to its template. */
    static Compiled compiled(BoundQuery query) {
        if (!query.with().isEmpty()) {
            throw notAQuery();
        }
        LiveOrder order = LiveOrder.of(query);
        BoundQuery rows = order.query();
        RelNode optimised = Optimizer.optimise(rows.rel());
        Compiled compiled = TableTemplateBuilder.accepts(optimised)
                ? new TableTemplateBuilder(rows).build(optimised)
                : new DerivedTemplateBuilder(rows).build();
        return order.order().isPresent() ? new Ordered(compiled, order) : compiled;
    }

    private static CodedException notAQuery() {
        return new CodedException(ErrorCode.LIVE_UNSUPPORTED, "a live query is exactly one SELECT that only reads")
                .hint("send other statements as an ordinary request");
    }
}
