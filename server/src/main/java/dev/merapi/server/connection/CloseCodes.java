package dev.merapi.server.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.wire.CloseCode;

/** Which close code an error becomes when it ends the connection. */
final class CloseCodes {
    private CloseCodes() {}

    static CloseCode of(CodedException e) {
        return switch (e.code()) {
            case AUTHENTICATION_REQUIRED -> CloseCode.TOKEN_MISSING;
            case INVALID_TOKEN -> CloseCode.TOKEN_INVALID;
            case TOKEN_EXPIRED -> CloseCode.TOKEN_EXPIRED;
            case UNKNOWN_DATABASE -> CloseCode.UNKNOWN_DATABASE;
            case UNSUPPORTED_REVISION -> CloseCode.UNSUPPORTED_REVISION;
            case FRAME_TOO_LARGE -> CloseCode.FRAME_TOO_LARGE;
            case PERMISSION_DENIED, REDUCER_FAILED -> CloseCode.FORBIDDEN;
            case SHUTTING_DOWN, BUSY -> CloseCode.GOING_AWAY;
            case TOO_MANY_CONNECTIONS -> CloseCode.TOO_MANY_CONNECTIONS;
            case INTERNAL, REDUCER_CRASHED -> CloseCode.INTERNAL_ERROR;
            default -> CloseCode.PROTOCOL_ERROR;
        };
    }
}
