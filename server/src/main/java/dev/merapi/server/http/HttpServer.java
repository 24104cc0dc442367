package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.Limit;
import dev.merapi.server.connection.ConnectionHost;
import dev.merapi.wire.CloseCode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one port of the server: HTTP and WebSocket, on epoll where there is one. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
public final class HttpServer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private static final int BACKLOG = 1024;
    private static final int MAX_LINE_BYTES = 4 << 10;
    private static final int MAX_HEADER_BYTES = 32 << 10;
    private static final int CHUNK_BYTES = 8 << 10;

    /** What Netty holds per socket beyond what the kernel takes; the rest waits in the outbox, where it is counted. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private static final long POLL_MILLIS = 5;

    private final HttpEnvironment environment;
    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listener;

    private HttpServer(HttpEnvironment environment, MultiThreadIoEventLoopGroup loops, Channel listener) {
        this.environment = environment;
        this.loops = loops;
        this.listener = listener;
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @throws CodedException CANNOT_LISTEN
     */
    public static HttpServer start(
            String hostName,
            int port,
            List<String> origins,
            ConnectionHost host,
            ServerStatus status,
            InstantSource clock) {
        Router router =
                new Router(List.of(new SqlRoute(host), new HealthRoute(status), new MetricsRoute(host, status)));
        HttpEnvironment environment =
                new HttpEnvironment(host, router, new OriginPolicy(origins, hostName), new Locality(hostName), clock);
        boolean epoll = Epoll.isAvailable();
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Sockets(environment));
        ChannelFuture bound =
                bootstrap.bind(new InetSocketAddress(hostName, port)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new CodedException(ErrorCode.CANNOT_LISTEN, "server cannot listen at this address")
                    .with("host", hostName)
                    .with("port", port)
                    .with("reason", bound.cause().getMessage())
                    .hint("is another server running? choose another port, or 0 for any free one")
                    .causedBy(bound.cause());
        }
        return new HttpServer(environment, loops, bound.channel());
    }

    /** The port listened on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** What waits to be read by all clients together, in bytes. Any thread. */
    public long outboxBytes() {
        long sum = 0;
        for (WebSocketEndpoint endpoint : environment.endpoints()) {
            sum += endpoint.connection().queuedBytes();
        }
        return sum;
    }

    /**
     * Stops accepting, says goodbye to all clients, waits until their accepted requests are answered.
     *
     * @param timeoutMillis after which the rest is cut off
     */
    public void drain(long timeoutMillis) throws InterruptedException {
        environment.startDraining();
        listener.close().await();
        for (WebSocketEndpoint endpoint : environment.endpoints()) {
            endpoint.channelLoop()
                    .execute(
                            () -> endpoint.connection().drainAndClose(CloseCode.GOING_AWAY, "server is shutting down"));
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (environment.isBusy() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        if (!environment.endpoints().isEmpty()) {
            LOG.info(
                    "{} connections did not end in time and are cut off",
                    environment.endpoints().size());
        }
    }

    /** Closes all sockets and ends the event loops. */
    public void close() throws InterruptedException {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).await();
    }

    /** Builds the pipeline of each socket. */
    private static final class Sockets extends ChannelInitializer<SocketChannel> {
        private final HttpEnvironment environment;

        Sockets(HttpEnvironment environment) {
            this.environment = environment;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            int maxBody = environment.host().limits().getInt(Limit.HTTP_BODY_BYTES);
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, CHUNK_BYTES));
            pipeline.addLast(new Bodies(maxBody));
            pipeline.addLast(new HttpHandler(environment));
        }
    }

    /** Puts bodies together; one that is too long is refused in our own words. */
    private static final class Bodies extends HttpObjectAggregator {
        Bodies(int maxBytes) {
            super(maxBytes);
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
            HttpAnswer answer = HttpErrors.answer(
                    new CodedException(ErrorCode.FRAME_TOO_LARGE, "body is longer than the server takes")
                            .with("limitBytes", maxContentLength())
                            .with("name", Limit.HTTP_BODY_BYTES.key())
                            .hint("send less at a time"));
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, answer.status(), Unpooled.wrappedBuffer(answer.body()));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                    .set(HttpHeaderNames.CONNECTION, "close")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
