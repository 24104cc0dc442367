package dev.merapi.benchmarks.server;

import dev.merapi.benchmarks.net.JdkSocket;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Statement;
import dev.merapi.wire.v1.V1Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Opens a live query, takes its initial rows, closes it: a client of protocol v1 that does nothing else. */
final class SnapshotReader implements AutoCloseable {
    private static final int BATCHES_AHEAD = 4;
    private static final int INITIAL_BYTES = 1 << 20;

    private final JdkSocket socket;
    private final String query;
    private int subscription;
    private volatile CompletableFuture<Received> done = new CompletableFuture<>();

    // Below: owned by the socket.
    private byte[] frame = new byte[INITIAL_BYTES];
    private int size;
    private long bytes;
    private int rows;
    private long firstColumns;

    /**
     * What one reading brought.
     *
     * @param bytes the messages with rows, without WebSocket headers
     * @param firstColumns the sum of the first column, a bigint
     */
    record Received(int bytes, int rows, long firstColumns) {}

    SnapshotReader(int port, String query) {
        this.query = query;
        socket = JdkSocket.open(port, this::received);
        socket.send(V1Codec.encode(new ClientMessage.Hello(V1Codec.REVISION, List.of(), null, "", "reader")));
    }

    Received read() throws Exception {
        done = new CompletableFuture<>();
        int id = ++subscription;
        socket.send(V1Codec.encode(new ClientMessage.Subscribe(id, Statement.of(query), LiveOptions.DEFAULT)));
        Received received = done.get(SnapshotBenchmark.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        socket.send(V1Codec.encode(new ClientMessage.Unsubscribe(id)));
        return received;
    }

    private void received(ByteBuffer part, boolean last) {
        int length = part.remaining();
        if (size + length > frame.length) {
            frame = Arrays.copyOf(frame, Math.max(size + length, 2 * frame.length));
        }
        part.get(frame, size, length);
        size += length;
        if (last) {
            int whole = size;
            size = 0;
            try {
                V1Codec.decodeServer(frame, 0, whole, message -> take(message, whole));
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        }
    }

    private void take(ServerMessage message, int frameBytes) {
        switch (message) {
            case ServerMessage.Subscribed m -> {
                for (int i = 0; i < BATCHES_AHEAD; i++) {
                    askForMore(m.subscriptionId());
                }
            }
            case ServerMessage.Batch m -> take(m, frameBytes);
            case ServerMessage.Welcome m -> {}
            case ServerMessage.Live m -> {}
            case ServerMessage.Progress m -> {}
            case ServerMessage.SubscriptionEnded m when m.error() == null -> {}
            default -> done.completeExceptionally(new IllegalStateException("unexpected message: " + message));
        }
    }

    private void take(ServerMessage.Batch batch, int frameBytes) {
        if (batch.hasMore()) {
            askForMore(batch.subscriptionId());
        }
        bytes += frameBytes;
        for (byte[] row : batch.rows()) {
            firstColumns += ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).getLong();
            rows++;
        }
        if (!batch.hasMore()) {
            Received received = new Received(Math.toIntExact(bytes), rows, firstColumns);
            bytes = 0;
            rows = 0;
            firstColumns = 0;
            done.complete(received);
        }
    }

    private void askForMore(int id) {
        socket.send(V1Codec.encode(new ClientMessage.NextBatch(id)));
    }

    @Override
    public void close() {
        socket.close();
    }
}
