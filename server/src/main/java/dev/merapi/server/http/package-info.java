/**
 * The sockets: one port for WebSocket and HTTP, on Netty's event loops. Nothing here blocks: queries, snapshots and
 * writes run elsewhere and come back through a connection's outbox or a future.
 */
package dev.merapi.server.http;
