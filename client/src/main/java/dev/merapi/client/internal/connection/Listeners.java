package dev.merapi.client.internal.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.client.connection.ConnectionListener;
import dev.merapi.client.connection.ConnectionState;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ServerMessage;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells the application's connection listeners, in order, on the callback executor. Telling only queues; {@link #start}
 * makes it happen and must be called without locks.
 */
final class Listeners {
    private final List<ConnectionListener> all;
    private final List<ConnectionListener> wantingMessages;
    private final SerialExecutor executor;

    Listeners(List<ConnectionListener> listeners, Executor callbacks) {
        all = listeners;
        wantingMessages =
                listeners.stream().filter(ConnectionListener::wantsMessages).toList();
        executor = new SerialExecutor(callbacks);
    }

    void connected(ConnectionState.Connected state) {
        tell(all, listener -> listener.onConnect(state));
    }

    void disconnected(ConnectionListener.Disconnect disconnect) {
        tell(all, listener -> listener.onDisconnect(disconnect));
    }

    void troubled(CodedException error, boolean recoverable) {
        tell(all, listener -> listener.onError(error, recoverable));
    }

    void sent(ClientMessage message) {
        if (!wantingMessages.isEmpty()) {
            ConnectionListener.Message described = Messages.describe(message);
            tell(wantingMessages, listener -> listener.onSend(described));
        }
    }

    void received(ServerMessage message) {
        if (!wantingMessages.isEmpty()) {
            ConnectionListener.Message described = Messages.describe(message);
            tell(wantingMessages, listener -> listener.onReceive(described));
        }
    }

    void start() {
        if (!all.isEmpty()) {
            executor.start();
        }
    }

    private void tell(List<ConnectionListener> listeners, Consumer<ConnectionListener> call) {
        for (ConnectionListener listener : listeners) {
            executor.add(() -> call.accept(listener));
        }
    }
}
