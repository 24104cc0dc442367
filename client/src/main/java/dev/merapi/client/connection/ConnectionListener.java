package dev.merapi.client.connection;

import dev.merapi.api.error.CodedException;

/**
 * Told what happens to the connection. All methods are called on the client's callback thread, one at a time and in the
 * order in which things happened; what they throw is logged and otherwise ignored.
 */
public interface ConnectionListener {

    /** The server has welcomed the client, for the first time or again; live queries are being resumed. */
    default void onConnect(ConnectionState.Connected state) {}

    /** An established connection is gone. */
    default void onDisconnect(Disconnect disconnect) {}

    /**
     * Something went wrong that no call reports: an attempt to connect failed, the connection broke, the server sent
     * something unintelligible.
     *
     * @param recoverable whether the client goes on by itself
     */
    default void onError(CodedException error, boolean recoverable) {}

    /** Whether {@link #onReceive} and {@link #onSend} are to be called; asked once, when the client is built. */
    default boolean wantsMessages() {
        return false;
    }

    /** A message arrived. For debugging: it costs a task for every message. Only if {@link #wantsMessages}. */
    default void onReceive(Message message) {}

    /**
     * A message is about to be sent. For debugging: it costs a task for every message. Only if {@link #wantsMessages}.
     */
    default void onSend(Message message) {}

    /**
     * How a connection ended.
     *
     * @param code the WebSocket close code; 1006 when the connection broke without one
     * @param reason the server's words, or the client's own
     * @param reconnecting whether the client connects again by itself
     */
    record Disconnect(int code, String reason, boolean reconnecting) {}

    /**
     * A message of the protocol.
     *
     * @param kind its name in the protocol, such as {@code "Subscribe"} or {@code "Update"}
     * @param description its fields; rows are only counted
     */
    record Message(String kind, String description) {}
}
