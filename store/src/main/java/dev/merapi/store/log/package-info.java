/**
 * The commit log: what is in it has happened. {@code CommitLog} is the entrance,
 * {@link dev.merapi.store.log.LogStorage} the port to disk or memory.
 *
 * <p>Owners: the writer's thread appends and seals, the log's thread writes and forces; readers and the one checkpoint
 * that is being written may be anybody. No thread, lock or clock lives here, and nothing here looks into a row.
 */
package dev.merapi.store.log;
