package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.server.config.Limit;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import dev.merapi.wire.v1.V1Codec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not read cost what their outbox may hold, and nobody else notices. */
class SlowConsumerTest {
    private static final int FINAL_BINARY = 0x82;
    private static final String BIG = "x".repeat(20_000);
    private static final String SELECT = "SELECT id, v FROM items";
    private static final String DERIVED = "SELECT DISTINCT id, v FROM items";

    private Server server;
    private TestClient writer;

    private void start(int slowConsumerMillis) {
        server = Server.start(ServerConfig.memory()
                .withPort(0)
                .withLimit(Limit.OUTBOX_BYTES, 200_000)
                .withLimit(Limit.SLOW_CONSUMER_MILLIS, slowConsumerMillis));
        writer = TestClient.connect(server);
        writer.execute("CREATE TABLE items (id integer PRIMARY KEY, v text)");
        writer.execute("INSERT INTO items SELECT i, 'x' FROM generate_series(1, 10) AS g(i)");
    }

    @AfterEach
    void close() {
        writer.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {SELECT, DERIVED})
    void a_client_that_pauses_gets_the_net_difference_and_ends_up_right(String sql) throws Exception {
        start(60_000);
        try (RawSocket socket = new RawSocket(server.port(), 16 << 10).upgrade()) {
            subscribe(socket, sql);
            writeUntil(() -> outboxBytes() > 200_000);
            long before = outboxBytes();
            write(2_000);

            // 40 MB of changes were made meanwhile; none of them are waiting for this client.
            assertThat(outboxBytes()).isLessThan(before + 500_000);

            long last = writer.execute("UPDATE items SET v = 'end' WHERE id = 3")
                    .position()
                    .offset();
            FrameReader reader = new FrameReader(socket);
            LiveView view = reader.viewUntil(last);
            assertThat(view.netUpdates()).isPositive();
            assertThat(view.updates()).isLessThan(2_000);
            assertThat(view.rows()).isEqualTo(LiveView.fresh(server, sql));
        }
    }

    @Test
    void a_client_that_never_reads_is_disconnected() throws Exception {
        start(1_500);
        try (RawSocket socket = new RawSocket(server.port(), 16 << 10).upgrade()) {
            subscribe(socket);
            write(1_500);

            waitFor(() -> metric("merapi_connections ") == 1);

            assertThat(metric("merapi_slow_consumers_total")).isEqualTo(1);
            assertThat(outboxBytes()).isZero();
            waitFor(() -> metric("merapi_subscriptions{database=\"main\"}") == 0);
        }
    }

    @Test
    void a_client_that_asks_and_never_reads_is_not_read_either() throws Exception {
        start(1_500);
        writer.execute("UPDATE items SET v = $1", new TypedValue(ScalarType.TEXT, BIG));
        try (RawSocket socket = new RawSocket(server.port(), 16 << 10).upgrade()) {
            socket.frame(FINAL_BINARY, encode(new ClientMessage.Hello(1, List.of(), null, "", "")));
            for (int i = 0; i < 500; i++) {
                socket.frame(FINAL_BINARY, encode(new ClientMessage.Query(i, Statement.of(SELECT))));
                // 100 MB were asked for by the end.
                assertThat(outboxBytes()).isLessThan(30_000_000);
            }
        } catch (IOException e) {
            // Disconnected while still asking: as it should be.
        }
        waitFor(() -> metric("merapi_connections ") == 1);
    }

    @Test
    void others_do_not_notice() throws Exception {
        start(60_000);
        LiveView quick = LiveView.open(writer, 1, SELECT, LiveOptions.DEFAULT);
        try (RawSocket socket = new RawSocket(server.port(), 16 << 10).upgrade()) {
            subscribe(socket);
            long last = write(1_000);

            quick.readTo(last);

            assertThat(quick.rows()).isEqualTo(LiveView.fresh(server, SELECT));
        }
    }

    private static void subscribe(RawSocket socket) throws IOException {
        subscribe(socket, SELECT);
    }

    private static void subscribe(RawSocket socket, String sql) throws IOException {
        socket.frame(
                FINAL_BINARY,
                encode(
                        new ClientMessage.Hello(1, List.of(), null, "", ""),
                        new ClientMessage.Subscribe(1, Statement.of(sql), LiveOptions.DEFAULT)));
    }

    /** Makes about 20 KB of change at a time. */
    private long write(int updates) {
        long last = 0;
        try (TestClient other = TestClient.connect(server)) {
            for (int i = 0; i < updates; i++) {
                long id = other.sendExecute(
                        Confirm.COMMITTED,
                        "UPDATE items SET v = $1 WHERE id = $2",
                        new TypedValue(ScalarType.TEXT, BIG + i),
                        new TypedValue(ScalarType.I32, 1 + i % 10));
                last = ((dev.merapi.wire.ServerMessage.Results) other.answerTo(id))
                        .position()
                        .offset();
            }
        }
        return last;
    }

    /** The subscription may become live a little later than it was asked for: until then its changes are added up. */
    private void writeUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            write(100);
        }
    }

    private long outboxBytes() {
        return (long) metric("merapi_outbox_bytes ");
    }

    private double metric(String name) {
        return TestHttp.get(server, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] encode(ClientMessage... messages) {
        BsatnWriter out = new BsatnWriter();
        for (ClientMessage message : messages) {
            V1Codec.encode(message, out);
        }
        return out.toByteArray();
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
