package dev.merapi.benchmarks.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket server without anything behind it, on the same event loops, with the same pipeline, socket options and
 * way of writing frames as ours: what it reaches is what the sockets give.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
public final class BaselineServer implements AutoCloseable {
    /** The subprotocol it agrees to. */
    static final String SUBPROTOCOL = "v1.merapi";

    static final String PATH = "/v1/ws";

    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final int MAX_BODY_BYTES = 8 << 20;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listener;

    /** What the server does. All methods are called by the event loop of the channel. */
    public interface Behaviour {
        /** The WebSocket is open. */
        default void opened(Channel channel) {}

        /** A frame has come in. What is written now is flushed when all that had come in is read. */
        default void received(Channel channel, ByteBuf payload) {}

        /** The channel takes more bytes again, or no more. */
        default void writabilityChanged(Channel channel) {}
    }

    private BaselineServer(MultiThreadIoEventLoopGroup loops, Channel listener) {
        this.loops = loops;
        this.listener = listener;
    }

    /** Starts listening on any free port of the loopback address. */
    public static BaselineServer start(Behaviour behaviour) throws InterruptedException {
        MultiThreadIoEventLoopGroup loops = Loops.group(Runtime.getRuntime().availableProcessors());
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(Loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                                .addLast(new Upgrade(behaviour));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        return new BaselineServer(loops, listener);
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Answers the one HTTP request of a connection. */
    private static final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Behaviour behaviour;

        private Upgrade(Behaviour behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(MAX_FRAME_BYTES)
                    .allowExtensions(false)
                    .closeOnProtocolViolation(false)
                    .withUTF8Validator(false)
                    .build();
            Channel channel = ctx.channel();
            ctx.pipeline().replace(this, "behaviour", new Frames(behaviour));
            new WebSocketServerHandshakerFactory("ws://127.0.0.1" + PATH, SUBPROTOCOL, config)
                    .newHandshaker(request)
                    .handshake(channel, request)
                    .addListener(done -> behaviour.opened(channel));
        }
    }

    /** Hands the frames of a connection to the behaviour. */
    private static final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final Behaviour behaviour;

        private Frames(Behaviour behaviour) {
            this.behaviour = behaviour;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            behaviour.received(ctx.channel(), frame.content());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            behaviour.writabilityChanged(ctx.channel());
        }
    }
}
