package dev.merapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.transport.InMemoryTransport;
import dev.merapi.client.transport.ManualScheduler;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.v1.V1Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callbacks send while more of them wait, on the client's own callback thread. */
@Timeout(20)
final class BurstTest {
    private final List<List<ClientMessage>> frames = new ArrayList<>();
    private final ManualScheduler clock = new ManualScheduler();
    private final InMemoryTransport transport = new InMemoryTransport(new Answering());
    private final MerapiClient client =
            MerapiClient.builder().transport(transport).scheduler(clock).build();
    private final CountDownLatch begin = new CountDownLatch(1);

    @AfterEach
    void close() {
        begin.countDown();
        client.close();
    }

    @Test
    void requests_of_a_burst_leave_together() throws Exception {
        List<CompletableFuture<?>> chains = new ArrayList<>();
        chains.add(blocked());
        for (int i = 2; i <= 6; i++) {
            chains.add(answered(i)
                    .thenCompose(row -> client.async().query("SELECT " + row).toCompletableFuture()));
        }
        deliverAll();
        frames.clear();

        begin.countDown();
        CompletableFuture<?> all = CompletableFuture.allOf(chains.toArray(CompletableFuture[]::new));
        while (!all.isDone()) {
            transport.step();
        }
        // The last callback of the burst finds nobody behind it, so its request goes by itself.
        assertThat(frames).extracting(List::size).containsExactly(4, 1);
    }

    @Test
    void a_blocking_call_inside_a_burst_is_sent_at_once() throws Exception {
        CompletableFuture<?> first = blocked();
        CompletableFuture<?> second = answered(2).thenRun(() -> client.query("SELECT 7"));
        CompletableFuture<?> third = answered(3);
        deliverAll();

        begin.countDown();
        CompletableFuture<?> all = CompletableFuture.allOf(first, second, third);
        while (!all.isDone()) {
            transport.step();
        }
        assertThat(all).isCompleted();
    }

    @Test
    void a_slow_callback_does_not_keep_its_requests_for_long() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<?> first = blocked();
        CompletableFuture<?> slow = answered(2).thenRun(() -> {
            var unused = client.async().query("SELECT 7");
            sent.countDown();
            waitFor(goOn);
        });
        CompletableFuture<?> last = answered(3);
        deliverAll();
        frames.clear();

        begin.countDown();
        sent.await();
        deliverAll();
        assertThat(frames).isEmpty();
        clock.advance(Duration.ofMillis(10));
        deliverAll();
        assertThat(frames).hasSize(1);
        assertThat(last).isNotDone();

        goOn.countDown();
        CompletableFuture.allOf(first, slow, last).get(10, TimeUnit.SECONDS);
    }

    /** Keeps the callback thread busy until {@link #begin}, so that what is answered meanwhile becomes one burst. */
    private CompletableFuture<?> blocked() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<?> blocked = answered(1).thenRun(() -> {
            begun.countDown();
            waitFor(begin);
        });
        deliverAll();
        begun.await();
        return blocked;
    }

    private CompletableFuture<Integer> answered(int number) {
        return client.async()
                .query("SELECT " + number)
                .thenApply(rows -> number)
                .toCompletableFuture();
    }

    private void deliverAll() {
        while (transport.step()) {
            // Each step may bring further ones.
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Answers each query, and writes down what came together. */
    private final class Answering implements InMemoryTransport.Peer {
        @Override
        public void opened(InMemoryTransport.Link link) {}

        @Override
        public void received(InMemoryTransport.Link link, byte[] frame) {
            List<ClientMessage> messages = new ArrayList<>();
            V1Codec.decodeClient(frame, 0, frame.length, messages::add);
            frames.add(messages);
            for (ClientMessage message : messages) {
                link.deliver(V1Codec.encode(answer(message)));
            }
        }

        private ServerMessage answer(ClientMessage message) {
            return switch (message) {
                case ClientMessage.Hello hello ->
                    new ServerMessage.Welcome(
                            1,
                            List.of(),
                            1,
                            "ann",
                            "main",
                            ScriptedPeer.POSITION,
                            new dev.merapi.wire.ConnectionLimits(1 << 20, 100, 100, 100, 0));
                case ClientMessage.Query query ->
                    new ServerMessage.Results(
                            query.requestId(),
                            List.of(new dev.merapi.wire.Result(
                                    "SELECT", dev.merapi.api.schema.RowType.EMPTY, List.of(), 0)),
                            ScriptedPeer.POSITION,
                            true);
                default -> throw new AssertionError("not expected: " + message);
            };
        }

        @Override
        public void closed(InMemoryTransport.Link link, int code) {}
    }
}
