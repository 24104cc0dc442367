package dev.merapi.client.internal.connection;

import dev.merapi.client.connection.ClientLimits;
import dev.merapi.client.connection.ConnectionListener;
import dev.merapi.client.connection.ReconnectPolicy;
import dev.merapi.client.connection.Timeouts;
import dev.merapi.client.connection.TokenProvider;
import java.net.URI;
import java.util.List;

/**
 * What the application has chosen.
 *
 * @param tokensAreFixed whether the token provider answers at once and always the same, so that it needs no thread
 */
public record Settings(
        URI uri,
        String database,
        String clientName,
        TokenProvider tokens,
        boolean tokensAreFixed,
        ReconnectPolicy reconnect,
        Timeouts timeouts,
        ClientLimits limits,
        List<ConnectionListener> listeners) {
    public Settings {
        listeners = List.copyOf(listeners);
    }
}
