package dev.merapi.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client can say, independent of the bytes of a protocol.
 *
 * <p>Request ids and subscription ids are chosen by the client. A request id must not be in use by another request of
 * the same connection that has not been answered yet; a subscription id must not be in use by another subscription of
 * the same connection that has not ended yet ({@link ServerMessage.SubscriptionEnded}).
 */
public sealed interface ClientMessage {

    /**
     * The first message of a connection; nothing else is accepted before it.
     *
     * @param revision the highest revision of the protocol the client speaks, 1 or more
     * @param capabilities optional abilities the client has and would like to use; the server names in its
     *     {@link ServerMessage.Welcome} those it has too
     * @param token bearer token, or null to stay anonymous (or when the token came with the upgrade request)
     * @param database the database to work on; empty means the server's default database
     * @param clientName free text that appears in the server's log, such as {@code "merapi-java/0.1.0"}
     */
    record Hello(
            int revision,
            List<String> capabilities,
            @Nullable String token,
            String database,
            String clientName) implements ClientMessage {
        public Hello {
            capabilities = List.copyOf(capabilities);
        }
    }

    /**
     * Runs statements, in order, as one transaction: all of them take effect or none. Answered by
     * {@link ServerMessage.Results} or {@link ServerMessage.RequestFailed}.
     */
    record Execute(long requestId, List<Statement> statements, Confirm confirm) implements ClientMessage {
        public Execute {
            statements = List.copyOf(statements);
        }
    }

    /**
     * Runs one reading statement on a snapshot that holds at least every commit this connection has been told of and
     * every {@link Execute} it sent before. Answered like {@link Execute}.
     */
    record Query(long requestId, Statement statement) implements ClientMessage {}

    /**
     * Asks to stop the request with this id. The request is still answered: with
     * {@link ServerMessage.RequestFailed} when it was stopped, as if nothing had been asked when it was too late.
     */
    record Cancel(long requestId) implements ClientMessage {}

    /**
     * Opens a live query. Answered by {@link ServerMessage.Subscribed} followed by rows, or by
     * {@link ServerMessage.SubscriptionEnded} with an error.
     */
    record Subscribe(int subscriptionId, Statement statement, LiveOptions options) implements ClientMessage {}

    /**
     * Asks for one more {@link ServerMessage.Batch} of the initial rows. The first batch comes unasked. May be sent
     * ahead, several at once: each is one credit. Superfluous ones are ignored.
     */
    record NextBatch(int subscriptionId) implements ClientMessage {}

    /**
     * Ends a live query. Answered by {@link ServerMessage.SubscriptionEnded} without error; unknown ids are ignored.
     */
    record Unsubscribe(int subscriptionId) implements ClientMessage {}

    /**
     * Calls a function of the database's module: a reducer runs as one transaction. Answered by
     * {@link ServerMessage.Results} with one result, whose rows are what the function returned, if it returns anything;
     * or by {@link ServerMessage.RequestFailed}.
     *
     * @param arguments the arguments in BSATN, one after another
     */
    record Call(long requestId, String function, byte[] arguments, Confirm confirm) implements ClientMessage {}

    /** Asks for a {@link ServerMessage.Pong} with the same nonce; also keeps the connection from being idle. */
    record Ping(long nonce) implements ClientMessage {}
}
