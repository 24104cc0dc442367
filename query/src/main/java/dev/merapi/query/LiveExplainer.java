package dev.merapi.query;

import dev.merapi.query.sql.BoundQuery;
import dev.merapi.store.Catalog;
import java.util.List;

/** Says how a query would be kept live: the answer of EXPLAIN LIVE. Safe for any thread. */
@FunctionalInterface
interface LiveExplainer {
    /** Lines of text for people. */
    List<String> explain(BoundQuery query, Catalog catalog);
}
