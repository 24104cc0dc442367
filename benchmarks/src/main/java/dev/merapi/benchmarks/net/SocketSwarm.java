package dev.merapi.benchmarks.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many sockets, one event loop, the least work per message: lengths are followed, updates are counted, and their
 * offsets must ascend one by one. Used by one thread besides its own.
 */
public final class SocketSwarm implements AutoCloseable {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final int sockets;
    private final MultiThreadIoEventLoopGroup loop = Loops.group(1);
    private final Thread owner = Thread.currentThread();
    private final AtomicLong ready = new AtomicLong();
    private final AtomicLong updates = new AtomicLong();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private volatile byte @Nullable [] sample;
    private volatile long wanted = Long.MAX_VALUE;

    private SocketSwarm(int sockets) {
        this.sockets = sockets;
    }

    /**
     * Connects and waits until every socket is ready: when it has its initial rows, or, without a greeting, when the
     * WebSocket is open.
     *
     * @param greeting messages that open a live query, sent in one frame
     */
    public static SocketSwarm connect(int port, int sockets, byte @Nullable [] greeting) throws InterruptedException {
        SocketSwarm swarm = new SocketSwarm(sockets);
        Bootstrap bootstrap = new Bootstrap()
                .group(swarm.loop)
                .channel(Loops.clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new SwarmSocket(swarm, greeting));
                    }
                });
        for (int i = 0; i < sockets; i++) {
            bootstrap
                    .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .sync();
        }
        swarm.await(swarm.ready, sockets);
        return swarm;
    }

    /** Waits until the sockets together have received so many updates since they were opened. */
    public void awaitUpdates(long count) {
        await(updates, count);
    }

    /** Updates received by all sockets together. */
    public long updates() {
        return updates.get();
    }

    /** The first update that came, whole. */
    public byte[] sample() {
        return Objects.requireNonNull(sample).clone();
    }

    public int sockets() {
        return sockets;
    }

    private void await(AtomicLong counter, long count) {
        wanted = count;
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (counter.get() < count) {
            String reason = failure.get();
            if (reason != null) {
                throw new IllegalStateException(reason);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + counter.get() + " of " + count + " arrived in time");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        wanted = Long.MAX_VALUE;
    }

    boolean hasSample() {
        return sample != null;
    }

    void sample(byte[] update) {
        sample = update;
    }

    void socketReady() {
        added(ready.incrementAndGet());
    }

    void received(long count) {
        added(updates.addAndGet(count));
    }

    void failed(String reason) {
        failure.compareAndSet(null, reason);
        LockSupport.unpark(owner);
    }

    private void added(long sum) {
        if (sum >= wanted) {
            LockSupport.unpark(owner);
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
