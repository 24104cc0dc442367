package dev.merapi.client.internal.transport;

import dev.merapi.client.transport.Transport;
import dev.merapi.wire.CloseCode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * WebSockets by the JDK's HTTP client, with what it leaves to its user:
 *
 * <ul>
 *   <li>it takes one send at a time and reports a second one only in a future: {@link Transport.Connection#send} has
 *       the same rule, and the one caller keeps it;
 *   <li>messages arrive in parts: {@link MessageAssembler};
 *   <li>a server that chooses no subprotocol passes its handshake: checked here;
 *   <li>demand: the next message is asked for when the listener has returned from the one before, so a slow reader
 *       fills the socket and not the memory;
 *   <li>it has no heartbeat and no deadline for the handshake as a whole: the client has both;
 *   <li>each client of it owns threads: there is one for all connections.
 * </ul>
 */
public final class JdkWebSocketTransport implements Transport {
    private static final int MESSAGE_TOO_BIG = 1009;

    private final ExecutorService executor;
    private final HttpClient http;

    public JdkWebSocketTransport() {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "merapi-socket-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        executor = Executors.newCachedThreadPool(threads);
        http = HttpClient.newBuilder().executor(executor).build();
    }

    @Override
    public void open(Target target, Listener listener) {
        Session session = new Session(target, listener);
        var unused = http.newWebSocketBuilder()
                .subprotocols(target.subprotocol())
                .connectTimeout(target.timeout())
                .buildAsync(target.uri(), session)
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        session.end(handshakeFailure(failure));
                    }
                });
    }

    @Override
    public void close() {
        http.shutdownNow();
        executor.shutdownNow();
    }

    private static Closing handshakeFailure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException handshake) {
            int status = handshake.getResponse().statusCode();
            return Closing.failed("the handshake was answered with HTTP status " + status, retryAfter(status));
        }
        String message = cause.getMessage();
        String reason = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
        return Closing.failed(reason, cause instanceof IOException ? Closing.Retry.YES : Closing.Retry.NO);
    }

    private static Closing.Retry retryAfter(int httpStatus) {
        return switch (httpStatus) {
            case 401, 403 -> Closing.Retry.WITH_FRESH_TOKEN;
            case 408, 425, 429 -> Closing.Retry.YES;
            default -> httpStatus >= 500 ? Closing.Retry.YES : Closing.Retry.NO;
        };
    }

    /** One WebSocket: the JDK calls the listener's methods one at a time. */
    private static final class Session implements WebSocket.Listener, Connection {
        private final Target target;
        private final Transport.Listener listener;
        private final MessageAssembler assembler;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable WebSocket socket;

        private Session(Target target, Transport.Listener listener) {
            this.target = target;
            this.listener = listener;
            this.assembler = new MessageAssembler(target.maxMessageBytes());
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            if (!opened.getSubprotocol().equals(target.subprotocol())) {
                refuse(
                        CloseCode.PROTOCOL_ERROR,
                        Closing.failed(
                                "the server did not agree to the subprotocol " + target.subprotocol(),
                                Closing.Retry.NO));
                return;
            }
            listener.opened(this);
            opened.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            if (ended.get()) {
                return null;
            }
            byte[] message;
            try {
                message = assembler.add(part, last);
            } catch (MessageAssembler.TooLong e) {
                refuse(
                        CloseCode.FRAME_TOO_LARGE,
                        new Closing(MESSAGE_TOO_BIG, String.valueOf(e.getMessage()), Closing.Retry.NO));
                return null;
            }
            if (message != null) {
                listener.received(message);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            refuse(
                    CloseCode.PROTOCOL_ERROR,
                    Closing.failed("the server sent text in a binary protocol", Closing.Retry.NO));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            boolean broken = code == Closing.NO_CODE;
            end(broken ? Closing.failed("the connection broke", Closing.Retry.YES) : Closing.byCode(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            String message = error.getMessage();
            end(Closing.failed(
                    message == null || message.isBlank() ? error.getClass().getSimpleName() : message,
                    Closing.Retry.YES));
        }

        /** The JDK refuses to send most of the standard codes, so ours tell the server why. */
        private void refuse(CloseCode code, Closing closing) {
            WebSocket open = socket;
            end(closing);
            if (open != null) {
                var unused = open.sendClose(code.number(), "").whenComplete((sent, failure) -> open.abort());
            }
        }

        void end(Closing closing) {
            if (ended.compareAndSet(false, true)) {
                listener.closed(closing);
            }
        }

        @Override
        public CompletionStage<?> send(byte[] message) {
            WebSocket open = socket;
            if (open == null) {
                throw new IllegalStateException("not open yet");
            }
            return open.sendBinary(ByteBuffer.wrap(message), true);
        }

        @Override
        public void close(int code, String reason) {
            WebSocket open = socket;
            if (open != null) {
                var unused = open.sendClose(code, reason).whenComplete((sent, failure) -> {
                    if (failure != null) {
                        abort();
                    }
                });
            }
        }

        @Override
        public void abort() {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
            end(Closing.failed("connection aborted", Closing.Retry.YES));
        }
    }
}
