package dev.merapi.client.internal.connection;

import dev.merapi.client.transport.Transport;
import dev.merapi.wire.ServerMessage;

/** What belongs to one connection and goes with it. Guarded by the client's lock. */
final class Session {
    private final long attempt;
    private final Transport.Connection connection;
    private final Outbox outbox;
    private long epoch;
    private int maxFrameBytes = Integer.MAX_VALUE;

    Session(long attempt, Transport.Connection connection, Outbox outbox) {
        this.attempt = attempt;
        this.connection = connection;
        this.outbox = outbox;
    }

    void welcomed(ServerMessage.Welcome welcome) {
        epoch = welcome.position().epoch();
        maxFrameBytes = welcome.limits().maxFrameBytes();
        outbox.serverAllows(maxFrameBytes);
    }

    /** The attempt of the lifecycle from which it came. */
    long attempt() {
        return attempt;
    }

    Transport.Connection connection() {
        return connection;
    }

    Outbox outbox() {
        return outbox;
    }

    /** The history the server has. */
    long epoch() {
        return epoch;
    }

    /** The longest message the server takes. */
    int maxFrameBytes() {
        return maxFrameBytes;
    }
}
