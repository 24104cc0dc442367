package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.server.connection.Connection;
import dev.merapi.server.connection.ConnectionStatistics;
import dev.merapi.server.connection.Wire;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.Dialect;
import dev.merapi.wire.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of one connection. Frames go in whole; bytes come out of the connection's outbox, as many as the socket
 * takes, several messages to a frame, one flush per turn of the event loop. It also watches the clock: for a client
 * that does not say hello, says nothing, reads nothing, or whose token has expired.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
final class WebSocketEndpoint extends SimpleChannelInboundHandler<WebSocketFrame> implements Wire {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketEndpoint.class);

    /** Messages are put together to frames of about this length. */
    private static final int FRAME_BYTES = 64 << 10;

    private static final int CLOSE_MILLIS = 3_000;
    private static final int MAX_CLOSE_REASON_BYTES = 123;

    private final HttpEnvironment environment;
    private final Channel channel;
    private final Connection connection;
    private final LoopFlusher flusher;
    private final FrameAssembly assembly;
    /** Whether the flusher has been asked to come. */
    private final AtomicBoolean announced = new AtomicBoolean();

    // Below: owned by the event loop.
    private @Nullable ScheduledFuture<?> watch;
    private long openedAt;
    private long receivedAt;
    private long progressAt;
    private int unflushed;
    private boolean closing;

    WebSocketEndpoint(
            HttpEnvironment environment,
            Channel channel,
            Dialect dialect,
            boolean fromThisMachine,
            @Nullable String upgradeToken) {
        this.environment = environment;
        this.channel = channel;
        this.flusher = environment.flusher(channel.eventLoop());
        this.assembly = new FrameAssembly(environment.host().limits().getInt(Limit.FRAME_BYTES));
        this.connection = new Connection(
                environment.newConnectionId(), environment.host(), this, dialect, fromThisMachine, upgradeToken);
    }

    EventLoop channelLoop() {
        return channel.eventLoop();
    }

    Connection connection() {
        return connection;
    }

    /** The handshake is done. */
    void opened() {
        long now = now();
        openedAt = now;
        receivedAt = now;
        progressAt = now;
        environment.endpoints().add(this);
        statistics().open.incrementAndGet();
        statistics().accepted.increment();
        ServerLimits limits = environment.host().limits();
        long shortest = Math.min(
                Math.min(limits.get(Limit.HELLO_MILLIS), limits.get(Limit.IDLE_MILLIS)),
                limits.get(Limit.SLOW_CONSUMER_MILLIS));
        long period = Math.clamp(shortest / 4, 10, 1_000);
        watch = channel.eventLoop().scheduleAtFixedRate(this::watchClock, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (watch != null) {
            watch.cancel(false);
            statistics().open.decrementAndGet();
        }
        environment.endpoints().remove(this);
        connection.closed();
    }

    // Coming in

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (closing && !(frame instanceof CloseWebSocketFrame)) {
            return;
        }
        receivedAt = now();
        try {
            switch (frame) {
                case BinaryWebSocketFrame f -> take(assembly.begin(f.content(), f.isFinalFragment()));
                case ContinuationWebSocketFrame f -> take(assembly.add(f.content(), f.isFinalFragment()));
                case TextWebSocketFrame f -> connection.receive(new Frame.Text(""));
                case PingWebSocketFrame f ->
                    channel.writeAndFlush(new PongWebSocketFrame(f.content().retain()));
                case PongWebSocketFrame f -> {}
                case CloseWebSocketFrame f -> peerCloses(f);
                default -> throw new CodedException(ErrorCode.MALFORMED_MESSAGE, "unknown kind of WebSocket frame");
            }
        } catch (CodedException e) {
            connection.fail(e);
        }
    }

    private void take(byte @Nullable [] whole) {
        if (whole != null) {
            connection.receive(new Frame.Binary(whole));
        }
    }

    private void peerCloses(CloseWebSocketFrame frame) {
        int code = frame.statusCode();
        closing = true;
        WebSocketCloseStatus status =
                WebSocketCloseStatus.isValidStatusCode(code) ? WebSocketCloseStatus.valueOf(code) : null;
        CloseWebSocketFrame answer = status == null ? new CloseWebSocketFrame() : new CloseWebSocketFrame(status);
        channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            boolean tooLarge = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            connection.fail(
                    tooLarge
                            ? assembly.tooLarge()
                            : new CodedException(ErrorCode.MALFORMED_MESSAGE, "WebSocket frame is malformed")
                                    .with("reason", cause.getMessage()));
        } else {
            if (!(cause instanceof IOException)) {
                LOG.error("connection {} failed in an unforeseen way", connection.id(), cause);
            }
            channel.close();
        }
    }

    // Going out

    @Override
    public void wake() {
        if (announced.compareAndSet(false, true)) {
            flusher.add(this);
        }
    }

    /** Event loop. Sends what is waiting, as far as the socket takes it. */
    void flushOutput() {
        announced.set(false);
        if (!channel.isActive()) {
            return;
        }
        boolean wrote = false;
        while (channel.isWritable() && connection.hasOutput()) {
            writeFrame();
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
    }

    private void writeFrame() {
        BsatnWriter out = flusher.buffer();
        connection.drain(out, FRAME_BYTES);
        int size = out.size();
        if (size == 0) {
            return;
        }
        ByteBuf frame = channel.alloc().directBuffer(FrameHeader.MAX_BYTES + size);
        FrameHeader.write(frame, size);
        frame.writeBytes(out.array(), 0, size);
        statistics().bytesOut.add(frame.readableBytes());
        unflushed++;
        // Below the WebSocket encoder: the frame is complete, header and all.
        channel.write(frame).addListener(done -> {
            unflushed--;
            progressAt = now();
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            flushOutput();
        }
    }

    @Override
    public void setReading(boolean reading) {
        channel.config().setAutoRead(reading);
    }

    // The end

    @Override
    public void close(int code, String reason) {
        channel.eventLoop().execute(() -> closeNow(code, reason));
    }

    private void closeNow(int code, String reason) {
        if (closing || !channel.isActive()) {
            return;
        }
        closing = true;
        while (connection.hasOutput()) {
            writeFrame();
        }
        channel.writeAndFlush(new CloseWebSocketFrame(code, truncate(reason)));
        // The client answers with its own close frame; whether it does or not, the socket goes.
        setReading(true);
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static String truncate(String reason) {
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_CLOSE_REASON_BYTES) {
            return reason;
        }
        int end = MAX_CLOSE_REASON_BYTES;
        while ((utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    private void watchClock() {
        if (closing) {
            return;
        }
        long now = now();
        ServerLimits limits = environment.host().limits();
        boolean pending = unflushed > 0 || connection.hasOutput();
        if (!pending) {
            progressAt = now;
        }
        Instant expiresAt = connection.expiresAt();
        if (!connection.isGreeted() && isOver(now - openedAt, limits, Limit.HELLO_MILLIS)) {
            connection.close(CloseCode.HELLO_TIMEOUT, "no Hello within the time for it");
        } else if (pending && isOver(now - progressAt, limits, Limit.SLOW_CONSUMER_MILLIS)) {
            LOG.info(
                    "connection {} has stopped reading with {} bytes waiting",
                    connection.id(),
                    connection.queuedBytes());
            statistics().slowConsumers.increment();
            abandon();
        } else if (channel.config().isAutoRead() && isOver(now - receivedAt, limits, Limit.IDLE_MILLIS)) {
            connection.close(CloseCode.IDLE_TIMEOUT, "nothing was received within the idle timeout");
        } else if (expiresAt != null && !environment.clock().instant().isBefore(expiresAt)) {
            connection.close(CloseCode.TOKEN_EXPIRED, "token has expired");
        }
    }

    /** The client does not read, so it gets a close frame only if there is room for one. */
    private void abandon() {
        closing = true;
        channel.writeAndFlush(new CloseWebSocketFrame(CloseCode.SLOW_CONSUMER.number(), "client has stopped reading"));
        connection.closed();
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static boolean isOver(long nanos, ServerLimits limits, Limit limit) {
        return nanos > TimeUnit.MILLISECONDS.toNanos(limits.get(limit));
    }

    private ConnectionStatistics statistics() {
        return environment.host().statistics();
    }

    private long now() {
        return environment.host().nanoTime().getAsLong();
    }
}
