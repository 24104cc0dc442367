/**
 * The bytes of the commit log: headers, frames, commits, and how to walk over them. The pages in
 * {@code docs/decisions/006-commit-log-format.md} say why they look like this.
 *
 * <p>Knows bytes and positions only. It judges whether something is intact; what damage means, and what to do about it,
 * is decided by the log. Nothing here does I/O by itself or keeps a thread.
 */
package dev.merapi.store.log.format;
