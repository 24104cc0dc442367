package dev.merapi.server.connection;

/** What a connection needs of the socket it talks through. Any thread may call; the work is done on the event loop. */
public interface Wire {
    /** Something is waiting in the outbox: take it out soon. */
    void wake();

    /** Whether to read more from the client. Its requests wait in the socket meanwhile. */
    void setReading(boolean reading);

    /** Sends what is in the outbox, then a close frame, then closes the socket, within a bounded time. */
    void close(int code, String reason);
}
