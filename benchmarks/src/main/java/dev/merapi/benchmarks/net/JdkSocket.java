package dev.merapi.benchmarks.net;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's WebSocket client with nothing on top of it but what it demands: one send at a time. Messages that gather
 * meanwhile leave together in one frame, as in our client.
 */
public final class JdkSocket implements AutoCloseable {
    private static final int FRAME_BYTES = 64 << 10;

    private final ExecutorService executor;
    private final HttpClient http;
    private final WebSocket socket;

    // Guarded by waiting.
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private boolean sending;

    /** Takes what comes in: called by one thread at a time. */
    public interface Receiver {
        /** @param last whether the frame is complete with these bytes */
        void received(ByteBuffer part, boolean last);
    }

    private JdkSocket(ExecutorService executor, HttpClient http, WebSocket socket) {
        this.executor = executor;
        this.http = http;
        this.socket = socket;
    }

    /** Connects to a port of the loopback address. */
    public static JdkSocket open(int port, Receiver receiver) {
        ExecutorService executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "jdk-socket");
            thread.setDaemon(true);
            return thread;
        });
        HttpClient http = HttpClient.newBuilder().executor(executor).build();
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols(BaselineServer.SUBPROTOCOL)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + BaselineServer.PATH), new Listener(receiver))
                .join();
        return new JdkSocket(executor, http, socket);
    }

    /** Any thread. */
    public void send(byte[] message) {
        synchronized (waiting) {
            waiting.add(message);
        }
        flush();
    }

    private void flush() {
        ByteBuffer frame = take();
        if (frame != null) {
            var unused = socket.sendBinary(frame, true).thenRun(() -> {
                synchronized (waiting) {
                    sending = false;
                }
                flush();
            });
        }
    }

    private @Nullable ByteBuffer take() {
        synchronized (waiting) {
            if (sending || waiting.isEmpty()) {
                return null;
            }
            sending = true;
            byte[] first = waiting.remove();
            if (waiting.isEmpty()) {
                return ByteBuffer.wrap(first);
            }
            int bytes = first.length;
            int count = 0;
            for (byte[] message : waiting) {
                if (bytes + message.length > FRAME_BYTES) {
                    break;
                }
                bytes += message.length;
                count++;
            }
            ByteBuffer frame = ByteBuffer.allocate(bytes).put(first);
            for (int i = 0; i < count; i++) {
                frame.put(waiting.remove());
            }
            return frame.flip();
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        executor.shutdownNow();
    }

    private record Listener(Receiver receiver) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            receiver.received(part, last);
            from.request(1);
            return null;
        }
    }
}
