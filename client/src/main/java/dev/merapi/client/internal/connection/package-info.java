/**
 * The one connection of a client: making it, keeping it, and what travels over it.
 *
 * <p>{@code Lifecycle}, {@code Calls} and {@code LiveTable} are state machines without I/O, threads or clocks; {@code
 * ClientCore} owns them behind one lock and does what they say. Order of locks: the client's lock, then that of a feed
 * or an outbox. The application's code never runs while one is held.
 */
package dev.merapi.client.internal.connection;
