package dev.merapi.client;

import dev.merapi.client.connection.ClientLimits;
import dev.merapi.client.connection.ReconnectPolicy;
import dev.merapi.client.connection.Timeouts;
import dev.merapi.client.transport.InMemoryTransport;
import dev.merapi.client.transport.ManualScheduler;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** A client and the world around it, in which nothing happens unless a test makes it happen. */
final class World {
    private final InMemoryTransport transport;
    private final ManualScheduler clock = new ManualScheduler();
    private final ManualExecutor callbacks = new ManualExecutor();
    private final MerapiClient client;

    World(InMemoryTransport.Peer peer) {
        this(peer, UnaryOperator.identity());
    }

    World(InMemoryTransport.Peer peer, UnaryOperator<ClientBuilder> options) {
        transport = new InMemoryTransport(peer);
        client = options.apply(MerapiClient.builder()
                        .transport(transport)
                        .scheduler(clock)
                        .callbackExecutor(callbacks)
                        .random(new SplittableRandom(1))
                        .reconnect(new ReconnectPolicy(
                                Duration.ofMillis(100), Duration.ofSeconds(1), 0.5, Integer.MAX_VALUE))
                        .timeouts(Timeouts.DEFAULT.withClose(Duration.ofMillis(1)))
                        .limits(ClientLimits.DEFAULT))
                .build();
    }

    MerapiClient client() {
        return client;
    }

    InMemoryTransport transport() {
        return transport;
    }

    ManualExecutor callbacks() {
        return callbacks;
    }

    ManualScheduler clock() {
        return clock;
    }

    /** Lets everything happen that needs no time. */
    void run() {
        boolean moved = true;
        while (moved) {
            moved = false;
            while (transport.step()) {
                moved = true;
            }
            while (callbacks.step()) {
                moved = true;
            }
        }
    }

    /** Lets time pass, second by second, and everything happen that comes of it. */
    void pass(Duration duration) {
        Duration left = duration;
        while (left.compareTo(Duration.ofSeconds(1)) > 0) {
            clock.advance(Duration.ofSeconds(1));
            run();
            left = left.minusSeconds(1);
        }
        clock.advance(left);
        run();
    }

    /** Breaks the present connection. */
    void drop() {
        if (!transport.links().isEmpty()) {
            transport.links().getLast().drop();
        }
    }

    /** Breaks the present connection and lets the client come back. */
    void reconnect() {
        drop();
        run();
        pass(Duration.ofSeconds(2));
    }
}
