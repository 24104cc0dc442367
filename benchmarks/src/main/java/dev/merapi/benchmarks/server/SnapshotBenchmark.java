package dev.merapi.benchmarks.server;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.benchmarks.net.BaselineServer;
import dev.merapi.benchmarks.net.Copy;
import dev.merapi.benchmarks.net.JdkSocket;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import dev.merapi.server.ServerConfig;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The initial rows of a live query over a large table, until the Java client has handed all of them to the application.
 * The other side copies as many bytes from a plain server to the same JDK WebSocket client, which only counts them.
 */
public final class SnapshotBenchmark implements RatioBenchmark {
    private static final int FULL_ROWS = 1_000_000;
    private static final int SMOKE_ROWS = 10_000;
    private static final int LIST_ENTRY_BYTES = Integer.BYTES;
    /** As long as the server's batches become. */
    private static final int FRAME_BYTES = 256 << 10;

    private static final String QUERY = "SELECT * FROM readings";
    private static final long TIMEOUT_SECONDS = 120;

    @Override
    public String work() {
        return "snapshot of 1M rows to the Java client";
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
            try (MerapiClient client = server.client().connect()) {
                long bytes = verify(client, rows);
                try (Download download = Download.start((int) bytes)) {
                    Turns turns = Turns.take(
                            full ? 2 : 0,
                            full ? 7 : 2,
                            () -> snapshot(client, rows),
                            () -> Turns.rate(rows, download.nanos()));
                    return turns.toRatio("rows", bytes);
                }
            }
        }
    }

    /** Reads all rows once, checks them, and says how many bytes they are on the wire. */
    private static long verify(MerapiClient client, int rows) {
        long bytes = 0;
        long sum = 0;
        try (LiveEvents events = client.liveEvents(QUERY, LiveOptions.DEFAULT)) {
            Iterator<LiveEvent> iterator = events.iterator();
            boolean hasMore = true;
            while (hasMore) {
                if (iterator.next() instanceof LiveEvent.InitialBatch(Rows batch, boolean more)) {
                    for (Row row : batch) {
                        bytes += row.bytes().length + LIST_ENTRY_BYTES;
                        sum += row.getLong(0);
                    }
                    hasMore = more;
                }
            }
        }
        if (sum != (long) rows * (rows - 1) / 2) {
            throw new IllegalStateException("ids of the rows add up to " + sum);
        }
        return bytes;
    }

    private static double snapshot(MerapiClient client, int wanted) throws Exception {
        long start = System.nanoTime();
        Counter counter = new Counter();
        LiveOptions options = LiveOptions.builder()
                .onError(error -> counter.done.completeExceptionally(error.error()))
                .build();
        LiveEvents events = client.liveEvents(QUERY, options, counter::take);
        long nanos;
        try {
            counter.done.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            nanos = System.nanoTime() - start;
        } finally {
            events.close();
        }
        if (counter.rows != wanted) {
            throw new IllegalStateException(counter.rows + " rows came instead of " + wanted);
        }
        return Turns.rate(wanted, nanos);
    }

    /** Counts rows; called by the callback thread. */
    private static final class Counter {
        private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        private int rows;

        private void take(LiveEvent event) {
            if (event instanceof LiveEvent.InitialBatch(Rows batch, boolean hasMore)) {
                rows += batch.size();
                if (!hasMore) {
                    done.complete(null);
                }
            }
        }
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
