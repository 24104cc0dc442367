/**
 * Tables in memory: rows by row id, hash and ordered indexes over them, and the epoch ownership that makes a snapshot a
 * matter of handing out a root.
 *
 * <p>Everything here is changed by the database's writer alone. A reader on any thread may use what a published
 * snapshot reaches; whoever hands the snapshot over provides the happens-before. Nothing here knows transactions,
 * constraints or files.
 */
package dev.merapi.store.table;
