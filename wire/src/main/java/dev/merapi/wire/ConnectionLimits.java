package dev.merapi.wire;

/**
 * What a server refuses on one connection, told in {@link ServerMessage.Welcome} so that a client can stay within.
 *
 * @param maxFrameBytes longest WebSocket message the client may send, in bytes
 * @param maxRequestsInFlight requests sent and not yet answered
 * @param maxSubscriptions live queries open at the same time
 * @param maxBatchRows most rows the server puts into one batch
 * @param idleTimeoutMillis the server closes a connection on which nothing arrived for so long; a client that may be
 *     silent that long sends {@link ClientMessage.Ping}
 */
public record ConnectionLimits(
        int maxFrameBytes, int maxRequestsInFlight, int maxSubscriptions, int maxBatchRows, int idleTimeoutMillis) {}
