package dev.merapi.server.http;

import dev.merapi.server.ops.Health;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * {@code GET /health}: 200 as long as the server is of use, 503 when only a restart helps. Open to everybody: it tells
 * names of databases and how far they are, nothing else.
 */
final class HealthRoute implements Route {
    private final ServerStatus status;

    HealthRoute(ServerStatus status) {
        this.status = status;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public String path() {
        return "/health";
    }

    @Override
    public HttpAnswer answer(HttpCall call) {
        Health health = status.health();
        boolean failed = health.status() == Health.Status.FAILED;
        byte[] body = Json.write(out -> {
            out.writeStartObject();
            out.writeName("status").writeString(lower(health.status()));
            out.writeName("version").writeString(health.version());
            out.writeName("databases").writeStartArray();
            for (Health.DatabaseHealth database : health.databases()) {
                out.writeStartObject();
                out.writeName("name").writeString(database.name());
                out.writeName("status").writeString(lower(database.status()));
                out.writeName("log").writeString(database.log());
                out.writeName("offset").writeNumber(database.offset());
                out.writeName("durableOffset").writeNumber(database.durableOffset());
                out.writeName("liveOffset").writeNumber(database.liveOffset());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
        return HttpAnswer.json(failed ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK, body);
    }

    private static String lower(Health.Status status) {
        return switch (status) {
            case OK -> "ok";
            case DEGRADED -> "degraded";
            case FAILED -> "failed";
        };
    }
}
