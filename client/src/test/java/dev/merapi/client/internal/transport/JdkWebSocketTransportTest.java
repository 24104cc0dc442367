package dev.merapi.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.transport.Transport;
import dev.merapi.client.transport.Transport.Closing;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the JDK's WebSocket leaves to its user, each tried with a server that provokes it. */
final class JdkWebSocketTransportTest {
    private static final String SUBPROTOCOL = "v1.merapi";

    private final JdkWebSocketTransport transport = new JdkWebSocketTransport();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        transport.close();
    }

    /** Writes down what it hears. */
    private static final class Recorder implements Transport.Listener {
        private final CompletableFuture<Transport.Connection> connection = new CompletableFuture<>();
        private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Closing> closing = new CompletableFuture<>();
        private final AtomicInteger closings = new AtomicInteger();
        private volatile CountDownLatch mayRead = new CountDownLatch(0);

        @Override
        public void opened(Transport.Connection opened) {
            connection.complete(opened);
        }

        @Override
        public void received(byte[] message) {
            try {
                mayRead.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            messages.add(message);
        }

        @Override
        public void closed(Closing how) {
            closings.incrementAndGet();
            closing.complete(how);
        }

        byte[] message() throws InterruptedException {
            byte[] message = messages.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        }
    }

    @Test
    void a_large_message_arrives_whole_though_the_socket_hands_it_out_in_parts() throws Exception {
        byte[] large = new byte[8 << 20];
        new SplittableRandom(1).nextBytes(large);
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, session -> {
            session.sendFrame(TinyWebSocketServer.Session.BINARY, true, large);
            session.sendFrame(TinyWebSocketServer.Session.BINARY, true, new byte[] {1});
            session.readFrame();
        })) {
            open(server.uri(), 16 << 20);

            assertThat(recorder.message()).isEqualTo(large);
            assertThat(recorder.message()).containsExactly(1);
        }
    }

    @Test
    void a_message_sent_in_fragments_arrives_whole() throws Exception {
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, session -> {
            session.sendFrame(TinyWebSocketServer.Session.BINARY, false, new byte[] {1, 2});
            session.sendFrame(TinyWebSocketServer.Session.CONTINUATION, false, new byte[] {3});
            session.sendFrame(TinyWebSocketServer.Session.CONTINUATION, true, new byte[] {4, 5});
            session.readFrame();
        })) {
            open(server.uri(), 1 << 20);

            assertThat(recorder.message()).containsExactly(1, 2, 3, 4, 5);
        }
    }

    @Test
    void a_message_beyond_the_limit_ends_the_connection() throws Exception {
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, session -> {
            session.sendFrame(TinyWebSocketServer.Session.BINARY, true, new byte[300_000]);
            session.readFrame();
        })) {
            open(server.uri(), 100_000);

            Closing closing = recorder.closing.get(20, TimeUnit.SECONDS);
            assertThat(closing.code()).isEqualTo(1009);
            assertThat(closing.retry()).isEqualTo(Closing.Retry.NO);
            assertThat(closing.reason()).contains("limit 100000");
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "another.protocol"})
    void a_server_without_the_subprotocol_is_refused(String chosen) throws Exception {
        try (TinyWebSocketServer server = new TinyWebSocketServer(chosen, TinyWebSocketServer.Session::readFrame)) {
            open(server.uri(), 1 << 20);

            Closing closing = recorder.closing.get(20, TimeUnit.SECONDS);
            assertThat(closing.retry()).isEqualTo(Closing.Retry.NO);
            assertThat(recorder.connection).isNotDone();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404 Not Found, NO",
        "200 OK, NO",
        "401 Unauthorized, WITH_FRESH_TOKEN",
        "403 Forbidden, WITH_FRESH_TOKEN",
        "429 Too Many Requests, YES",
        "503 Service Unavailable, YES"
    })
    void an_http_answer_says_whether_to_try_again(String status, Closing.Retry retry) throws Exception {
        try (TinyWebSocketServer server = new TinyWebSocketServer(status, "", session -> {})) {
            open(server.uri(), 1 << 20);

            Closing closing = recorder.closing.get(20, TimeUnit.SECONDS);
            assertThat(closing.retry()).isEqualTo(retry);
            assertThat(closing.reason()).contains(status.substring(0, 3));
        }
    }

    @Test
    void nobody_listening_is_worth_another_attempt() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        open(URI.create("ws://127.0.0.1:" + port + "/v1/ws"), 1 << 20);

        assertThat(recorder.closing.get(20, TimeUnit.SECONDS).retry()).isEqualTo(Closing.Retry.YES);
    }

    @Test
    void text_is_not_part_of_the_protocol() throws Exception {
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, session -> {
            session.sendFrame(TinyWebSocketServer.Session.TEXT, true, new byte[] {'h', 'i'});
            session.readFrame();
        })) {
            open(server.uri(), 1 << 20);

            assertThat(recorder.closing.get(20, TimeUnit.SECONDS).retry()).isEqualTo(Closing.Retry.NO);
        }
    }

    @Test
    void a_close_frame_is_told_with_code_and_reason_and_only_once() throws Exception {
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, session -> {
            session.sendClose(4000, "too slow");
            session.readFrame();
        })) {
            open(server.uri(), 1 << 20);

            assertThat(recorder.closing.get(20, TimeUnit.SECONDS)).isEqualTo(Closing.byCode(4000, "too slow"));
            recorder.connection.get(20, TimeUnit.SECONDS).abort();
            assertThat(recorder.closings).hasValue(1);
        }
    }

    @Test
    void a_connection_that_breaks_is_worth_another_attempt() throws Exception {
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, TinyWebSocketServer.Session::close)) {
            open(server.uri(), 1 << 20);

            assertThat(recorder.closing.get(20, TimeUnit.SECONDS).retry()).isEqualTo(Closing.Retry.YES);
        }
    }

    @Test
    void closing_sends_the_code() throws Exception {
        BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, session -> {
            answers.add(session.readFrame());
            session.sendClose(1000, "");
        })) {
            open(server.uri(), 1 << 20);
            recorder.connection.get(20, TimeUnit.SECONDS).close(1000, "bye");

            assertThat(answers.poll(20, TimeUnit.SECONDS)).startsWith(8, 1000 >> 8, (byte) 1000);
            assertThat(recorder.closing.get(20, TimeUnit.SECONDS).code()).isEqualTo(1000);
        }
    }

    @Test
    void sends_one_after_another_lose_nothing_to_a_peer_that_reads_slowly() throws Exception {
        int count = 300;
        CompletableFuture<Integer> inOrder = new CompletableFuture<>();
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, session -> {
            Thread.sleep(300);
            for (int i = 0; i < count; i++) {
                byte[] frame = session.readFrame();
                assertThat(ByteBuffer.wrap(frame, 1, 4).getInt()).isEqualTo(i);
            }
            inOrder.complete(count);
        })) {
            open(server.uri(), 1 << 20);
            Transport.Connection connection = recorder.connection.get(20, TimeUnit.SECONDS);
            Deque<byte[]> messages = new ArrayDeque<>();
            for (int i = 0; i < count; i++) {
                byte[] message = new byte[20_000];
                ByteBuffer.wrap(message).putInt(i);
                messages.add(message);
            }

            sendAll(connection, messages).toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(inOrder.get(20, TimeUnit.SECONDS)).isEqualTo(count);
            assertThat(server.failure()).isNull();
        }
    }

    private static CompletionStage<?> sendAll(Transport.Connection connection, Deque<byte[]> messages) {
        byte[] next = messages.poll();
        return next == null
                ? CompletableFuture.completedFuture(null)
                : connection.send(next).thenComposeAsync(sent -> sendAll(connection, messages));
    }

    @Test
    void a_listener_that_does_not_read_stops_the_sender_and_fills_no_memory() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        int count = 4_000;
        byte[] payload = new byte[10_000];
        Arrays.fill(payload, (byte) 7);
        recorder.mayRead = new CountDownLatch(1);
        try (TinyWebSocketServer server = new TinyWebSocketServer(SUBPROTOCOL, session -> {
            for (int i = 0; i < count; i++) {
                session.sendFrame(TinyWebSocketServer.Session.BINARY, true, payload);
                sent.incrementAndGet();
            }
            session.readFrame();
        })) {
            open(server.uri(), 1 << 20);
            int before = -1;
            while (sent.get() != before) {
                before = sent.get();
                Thread.sleep(200);
            }
            assertThat(sent.get()).as("messages that fitted into the socket").isBetween(1, count - 1);

            recorder.mayRead.countDown();
            for (int i = 0; i < count; i++) {
                assertThat(recorder.message()).hasSize(payload.length);
            }
        }
    }

    @Test
    void a_closed_transport_aborts_what_is_open() throws Exception {
        try (TinyWebSocketServer server =
                new TinyWebSocketServer(SUBPROTOCOL, TinyWebSocketServer.Session::readFrame)) {
            open(server.uri(), 1 << 20);
            recorder.connection.get(20, TimeUnit.SECONDS);

            transport.close();

            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (server.failure() == null && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            assertThat(server.failure()).isInstanceOf(IOException.class);
        }
    }

    private void open(URI uri, int maxMessageBytes) {
        transport.open(new Transport.Target(uri, SUBPROTOCOL, Duration.ofSeconds(10), maxMessageBytes), recorder);
    }
}
