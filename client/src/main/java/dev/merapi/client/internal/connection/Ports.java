package dev.merapi.client.internal.connection;

import dev.merapi.client.transport.Scheduler;
import dev.merapi.client.transport.Transport;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Everything a client gets from outside.
 *
 * @param callbacks where the application's code runs
 * @param blocking where a token provider may block
 * @param onClosed releases what was made for this client alone; called once, without locks
 */
public record Ports(
        Transport transport,
        Scheduler scheduler,
        RandomGenerator random,
        Callbacks callbacks,
        Executor blocking,
        Runnable onClosed) {}
