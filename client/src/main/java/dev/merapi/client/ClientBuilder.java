package dev.merapi.client;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.connection.ClientLimits;
import dev.merapi.client.connection.ConnectionListener;
import dev.merapi.client.connection.ReconnectPolicy;
import dev.merapi.client.connection.Timeouts;
import dev.merapi.client.connection.TokenProvider;
import dev.merapi.client.internal.connection.CallbackQueue;
import dev.merapi.client.internal.connection.Callbacks;
import dev.merapi.client.internal.connection.ClientCore;
import dev.merapi.client.internal.connection.Ports;
import dev.merapi.client.internal.connection.Settings;
import dev.merapi.client.internal.transport.JdkWebSocketTransport;
import dev.merapi.client.internal.transport.SystemScheduler;
import dev.merapi.client.transport.Scheduler;
import dev.merapi.client.transport.Transport;
import dev.merapi.wire.v1.V1Codec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects what a client needs; each method returns the builder. Not thread-safe. */
public final class ClientBuilder {
    private URI uri = address("ws://127.0.0.1:3000");
    private String database = "";
    private String clientName = "merapi-java";
    private TokenProvider tokens = TokenProvider.ANONYMOUS;
    private boolean tokensAreFixed = true;
    private ReconnectPolicy reconnect = ReconnectPolicy.DEFAULT;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private ClientLimits limits = ClientLimits.DEFAULT;
    private Confirmation confirmation = Confirmation.DURABLE;
    private final List<ConnectionListener> listeners = new ArrayList<>();
    private @Nullable Executor callbackExecutor;
    private @Nullable Transport transport;
    private @Nullable Scheduler scheduler;
    private RandomGenerator random = new java.util.SplittableRandom();

    ClientBuilder() {}

    /**
     * The server: {@code ws://host:port} or {@code wss://host:port}; {@code http} and {@code https} mean the same. A
     * path is only needed when something in front of the server changes it.
     */
    public ClientBuilder uri(String text) {
        uri = address(text);
        return this;
    }

    /** The database; unset or empty: the server's default one. */
    public ClientBuilder database(String name) {
        database = name;
        return this;
    }

    /** Free text that names this client in the server's log. */
    public ClientBuilder clientName(String name) {
        clientName = name;
        return this;
    }

    /** A token that does not change. */
    public ClientBuilder token(String token) {
        tokens = () -> token;
        tokensAreFixed = true;
        return this;
    }

    /** Asked for a token at each attempt to connect. */
    public ClientBuilder tokenProvider(TokenProvider provider) {
        tokens = provider;
        tokensAreFixed = false;
        return this;
    }

    public ClientBuilder reconnect(ReconnectPolicy policy) {
        reconnect = policy;
        return this;
    }

    public ClientBuilder timeouts(Timeouts newTimeouts) {
        timeouts = newTimeouts;
        return this;
    }

    public ClientBuilder limits(ClientLimits newLimits) {
        limits = newLimits;
        return this;
    }

    /** When writes count as done unless a call says otherwise; DURABLE when unset. */
    public ClientBuilder confirmation(Confirmation newDefault) {
        confirmation = newDefault;
        return this;
    }

    /** Adds a listener; may be called several times. */
    public ClientBuilder listener(ConnectionListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Where callbacks, asynchronous answers and listeners run. Unset: one thread of the client, so that all of them run
     * one at a time. With an executor of several threads, callbacks of different live queries run at the same time;
     * those of one stay in order. The client does not shut it down.
     */
    public ClientBuilder callbackExecutor(Executor executor) {
        callbackExecutor = executor;
        return this;
    }

    /** Another way to the server than the JDK's WebSocket client. The client does not close it. */
    public ClientBuilder transport(Transport newTransport) {
        transport = newTransport;
        return this;
    }

    /** Another clock. The client does not close it. */
    public ClientBuilder scheduler(Scheduler newScheduler) {
        scheduler = newScheduler;
        return this;
    }

    /** Another source of chance; only used for the jitter of reconnecting. Must be thread-safe or used here alone. */
    public ClientBuilder random(RandomGenerator newRandom) {
        random = newRandom;
        return this;
    }

    /** A client that connects when it is first used. */
    public MerapiClient build() {
        List<AutoCloseable> owned = new ArrayList<>();
        Transport ownTransport = transport == null ? own(owned, new JdkWebSocketTransport()) : transport;
        Scheduler ownScheduler = scheduler == null ? own(owned, new SystemScheduler()) : scheduler;
        Callbacks callbacks =
                callbackExecutor == null ? new CallbackQueue(callbackThread(owned)) : Callbacks.on(callbackExecutor);
        Ports ports = new Ports(
                ownTransport,
                ownScheduler,
                random,
                callbacks,
                task -> Thread.ofVirtual().name("merapi-token").start(task),
                () -> owned.forEach(ClientBuilder::closeQuietly));
        Settings settings =
                new Settings(uri, database, clientName, tokens, tokensAreFixed, reconnect, timeouts, limits, listeners);
        ClientCore core = new ClientCore(settings, ports);
        return new MerapiClient(core, new Requests(core, confirmation, timeouts.request()));
    }

    /**
     * A client that is connected.
     *
     * @throws CodedException why the first attempt failed; there is no client then and nothing goes on in the
     *     background
     */
    public MerapiClient connect() {
        MerapiClient client = build();
        try {
            client.connect();
            return client;
        } catch (CodedException e) {
            client.close();
            throw e;
        }
    }

    private static <T extends AutoCloseable> T own(List<AutoCloseable> owned, T resource) {
        owned.add(resource);
        return resource;
    }

    private static Executor callbackThread(List<AutoCloseable> owned) {
        ExecutorService executor =
                new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "merapi-callbacks");
                    thread.setDaemon(true);
                    return thread;
                });
        // What was told before the end still reaches the application; nothing is waited for.
        owned.add(executor::shutdown);
        return executor;
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.getLogger(ClientBuilder.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a resource of the client failed", e);
        }
    }

    private static URI address(String text) {
        URI given;
        try {
            given = new URI(text);
        } catch (URISyntaxException e) {
            throw invalidAddress(text).causedBy(e);
        }
        String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
        String socketScheme = switch (scheme) {
            case "ws", "http" -> "ws";
            case "wss", "https" -> "wss";
            default -> throw invalidAddress(text);
        };
        if (given.getHost() == null || given.getRawFragment() != null || given.getRawUserInfo() != null) {
            throw invalidAddress(text);
        }
        String path =
                given.getRawPath() == null || given.getRawPath().length() <= 1 ? V1Codec.PATH : given.getRawPath();
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return URI.create(socketScheme + "://" + given.getRawAuthority() + path + query);
    }

    private static CodedException invalidAddress(String text) {
        return new CodedException(ErrorCode.INVALID_OPTION, "not the address of a server")
                .with("uri", text)
                .hint("an address looks like ws://127.0.0.1:3000 or wss://db.example.com");
    }
}
