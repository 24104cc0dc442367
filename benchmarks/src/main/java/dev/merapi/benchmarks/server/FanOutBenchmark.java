package dev.merapi.benchmarks.server;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.benchmarks.net.BaselineServer;
import dev.merapi.benchmarks.net.Broadcaster;
import dev.merapi.benchmarks.net.SocketSwarm;
import dev.merapi.server.ServerConfig;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.Statement;
import dev.merapi.wire.v1.V1Codec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One row changes by SQL, and every subscriber of the same live query is told: from the statement until the last socket
 * has the bytes. The other side broadcasts the same bytes to as many sockets of the same kind.
 */
public final class FanOutBenchmark implements RatioBenchmark {
    private static final int FULL_SUBSCRIBERS = 1_000;
    private static final int SMOKE_SUBSCRIBERS = 20;
    private static final int DELIVERIES_PER_TURN = 100_000;
    private static final String CHANGE = "UPDATE ticks SET price = price + 1, at = now() WHERE id = 1";
    private static final String QUERY = "SELECT * FROM ticks WHERE market = 'XETRA'";
    /** Where the offset of an update is: behind length, tag and result id. */
    private static final int OFFSET_AT = 4 + 1 + Long.BYTES;

    private final int burst;

    /** @param burst changes made without waiting for their delivery, each a commit of its own */
    public FanOutBenchmark(int burst) {
        this.burst = burst;
    }

    @Override
    public String work() {
        return (burst == 1 ? "one change" : "changes, " + burst + " at a time,") + " to 1,000 subscribers of a query";
    }

    @Override
    public String comparedWith() {
        return "broadcast of the same bytes to as many sockets";
    }

    @Override
    public Goal goal() {
        return Goal.atLeast(0.7);
    }

    @Override
    public Ratio run(Scale scale) throws Exception {
        boolean full = scale == Scale.FULL;
        int subscribers = full ? FULL_SUBSCRIBERS : SMOKE_SUBSCRIBERS;
        int rounds = full ? DELIVERIES_PER_TURN / subscribers / burst : 5;
        Broadcaster broadcaster = new Broadcaster();
        try (BenchmarkServer server = BenchmarkServer.start(ServerConfig.memory());
                BaselineServer plain = BaselineServer.start(broadcaster)) {
            server.execute("CREATE TABLE ticks (id integer PRIMARY KEY, market text NOT NULL, name text NOT NULL, "
                    + "price bigint NOT NULL, at timestamptz NOT NULL)");
            server.execute("INSERT INTO ticks VALUES (1, 'XETRA', 'Merapi Aktiengesellschaft', 0, now())");
            try (SocketSwarm ours = SocketSwarm.connect(server.port(), subscribers, greeting());
                    SocketSwarm theirs = SocketSwarm.connect(plain.port(), subscribers, null)) {
                change(server, ours, 1, 1);
                Broadcast broadcast = new Broadcast(broadcaster, theirs, ours.sample());
                Turns turns = Turns.take(
                        full ? 4 : 0,
                        full ? 11 : 2,
                        () -> change(server, ours, rounds, burst),
                        () -> broadcast.publish(rounds, burst));
                requireDone(server, ours, subscribers);
                return turns.toRatio("deliveries", ours.updates());
            }
        }
    }

    /** Hello and Subscribe in one frame. */
    private static byte[] greeting() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(V1Codec.encode(new ClientMessage.Hello(V1Codec.REVISION, List.of(), null, "", "swarm")));
        out.writeBytes(V1Codec.encode(new ClientMessage.Subscribe(1, Statement.of(QUERY), LiveOptions.DEFAULT)));
        return out.toByteArray();
    }

    private static double change(BenchmarkServer server, SocketSwarm swarm, int rounds, int burst) {
        long start = System.nanoTime();
        long wanted = swarm.updates();
        for (int round = 0; round < rounds; round++) {
            List<CompletableFuture<?>> changes = new ArrayList<>(burst);
            for (int i = 0; i < burst; i++) {
                changes.add(server.database().execute(CHANGE));
            }
            wanted += (long) burst * swarm.sockets();
            swarm.awaitUpdates(wanted);
            changes.forEach(CompletableFuture::join);
        }
        return Turns.rate((long) rounds * burst * swarm.sockets(), System.nanoTime() - start);
    }

    /** Every change has reached every subscriber, once and in order (which the sockets have checked). */
    private static void requireDone(BenchmarkServer server, SocketSwarm swarm, int subscribers) {
        long changes = server.number("SELECT price FROM ticks WHERE id = 1");
        if (swarm.updates() != changes * subscribers) {
            throw new IllegalStateException(
                    swarm.updates() + " updates arrived of " + changes + " changes to " + subscribers);
        }
    }

    /** The other side: the bytes of a real update, with offsets that go on. */
    private static final class Broadcast {
        private final Broadcaster broadcaster;
        private final SocketSwarm swarm;
        private final byte[] update;
        private long offset;

        Broadcast(Broadcaster broadcaster, SocketSwarm swarm, byte[] update) {
            this.broadcaster = broadcaster;
            this.swarm = swarm;
            this.update = update;
        }

        double publish(int rounds, int burst) {
            long start = System.nanoTime();
            long wanted = swarm.updates();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < burst; i++) {
                    ByteBuffer.wrap(update).order(ByteOrder.LITTLE_ENDIAN).putLong(OFFSET_AT, ++offset);
                    broadcaster.publish(update);
                }
                wanted += (long) burst * swarm.sockets();
                swarm.awaitUpdates(wanted);
            }
            return Turns.rate((long) rounds * burst * swarm.sockets(), System.nanoTime() - start);
        }
    }
}
