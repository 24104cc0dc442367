package dev.merapi.client.live;

import dev.merapi.client.row.Rows;

/**
 * A live query as a list of rows that is always the whole result.
 *
 * <p>The first list is the complete initial result. Then each item is the list after one or more commits: a consumer
 * that is slower than the changes gets the newest list and skips those in between. Rows stand as the ORDER BY of the
 * query says, those it does not tell apart in the order of their values. Without ORDER BY they stand in the order in
 * which they came: at the beginning that of the server, later new rows at the end; an update keeps its place. Lists are
 * immutable and share the rows that did not change.
 */
public interface LiveRows extends LiveSubscription<Rows> {
    /** The newest list, without consuming it; empty and not complete before the first one. */
    Rows rows();

    /** Whether the query says in which order its rows stand; false before the server has answered. */
    boolean isOrdered();
}
