package dev.merapi.benchmarks.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends the same bytes to all channels as cheaply as Netty allows: encoded once, written by each event loop to its own
 * channels, one flush per channel and turn however many messages have gathered.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
public final class Broadcaster implements BaselineServer.Behaviour {
    private final Map<EventLoop, Circle> circles = new ConcurrentHashMap<>();

    @Override
    public void opened(Channel channel) {
        circles.computeIfAbsent(channel.eventLoop(), Circle::new).channels.add(channel);
    }

    /** Any thread. Sends a message to everybody; messages of one thread arrive in order. */
    public void publish(byte[] message) {
        for (Circle circle : circles.values()) {
            ByteBuf frame = Unpooled.directBuffer(WebSocketHeader.MAX_BYTES + message.length);
            WebSocketHeader.write(frame, message.length);
            circle.add(frame.writeBytes(message));
        }
    }

    /** The channels of one event loop. */
    private static final class Circle implements Runnable {
        private final EventLoop loop;
        private final Queue<ByteBuf> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean scheduled = new AtomicBoolean();

        // Below: owned by the event loop.
        private final List<Channel> channels = new ArrayList<>();
        private final List<ByteBuf> leaving = new ArrayList<>();

        private Circle(EventLoop loop) {
            this.loop = loop;
        }

        private void add(ByteBuf frame) {
            waiting.add(frame);
            if (scheduled.compareAndSet(false, true)) {
                loop.execute(this);
            }
        }

        @Override
        public void run() {
            scheduled.set(false);
            for (ByteBuf next = waiting.poll(); next != null; next = waiting.poll()) {
                leaving.add(next);
            }
            for (int i = 0; i < channels.size(); i++) {
                Channel channel = channels.get(i);
                for (int j = 0; j < leaving.size(); j++) {
                    channel.write(leaving.get(j).retainedDuplicate(), channel.voidPromise());
                }
                channel.flush();
            }
            leaving.forEach(ByteBuf::release);
            leaving.clear();
        }
    }
}
