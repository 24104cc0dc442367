package dev.merapi.server.connection;

import dev.merapi.api.value.ConnectionId;
import dev.merapi.server.auth.Authenticator;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.wire.ConnectionLimits;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all connections of a server share.
 *
 * @param workers runs what may wait; each task may block
 */
public record ConnectionHost(
        Databases databases,
        Authenticator authenticator,
        ServerLimits limits,
        Executor workers,
        LongSupplier nanoTime,
        Supplier<ConnectionId> newConnectionId,
        ConnectionStatistics statistics) {
    /** The limits clients are told of. */
    ConnectionLimits connectionLimits() {
        return new ConnectionLimits(
                limits.getInt(Limit.FRAME_BYTES),
                limits.getInt(Limit.REQUESTS_IN_FLIGHT),
                limits.getInt(Limit.SUBSCRIPTIONS),
                limits.getInt(Limit.BATCH_ROWS),
                limits.getInt(Limit.IDLE_MILLIS));
    }
}
