package dev.merapi.client.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/**
 * What a client holds at most, so that nothing in it grows without bound.
 *
 * @param maxInFlight requests sent and not yet answered; the server's own limit counts when it is lower
 * @param maxQueued requests that wait for a connection or for their turn. When it is reached, a blocking call waits and
 *     an asynchronous one fails with REQUEST_QUEUE_FULL
 * @param maxMessageBytes the longest message taken from the server, in bytes; a longer one ends the connection
 */
public record ClientLimits(int maxInFlight, int maxQueued, int maxMessageBytes) {
    /** 256 in flight, 4,096 queued, 64 MiB per message. */
    public static final ClientLimits DEFAULT = new ClientLimits(256, 4096, 64 << 20);

    private static final int MIN_MESSAGE_BYTES = 64 << 10;

    public ClientLimits {
        if (maxInFlight < 1 || maxQueued < 1 || maxMessageBytes < MIN_MESSAGE_BYTES) {
            throw new CodedException(ErrorCode.INVALID_OPTION, "client limits are too low")
                    .with("maxInFlight", maxInFlight)
                    .with("maxQueued", maxQueued)
                    .with("maxMessageBytes", maxMessageBytes)
                    .hint("at least 1, 1 and " + MIN_MESSAGE_BYTES);
        }
    }
}
