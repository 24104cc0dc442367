package dev.merapi.server.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.concurrent.CompletionStage;

/**
 * One HTTP request, whole.
 *
 * @param path without the query
 * @param fromThisMachine whether it is certain to come from this machine
 * @param gone is completed when the client has gone away
 */
record HttpCall(
        HttpMethod method,
        String path,
        HttpHeaders headers,
        byte[] body,
        boolean fromThisMachine,
        CompletionStage<?> gone) {}
