package dev.merapi.server.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts over all connections of a server. Any thread. */
public final class ConnectionStatistics {
    public final AtomicInteger open = new AtomicInteger();
    public final LongAdder accepted = new LongAdder();
    public final LongAdder requests = new LongAdder();
    public final LongAdder failures = new LongAdder();
    public final LongAdder messagesIn = new LongAdder();
    public final LongAdder messagesOut = new LongAdder();
    public final LongAdder bytesOut = new LongAdder();
    public final LongAdder queuedBytes = new LongAdder();
    public final LongAdder slowConsumers = new LongAdder();

    public ConnectionStatistics() {}
}
