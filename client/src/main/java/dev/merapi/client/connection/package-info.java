/**
 * What an application can set and see of the connection: its state, its listeners, reconnecting, limits and timeouts.
 * Values only; the machinery that obeys them is elsewhere.
 */
package dev.merapi.client.connection;
