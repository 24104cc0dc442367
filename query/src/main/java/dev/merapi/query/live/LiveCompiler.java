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
import dev.merapi.store.Catalog;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/**
 * From SQL text to a live query. A text seen before (for the same schema) is neither parsed nor planned again: only its
 * parameters are evaluated. Owned by the live thread.
 */
final class LiveCompiler {
    /**
     * Texts kept; a client that writes constants into its texts fills this, one that uses parameters needs one entry.
     */
    private static final int MAX_CACHED_TEXTS = 4096;

    /** What a text comes down to. */
    sealed interface Compiled permits TableTemplateBuilder.Outcome, DerivedTemplateBuilder.Outcome, Ordered {
        LiveQuery query(LiveRequest request, LiveLimits limits);

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
        public List<String> explain(ReadView view) {
            List<String> lines = new ArrayList<>(rows.explain(view));
            lines.add(1, "  Order: " + String.join(", ", order.text()));
            return lines;
        }
    }

    private record Text(String sql, String schema, long catalogVersion) {}

    private final LiveLimits limits;
    private final SqlParser parser = new SqlParser();
    private final Binder binder = new Binder();
    private final Map<Text, Compiled> cache = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, Compiled> eldest) {
            return size() > MAX_CACHED_TEXTS;
        }
    };

    LiveCompiler(LiveLimits limits) {
        this.limits = limits;
    }

    LiveQuery compile(Catalog catalog, LiveRequest request) {
        Text text = new Text(request.sql(), request.session().schema(), catalog.version());
        Compiled outcome = cache.get(text);
        if (outcome == null) {
            outcome = build(catalog, request.sql(), request.session());
            cache.put(text, outcome);
        }
        return outcome.query(request, limits);
    }

    private Compiled build(Catalog catalog, String sql, SessionInfo session) {
        List<ParsedStatement> statements = parser.parse(sql);
        if (statements.size() != 1) {
            throw new CodedException(ErrorCode.LIVE_UNSUPPORTED, "a live query is exactly one SELECT that only reads")
                    .with("statements", statements.size());
        }
        BoundStatement bound = binder.bind(catalog, session.schema(), statements.getFirst());
        if (bound instanceof BoundQuery query) {
            return compiled(query);
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
