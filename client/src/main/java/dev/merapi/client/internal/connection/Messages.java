package dev.merapi.client.internal.connection;

import dev.merapi.client.connection.ConnectionListener;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ServerMessage;

/** Messages as a person wants to read them in a log: tokens are hidden, rows only counted. */
final class Messages {
    private Messages() {}

    static ConnectionListener.Message describe(ClientMessage message) {
        String fields = switch (message) {
            case ClientMessage.Hello m -> "database=" + m.database() + ", client=" + m.clientName();
            case ClientMessage.Execute m ->
                "request=" + m.requestId() + ", statements="
                        + m.statements().stream().map(s -> s.sql()).toList();
            case ClientMessage.Query m ->
                "request=" + m.requestId() + ", sql=" + m.statement().sql();
            case ClientMessage.Call m ->
                "request=" + m.requestId() + ", function=" + m.function() + ", arguments=" + m.arguments().length
                        + " bytes";
            case ClientMessage.Cancel m -> "request=" + m.requestId();
            case ClientMessage.Subscribe m ->
                "subscription=" + m.subscriptionId() + ", sql=" + m.statement().sql() + ", from="
                        + m.options().from();
            case ClientMessage.NextBatch m -> "subscription=" + m.subscriptionId();
            case ClientMessage.Unsubscribe m -> "subscription=" + m.subscriptionId();
            case ClientMessage.Ping m -> "nonce=" + m.nonce();
        };
        return new ConnectionListener.Message(message.getClass().getSimpleName(), fields);
    }

    static ConnectionListener.Message describe(ServerMessage message) {
        String fields = switch (message) {
            case ServerMessage.Welcome m -> "connection=" + m.connectionId() + ", database=" + m.database();
            case ServerMessage.Results m ->
                "request=" + m.requestId() + ", results=" + m.results().size() + ", position=" + m.position();
            case ServerMessage.ResultRows m ->
                "request=" + m.requestId() + ", rows=" + m.rows().size();
            case ServerMessage.RequestFailed m ->
                "request=" + m.requestId() + ", error=" + m.error().code();
            case ServerMessage.Subscribed m ->
                "subscription=" + m.subscriptionId() + ", position=" + m.position() + ", start=" + m.start();
            case ServerMessage.Batch m ->
                "subscription=" + m.subscriptionId() + ", rows=" + m.rows().size() + ", hasMore=" + m.hasMore();
            case ServerMessage.Update m ->
                "result=" + m.resultId() + ", offset=" + m.offset() + ", changes="
                        + m.changes().size();
            case ServerMessage.NetUpdate m ->
                "subscription=" + m.subscriptionId() + ", offset=" + m.offset() + ", changes="
                        + m.changes().size();
            case ServerMessage.Progress m -> "offset=" + m.offset();
            case ServerMessage.Live m -> "subscription=" + m.subscriptionId() + ", offset=" + m.offset();
            case ServerMessage.SubscriptionEnded m ->
                "subscription=" + m.subscriptionId()
                        + (m.error() == null ? "" : ", error=" + m.error().code());
            case ServerMessage.Pong m -> "nonce=" + m.nonce();
            case ServerMessage.Goodbye m -> "code=" + m.code() + ", reason=" + m.reason();
        };
        return new ConnectionListener.Message(message.getClass().getSimpleName(), fields);
    }
}
