/**
 * The Java SDK: one {@link dev.merapi.client.MerapiClient} per database, with one connection under all of its queries
 * and live queries.
 *
 * <p>Threads: a reader takes messages from the socket and never runs code of the application; callbacks, asynchronous
 * answers and listeners run on the callback executor, by default one thread per client, in order; blocking calls run on
 * their callers' threads. A callback may make blocking calls of the same client.
 */
package dev.merapi.client;
