/**
 * Checkpoints: table images that shorten recovery. Knows streams and tables, not files: where a checkpoint lies, when
 * one is due and which of them still counts is the log's business.
 *
 * <p>Passive: whoever calls lends the thread. Writing reads a snapshot, so it may run beside the writer.
 */
package dev.merapi.store.checkpoint;
