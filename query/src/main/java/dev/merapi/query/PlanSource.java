package dev.merapi.query;

import dev.merapi.store.Catalog;

/**
 * What a plan was made from, so that it can be made anew.
 *
 * @param catalog the one the plan is right for
 */
record PlanSource(SqlEngine engine, Catalog catalog, String sql) {
    /** Whether the plan is right for a catalog. */
    boolean fits(Catalog present) {
        return present == catalog;
    }

    /** The plan for another catalog. */
    Prepared replanned(Catalog present, SessionInfo session) {
        return engine.prepare(present, session, sql);
    }
}
