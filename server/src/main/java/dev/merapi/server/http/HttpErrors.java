package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Errors as HTTP answers. */
final class HttpErrors {
    private HttpErrors() {}

    static HttpAnswer answer(CodedException e) {
        return HttpAnswer.json(status(e.code()), Json.error(e));
    }

    static HttpResponseStatus status(ErrorCode code) {
        return switch (code) {
            case AUTHENTICATION_REQUIRED, INVALID_TOKEN, TOKEN_EXPIRED -> HttpResponseStatus.UNAUTHORIZED;
            case METHOD_NOT_ALLOWED -> HttpResponseStatus.METHOD_NOT_ALLOWED;
            case FRAME_TOO_LARGE, RESULT_TOO_LARGE -> HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
            case STATEMENT_TIMEOUT -> HttpResponseStatus.GATEWAY_TIMEOUT;
            default ->
                switch (code.category()) {
                    case INCORRECT -> HttpResponseStatus.BAD_REQUEST;
                    case FORBIDDEN -> HttpResponseStatus.FORBIDDEN;
                    case NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
                    case CONFLICT -> HttpResponseStatus.CONFLICT;
                    case LIMITED -> HttpResponseStatus.TOO_MANY_REQUESTS;
                    case UNAVAILABLE -> HttpResponseStatus.SERVICE_UNAVAILABLE;
                    case UNSUPPORTED -> HttpResponseStatus.NOT_IMPLEMENTED;
                    case FAULT -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
                };
        };
    }
}
