package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.wire.ServerMessage;
import org.jspecify.annotations.Nullable;

/**
 * The way to one client. Messages arrive there in the order in which one thread sent them. All methods may be called
 * from any thread; only {@link #awaitRoom} may wait.
 */
public interface Outlet {
    /** Its number, different from all others of the server. */
    long id();

    /** Bytes that wait to be read by the client. */
    long queuedBytes();

    /** Hands a message over. Does nothing once the outlet is closed. */
    void send(ServerMessage message);

    /** Hands over a message that goes to others, too: it is encoded once for all of them. */
    void send(SharedMessage message);

    /** Whether more is waiting to be read by the client than the outbox is meant to hold. */
    boolean isCongested();

    /**
     * Waits until the client has read enough that the outlet is not congested. Not for event loops or owner threads.
     *
     * @return false when the outlet was closed instead
     */
    boolean awaitRoom() throws InterruptedException;

    boolean isClosed();

    /**
     * Tells the client that a subscription is over, and frees its id.
     *
     * @param reason null when the client asked for it
     */
    void endSubscription(int subscriptionId, @Nullable CodedException reason);
}
