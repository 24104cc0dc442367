package dev.merapi.server.http;

import dev.merapi.server.connection.ConnectionHost;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/** {@code GET /metrics}, for Prometheus. Wants the same token as everything else that is not open. */
final class MetricsRoute implements Route {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ConnectionHost host;
    private final ServerStatus status;

    MetricsRoute(ConnectionHost host, ServerStatus status) {
        this.host = host;
        this.status = status;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public String path() {
        return "/metrics";
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        host.authenticator().authenticate(BearerToken.of(call.headers()), call.fromThisMachine());
        return HttpAnswer.text(HttpResponseStatus.OK, CONTENT_TYPE, status.scrape());
    }
}
