package dev.merapi.server.http;

import dev.merapi.api.value.BsatnWriter;
import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gathers, for one event loop, the connections that have something to send, so that many of them cost one wake-up and
 * each is flushed once per turn however many messages it got.
 */
final class LoopFlusher implements Runnable {
    /** A buffer that had to hold one very long message is not kept. */
    private static final int MAX_KEPT_BYTES = 4 << 20;

    private static final int INITIAL_BYTES = 128 << 10;

    private final EventLoop loop;
    private final Queue<WebSocketEndpoint> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    // Below: owned by the event loop.
    private BsatnWriter buffer = new BsatnWriter(INITIAL_BYTES);

    LoopFlusher(EventLoop loop) {
        this.loop = loop;
    }

    /** Any thread. The endpoint's {@code flushOutput} will be called once, soon. */
    void add(WebSocketEndpoint endpoint) {
        waiting.add(endpoint);
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        scheduled.set(false);
        for (WebSocketEndpoint next = waiting.poll(); next != null; next = waiting.poll()) {
            next.flushOutput();
        }
    }

    /** Event loop. An empty buffer to encode into; valid until asked for again. */
    BsatnWriter buffer() {
        if (buffer.array().length > MAX_KEPT_BYTES) {
            buffer = new BsatnWriter(INITIAL_BYTES);
        }
        buffer.reset();
        return buffer;
    }
}
