package dev.merapi.server.http;

import io.netty.handler.codec.http.HttpMethod;

/** Answers the requests for one path and method. */
interface Route {
    HttpMethod method();

    String path();

    /**
     * Runs on a thread that may wait.
     *
     * @throws dev.merapi.api.error.CodedException becomes an error answer
     */
    HttpAnswer answer(HttpCall call) throws InterruptedException;
}
