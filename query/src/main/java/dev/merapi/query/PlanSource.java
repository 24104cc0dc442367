package dev.merapi.query;

import dev.merapi.store.Catalog;

/**
 * What a plan was made from, so that it can be made anew.
 *
 * @param catalog the one the plan is right for
 */
record PlanSource(SqlEngine engine, Catalog catalog, String sql) {
    /** The plan for another catalog, or {@code same} if it is this one. */
    Prepared currentFor(Catalog present, SessionInfo session, Prepared same) {
        return present == catalog ? same : engine.prepare(present, session, sql);
    }
}
