/**
 * The real outside world: the JDK's WebSocket client and its clock. The only place of the client that starts threads.
 */
package dev.merapi.client.internal.transport;
