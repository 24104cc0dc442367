package dev.merapi.client.transport;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Makes connections that carry whole binary messages in both directions: a WebSocket, or something that behaves like
 * one. The client uses one connection at a time. Implementations may be called by any thread.
 */
public interface Transport extends AutoCloseable {

    /**
     * Begins to open a connection; returns at once. The listener hears of the outcome: {@link Listener#opened} and
     * later {@link Listener#closed}, or {@link Listener#closed} alone. Never calls the listener before it has returned.
     */
    void open(Target target, Listener listener);

    /** Releases threads and sockets; open connections are aborted. */
    @Override
    void close();

    /**
     * Where and how to connect.
     *
     * @param uri with scheme {@code ws} or {@code wss} and a path
     * @param subprotocol asked for in the handshake; the connection must not open without it
     * @param timeout for connecting and the handshake
     * @param maxMessageBytes the longest message to take; a longer one ends the connection with code 1009
     */
    record Target(URI uri, String subprotocol, Duration timeout, int maxMessageBytes) {}

    /** One open connection. */
    interface Connection {
        /**
         * Sends one message. The bytes must not be modified any more. At most one send may be under way: the caller
         * waits for the stage before it sends again. The stage fails when the connection cannot send any more.
         */
        CompletionStage<?> send(byte[] message);

        /** Says goodbye with a close code; {@link Listener#closed} follows when the peer has answered. */
        void close(int code, String reason);

        /** Drops the connection at once; {@link Listener#closed} follows unless it was called already. */
        void abort();
    }

    /**
     * Hears what a connection does. Called by one thread at a time, in order; returning from {@link #received} asks for
     * the next message, so a listener that is slow slows the sender down.
     */
    interface Listener {
        void opened(Connection connection);

        /** A whole message, put together from its parts. The bytes belong to the listener. */
        void received(byte[] message);

        /** The last call. */
        void closed(Closing closing);
    }

    /**
     * How a connection ended or failed to open.
     *
     * @param code the peer's close code; 1006 when there was none
     * @param reason the peer's words, or what went wrong
     * @param retry whether connecting again may help; for a close code the code decides
     */
    record Closing(int code, String reason, Retry retry) {
        /** The code that stands for "no close frame". */
        public static final int NO_CODE = 1006;

        /** What to do about it. */
        public enum Retry {
            /** Decided by the close code. */
            BY_CODE,
            /** The network, or a server that is starting or overloaded. */
            YES,
            /** The server wants another token. */
            WITH_FRESH_TOKEN,
            /** What answers there is not a Merapi server. */
            NO
        }

        public static Closing byCode(int code, String reason) {
            return new Closing(code, reason, Retry.BY_CODE);
        }

        public static Closing failed(String reason, Retry retry) {
            return new Closing(NO_CODE, reason, retry);
        }
    }
}
