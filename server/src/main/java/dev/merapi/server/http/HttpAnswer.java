package dev.merapi.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** What is sent back for one HTTP request. */
record HttpAnswer(HttpResponseStatus status, String contentType, byte[] body) {
    static final String JSON = "application/json";

    static HttpAnswer json(HttpResponseStatus status, byte[] body) {
        return new HttpAnswer(status, JSON, body);
    }

    static HttpAnswer text(HttpResponseStatus status, String contentType, String body) {
        return new HttpAnswer(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }
}
