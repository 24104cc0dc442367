package dev.merapi.server;

import dev.merapi.api.value.BsatnWriter;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import dev.merapi.wire.v1.V1Codec;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client as simple as can be: sends messages, collects what comes, in order. */
public final class TestClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int TIMEOUT_SECONDS = 20;

    /** How the server ended the connection. */
    public record Closed(int code, String reason) {}

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final AtomicLong nextRequest = new AtomicLong(1);
    private final WebSocket socket;

    private TestClient(WebSocket.Builder builder, int port, Listener listener) {
        listener.client = this;
        socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + V1Codec.PATH), listener)
                .join();
    }

    /** Opens a socket and says nothing. */
    public static TestClient open(int port, String... headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols(V1Codec.SUBPROTOCOL);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return new TestClient(builder, port, new Listener());
    }

    /** Opens a socket and says hello, anonymously, to the default database. */
    public static TestClient connect(Server server) {
        return connect(server, null, "");
    }

    public static TestClient connect(Server server, @Nullable String token, String database) {
        TestClient client = open(server.port());
        client.send(new ClientMessage.Hello(1, List.of(), token, database, "test"));
        client.expect(ServerMessage.Welcome.class);
        return client;
    }

    public void send(ClientMessage... messages) {
        BsatnWriter out = new BsatnWriter();
        for (ClientMessage message : messages) {
            V1Codec.encode(message, out);
        }
        sendBytes(out.toByteArray());
    }

    public void sendBytes(byte[] frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }

    public void sendPart(byte[] part, boolean last) {
        socket.sendBinary(ByteBuffer.wrap(part), last).join();
    }

    public void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** The next message, which must be of this type. */
    public <M extends ServerMessage> M expect(Class<M> type) {
        ServerMessage message = next();
        if (!type.isInstance(message)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", got " + message);
        }
        return type.cast(message);
    }

    /** The next message of this type; those before it are dropped. */
    public <M extends ServerMessage> M skipTo(Class<M> type) {
        while (true) {
            ServerMessage message = next();
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    public ServerMessage next() {
        try {
            Object next = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (next instanceof ServerMessage message) {
                return message;
            }
            throw new AssertionError("expected a message, got " + (next == null ? "nothing" : next));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next message if it comes soon, else null. */
    public @Nullable ServerMessage poll(long millis) {
        try {
            return received.poll(millis, TimeUnit.MILLISECONDS) instanceof ServerMessage message ? message : null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the server to close the connection. */
    public Closed awaitClosed() {
        return closed.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Waits for the answer to a transaction. */
    public ServerMessage.Results execute(String sql, TypedValue... parameters) {
        long id = sendExecute(Confirm.DURABLE, sql, parameters);
        ServerMessage answer = answerTo(id);
        if (answer instanceof ServerMessage.Results results) {
            return results;
        }
        throw new AssertionError(sql + ": " + answer);
    }

    public long sendExecute(Confirm confirm, String sql, TypedValue... parameters) {
        long id = nextRequest.getAndIncrement();
        send(new ClientMessage.Execute(id, List.of(Statement.of(sql, parameters)), confirm));
        return id;
    }

    public long sendQuery(String sql, TypedValue... parameters) {
        long id = nextRequest.getAndIncrement();
        send(new ClientMessage.Query(id, Statement.of(sql, parameters)));
        return id;
    }

    /** The answer to a request; other messages before it are dropped. */
    public ServerMessage answerTo(long requestId) {
        while (true) {
            ServerMessage message = next();
            if (message instanceof ServerMessage.Results r && r.requestId() == requestId) {
                return r;
            }
            if (message instanceof ServerMessage.RequestFailed f && f.requestId() == requestId) {
                return f;
            }
        }
    }

    public void subscribe(int id, String sql) {
        subscribe(id, sql, LiveOptions.DEFAULT);
    }

    public void subscribe(int id, String sql, LiveOptions options, TypedValue... parameters) {
        send(new ClientMessage.Subscribe(id, Statement.of(sql, parameters), options));
    }

    /** Closes without a word. */
    public void abort() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Listener implements WebSocket.Listener {
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        private @Nullable TestClient client;

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                byte[] frame = parts.toByteArray();
                parts.reset();
                V1Codec.decodeServer(frame, 0, frame.length, client.received::add);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            client.closed.complete(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            client.received.add(error);
            client.closed.completeExceptionally(error);
        }
    }
}
