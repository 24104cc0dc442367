/**
 * The readers' side of one database: {@link dev.merapi.server.live.LiveStage} on the thread {@code live-<name>} takes
 * each commit to the subscriptions it concerns. What may take long (reading a snapshot in pieces, computing what a
 * reader has missed) runs on virtual threads and comes back to the stage. Knows nothing of sockets: it talks to an
 * {@link dev.merapi.server.live.Outlet}.
 */
package dev.merapi.server.live;
