package dev.merapi.benchmarks.server;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.benchmarks.net.BaselineServer;
import dev.merapi.benchmarks.net.Copy;
import dev.merapi.benchmarks.net.JdkSocket;
import dev.merapi.server.ServerConfig;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The initial rows of a live query over a large table, until a client has each of them as bytes of its own. The client
 * is a light one: the JDK's WebSocket, messages put together and decoded, a few batches asked for ahead. The other side
 * copies as many bytes from a plain server to the same WebSocket client, which only counts them.
 */
public final class SnapshotBenchmark implements RatioBenchmark {
    private static final int FULL_ROWS = 1_000_000;
    private static final int SMOKE_ROWS = 10_000;
    /** As long as the server's batches become. */
    private static final int FRAME_BYTES = 256 << 10;

    private static final String QUERY = "SELECT * FROM readings";
    static final long TIMEOUT_SECONDS = 120;

    @Override
    public String work() {
        return "snapshot of 1M rows to a client";
    }

    @Override
    public String comparedWith() {
        return "copying the same bytes through the same kind of socket";
    }

    @Override
    public Goal goal() {
        return Goal.atLeast(0.5);
    }

    @Override
    public Ratio run(Scale scale) throws Exception {
        boolean full = scale == Scale.FULL;
        int rows = full ? FULL_ROWS : SMOKE_ROWS;
        try (BenchmarkServer server = BenchmarkServer.start(ServerConfig.memory())) {
            server.execute("CREATE TABLE readings (id bigint PRIMARY KEY, station text NOT NULL, "
                    + "magnitude double precision NOT NULL, reviewed boolean NOT NULL)");
            server.fill("readings", rows, i -> new Object[] {(long) i, "station-" + (i % 10_000), i / 8.0, i % 2 == 0});
            try (SnapshotReader reader = new SnapshotReader(server.port(), QUERY)) {
                SnapshotReader.Received first = reader.read();
                try (Download download = Download.start(first.bytes())) {
                    Turns turns = Turns.take(
                            full ? 3 : 0,
                            full ? 9 : 2,
                            () -> snapshot(reader, rows),
                            () -> Turns.rate(rows, download.nanos()));
                    return turns.toRatio("rows", first.bytes());
                }
            }
        }
    }

    private static double snapshot(SnapshotReader reader, int rows) throws Exception {
        long start = System.nanoTime();
        SnapshotReader.Received received = reader.read();
        long nanos = System.nanoTime() - start;
        if (received.rows() != rows || received.firstColumns() != (long) rows * (rows - 1) / 2) {
            throw new IllegalStateException("these are not the rows of the table: " + received);
        }
        return Turns.rate(rows, nanos);
    }

    /** The other side. */
    private static final class Download implements AutoCloseable {
        private final BaselineServer server;
        private final int bytes;
        private final JdkSocket socket;
        private volatile CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        private int received;

        private Download(BaselineServer server, int bytes) {
            this.server = server;
            this.bytes = bytes;
            this.socket = JdkSocket.open(server.port(), this::receive);
        }

        static Download start(int bytes) throws InterruptedException {
            return new Download(BaselineServer.start(new Copy(new byte[bytes], FRAME_BYTES)), bytes);
        }

        long nanos() throws Exception {
            done = new CompletableFuture<>();
            long start = System.nanoTime();
            socket.send(new byte[1]);
            done.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return System.nanoTime() - start;
        }

        private void receive(ByteBuffer part, boolean last) {
            received += part.remaining();
            if (received == bytes) {
                received = 0;
                done.complete(null);
            }
        }

        @Override
        public void close() {
            socket.close();
            server.close();
        }
    }
}
