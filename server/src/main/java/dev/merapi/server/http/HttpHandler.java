package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.Limit;
import dev.merapi.wire.v1.V1Codec;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection: answers requests one at a time, in order, or becomes a WebSocket. The work of a route is done on
 * a worker, because it may wait; meanwhile nothing more is read.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

    private final HttpEnvironment environment;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    // Below: owned by the event loop.
    private @Nullable ScheduledFuture<?> deadline;
    private boolean busy;
    /** Requests that came with the one being answered; nothing is read while there are any. */
    private final Deque<FullHttpRequest> ahead = new ArrayDeque<>();

    HttpHandler(HttpEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone.complete(null);
        release();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    private void release() {
        stopWaiting();
        ahead.forEach(FullHttpRequest::release);
        ahead.clear();
    }

    /** A request has to arrive whole within its time, however slowly its bytes trickle in. */
    private void awaitRequest(ChannelHandlerContext ctx) {
        stopWaiting();
        long millis = environment.host().limits().get(Limit.HTTP_REQUEST_MILLIS);
        deadline = ctx.executor().schedule(() -> closeLate(ctx), millis, TimeUnit.MILLISECONDS);
    }

    private static void closeLate(ChannelHandlerContext ctx) {
        ctx.close();
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        stopWaiting();
        if (busy) {
            ahead.addLast(request.retain());
            ctx.channel().config().setAutoRead(false);
        } else {
            handle(ctx, request);
        }
    }

    private void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
        busy = true;
        try {
            if (!request.decoderResult().isSuccess()) {
                throw new CodedException(ErrorCode.INVALID_REQUEST, "request is not valid HTTP")
                        .with("reason", request.decoderResult().cause().getMessage());
            }
            String path = new QueryStringDecoder(request.uri()).path();
            requireOrigin(request);
            if (path.equals(V1Codec.PATH)) {
                WebSocketUpgrade.perform(environment, ctx, request);
            } else if (request.method().equals(HttpMethod.OPTIONS)) {
                respond(ctx, request, HttpAnswer.json(HttpResponseStatus.NO_CONTENT, new byte[0]));
            } else {
                dispatch(ctx, request, environment.router().find(request.method(), path), path);
            }
        } catch (CodedException e) {
            respond(ctx, request, HttpErrors.answer(e));
        }
    }

    private void requireOrigin(FullHttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (!environment.origins().allows(origin, request.headers().get(HttpHeaderNames.HOST))) {
            throw new CodedException(ErrorCode.ORIGIN_REFUSED, "pages of this origin may not use the server")
                    .with("origin", origin)
                    .hint("add it to the configured origins");
        }
    }

    private void dispatch(ChannelHandlerContext ctx, FullHttpRequest request, Route route, String path) {
        HttpCall call = new HttpCall(
                request.method(),
                path,
                request.headers(),
                ByteBufUtil.getBytes(request.content()),
                environment.locality().isHere(ctx.channel().remoteAddress(), request.headers()),
                gone);
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        environment.requestBegins();
        environment.host().workers().execute(() -> {
            HttpAnswer answer = answer(route, call);
            ctx.executor().execute(() -> {
                respond(ctx, keepAlive, origin, answer);
                environment.requestEnds();
            });
        });
    }

    private static HttpAnswer answer(Route route, HttpCall call) {
        try {
            return route.answer(call);
        } catch (CodedException e) {
            return HttpErrors.answer(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpErrors.answer(new CodedException(ErrorCode.SHUTTING_DOWN, "server is shutting down"));
        } catch (RuntimeException | Error e) {
            LOG.error("request for {} failed in an unforeseen way", call.path(), e);
            return HttpErrors.answer(
                    new CodedException(ErrorCode.INTERNAL, "request failed in an unforeseen way").with("cause", e));
        }
    }

    private void respond(ChannelHandlerContext ctx, FullHttpRequest request, HttpAnswer answer) {
        respond(ctx, HttpUtil.isKeepAlive(request), request.headers().get(HttpHeaderNames.ORIGIN), answer);
    }

    private void respond(ChannelHandlerContext ctx, boolean keepAlive, @Nullable String origin, HttpAnswer answer) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, answer.status(), Unpooled.wrappedBuffer(answer.body()));
        if (answer.body().length > 0) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        }
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        if (answer.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        } else if (answer.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
        }
        if (origin != null && !answer.status().equals(HttpResponseStatus.FORBIDDEN)) {
            allowOrigin(response, origin);
        }
        boolean stay = keepAlive && !environment.isDraining();
        HttpUtil.setKeepAlive(response, stay);
        ctx.writeAndFlush(response)
                .addListener(stay ? done -> ctx.executor().execute(() -> next(ctx)) : ChannelFutureListener.CLOSE);
    }

    private void next(ChannelHandlerContext ctx) {
        busy = false;
        FullHttpRequest request = ahead.pollFirst();
        if (request == null) {
            awaitRequest(ctx);
            ctx.channel().config().setAutoRead(true);
            return;
        }
        try {
            handle(ctx, request);
        } finally {
            request.release();
        }
    }

    private static void allowOrigin(FullHttpResponse response, String origin) {
        response.headers()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type")
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, 600)
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("HTTP connection failed", cause);
        }
        ctx.close();
    }
}
