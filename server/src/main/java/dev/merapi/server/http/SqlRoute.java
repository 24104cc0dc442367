package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.SqlResult;
import dev.merapi.server.auth.Identity;
import dev.merapi.server.config.Limit;
import dev.merapi.server.connection.ConnectionHost;
import dev.merapi.server.connection.DatabaseGate;
import dev.merapi.server.database.Cancellation;
import dev.merapi.server.database.Request;
import dev.merapi.server.database.SqlCall;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/sql}: runs statements as one transaction, or a single reading one on a snapshot. */
final class SqlRoute implements Route {
    static final String PATH = "/v1/sql";

    private final ConnectionHost host;

    SqlRoute(ConnectionHost host) {
        this.host = host;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public HttpAnswer answer(HttpCall call) throws InterruptedException {
        Identity identity = host.authenticator().authenticate(BearerToken.of(call.headers()), call.fromThisMachine());
        requireJson(call.headers().get(HttpHeaderNames.CONTENT_TYPE));
        SqlRequest request = SqlRequest.parse(call.body());
        DatabaseGate database = host.databases().get(request.database());
        Cancellation cancellation =
                new Cancellation(host.nanoTime(), host.limits().get(Limit.STATEMENT_MILLIS));
        call.gone().whenComplete((done, failure) -> cancellation.cancel());
        Waiting waiting = new Waiting();
        database.sql()
                .run(
                        new SqlCall(identity.caller(), identity.session(), cancellation),
                        request.statements(),
                        request.confirm(),
                        waiting);
        return waiting.answer();
    }

    /** Also keeps out forms of web pages, which cannot send this type without asking first. */
    private static void requireJson(@Nullable String contentType) {
        if (contentType == null
                || !contentType.trim().toLowerCase(java.util.Locale.ROOT).startsWith(HttpAnswer.JSON)) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "content type is not JSON")
                    .with("contentType", contentType)
                    .hint("send the header Content-Type: " + HttpAnswer.JSON);
        }
    }

    /** Brings the outcome back to the thread of the request. */
    private static final class Waiting implements Request.Completion<List<SqlResult>> {
        private record Outcome(List<SqlResult> results, Request.Receipt receipt) {}

        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        @Override
        public void completed(List<SqlResult> value, Request.Receipt receipt) {
            outcome.complete(new Outcome(value, receipt));
        }

        @Override
        public void failed(CodedException reason) {
            outcome.completeExceptionally(reason);
        }

        HttpAnswer answer() throws InterruptedException {
            try {
                Outcome done = outcome.get();
                return HttpAnswer.json(HttpResponseStatus.OK, Json.results(done.results(), done.receipt()));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof CodedException coded) {
                    throw coded;
                }
                throw new IllegalStateException(e);
            }
        }
    }
}
