package dev.merapi.client.connection;

import dev.merapi.api.error.CodedException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the one connection of a client stands.
 *
 * <pre>
 * Idle ──first use──► Connecting ──welcome──► Connected ──lost──► Waiting ──delay over──► Connecting …
 *                          └──────────failed──────────────────────► Waiting
 * any ──close(), or a refusal that would repeat itself──► Closed
 * </pre>
 */
public sealed interface ConnectionState {

    /** Nothing was asked of the client yet, so it has not connected. */
    record Idle() implements ConnectionState {}

    /**
     * A connection is being made: token, socket, greeting.
     *
     * @param attempt 1 for the first attempt, and again 1 for the first one after a connection was lost
     */
    record Connecting(int attempt) implements ConnectionState {}

    /**
     * The server has welcomed the client.
     *
     * @param connectionId the server's number for this connection, as in its log
     * @param identity who the client is to the server; empty means anonymous
     * @param database the name of the database
     */
    record Connected(long connectionId, String identity, String database) implements ConnectionState {}

    /**
     * The connection was lost or could not be made; another attempt follows.
     *
     * @param nextAttempt the number of the attempt to come, from 1
     * @param delay how long the client waits before it, counted from the change to this state
     */
    record Waiting(int nextAttempt, Duration delay, CodedException cause) implements ConnectionState {}

    /**
     * The end; there is no way back.
     *
     * @param cause why, or empty when the application closed the client
     */
    record Closed(Optional<CodedException> cause) implements ConnectionState {}
}
