/**
 * One {@link dev.merapi.server.connection.Connection} per client: who it is, what it has asked for, what waits to be
 * read by it. No socket inside; whoever owns the socket calls {@code receive} and drains the outbox.
 */
package dev.merapi.server.connection;
