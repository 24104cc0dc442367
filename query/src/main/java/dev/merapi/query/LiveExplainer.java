package dev.merapi.query;

import dev.merapi.query.sql.BoundQuery;
import dev.merapi.store.ReadView;
import java.util.List;

/** Says how a query would be kept live: the answer of EXPLAIN LIVE. Safe for any thread. */
@FunctionalInterface
public interface LiveExplainer {
    /**
     * Lines of text for people.
     *
     * @throws dev.merapi.api.error.CodedException LIVE_UNSUPPORTED when it cannot be kept live
     */
    @SuppressWarnings("exports") // Implemented in this module alone.
    List<String> explain(BoundQuery query, ReadView view);
}
