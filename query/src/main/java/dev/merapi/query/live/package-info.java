/**
 * Queries whose results stay current: one template for all queries that differ in their constants only, one shared
 * result for all that differ in nothing, and the work for a change proportional to the results it touches.
 *
 * <p>{@link dev.merapi.query.live.LiveQueries} is owned by the live thread of its database and holds no thread or lock
 * itself. {@link dev.merapi.query.live.LiveQuery} is immutable: what takes long (initial rows and catch-ups over one
 * table, derived rows that no circuit maintains) is computed wherever there is time. Nothing in here knows of
 * connections or clients.
 */
package dev.merapi.query.live;
