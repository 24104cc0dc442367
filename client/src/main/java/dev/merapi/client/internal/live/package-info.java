/**
 * Live queries on the client's side: the conversation with the server about one query, what becomes of the rows, and
 * how they reach the application.
 *
 * <p>{@code LiveQuery}, {@code Materialiser} and {@code RowPool} are passive. The feeds are the border between the
 * reader, which fills them under the client's lock and never waits, and the application's thread that empties them;
 * each has a lock of its own, taken after the client's lock, never before.
 */
package dev.merapi.client.internal.live;
