package dev.merapi.query;

import dev.merapi.query.sql.BoundQuery;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.store.ReadView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a query would be kept live: the answer of EXPLAIN LIVE. Safe for any thread. */
@FunctionalInterface
public interface LiveExplainer {
    /**
     * Lines of text for people.
     *
     * @param live what is kept live at the moment; null when that is not known, or not for the caller to see
     * @throws dev.merapi.api.error.CodedException LIVE_UNSUPPORTED when it cannot be kept live
     */
    @SuppressWarnings("exports") // Implemented in this module alone.
    List<String> explain(BoundQuery query, ReadView view, @Nullable LiveDescription live);
}
