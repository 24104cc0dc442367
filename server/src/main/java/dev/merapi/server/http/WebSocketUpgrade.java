package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.Limit;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.v1.V1Codec;
import dev.merapi.wire.v1.V1Dialect;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into a WebSocket of protocol v1. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
final class WebSocketUpgrade {
    private WebSocketUpgrade() {}

    /**
     * Event loop.
     *
     * @throws CodedException INVALID_REQUEST, SHUTTING_DOWN: to be answered as HTTP
     */
    static void perform(HttpEnvironment environment, ChannelHandlerContext ctx, FullHttpRequest request) {
        requireUpgrade(request);
        if (environment.isDraining()) {
            throw new CodedException(ErrorCode.SHUTTING_DOWN, "server is shutting down")
                    .hint("connect again in a moment");
        }
        int maxFrame = environment.host().limits().getInt(Limit.FRAME_BYTES);
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxFrame)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
        String url = "ws://" + request.headers().get(HttpHeaderNames.HOST) + V1Codec.PATH;
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(url, V1Codec.SUBPROTOCOL, config).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
            return;
        }
        WebSocketEndpoint endpoint = new WebSocketEndpoint(
                environment,
                ctx.channel(),
                new V1Dialect(),
                environment.locality().isHere(ctx.channel().remoteAddress(), request.headers()),
                BearerToken.of(request.headers()));
        ctx.pipeline().replace(ctx.handler(), "websocket", endpoint);
        handshaker.handshake(ctx.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                endpoint.opened();
                if (environment.endpoints().size() > environment.host().limits().getInt(Limit.CONNECTIONS)) {
                    endpoint.connection().close(CloseCode.TOO_MANY_CONNECTIONS, "server has too many connections");
                }
            } else {
                ctx.channel().close();
            }
        });
    }

    private static void requireUpgrade(FullHttpRequest request) {
        boolean isUpgrade = request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
                        orEmpty(request.headers().get(HttpHeaderNames.UPGRADE)));
        if (!isUpgrade) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "this path serves WebSockets only")
                    .with("path", V1Codec.PATH)
                    .hint("open a WebSocket with the subprotocol " + V1Codec.SUBPROTOCOL);
        }
        List<String> offered = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        boolean spoken = offered.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .anyMatch(name -> name.trim().equals(V1Codec.SUBPROTOCOL));
        if (!spoken) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "client offers no subprotocol the server speaks")
                    .with("offered", offered)
                    .hint("offer " + V1Codec.SUBPROTOCOL);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
