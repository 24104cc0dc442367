package dev.merapi.server.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.concurrent.CompletionStage;

/**
 * One HTTP request, whole.
 *
 * @param path without the query
 * @param loopback whether it comes from this machine
 * @param gone is completed when the client has gone away
 */
record HttpCall(
        HttpMethod method, String path, HttpHeaders headers, byte[] body, boolean loopback, CompletionStage<?> gone) {}
