package dev.merapi.server.connection;

import dev.merapi.api.value.ConnectionId;
import dev.merapi.server.auth.Authenticator;
import dev.merapi.server.config.ServerLimits;
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
        ConnectionStatistics statistics) {}
