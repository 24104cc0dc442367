package dev.merapi.client.internal.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.transport.Transport.Closing;
import dev.merapi.wire.CloseCode;

/** What the end of a connection means. */
final class Refusals {
    private Refusals() {}

    static CloseCode.Reaction reaction(Closing closing) {
        return switch (closing.retry()) {
            case BY_CODE -> CloseCode.reactionTo(closing.code());
            case YES -> CloseCode.Reaction.RECONNECT;
            case WITH_FRESH_TOKEN -> CloseCode.Reaction.REAUTHENTICATE;
            case NO -> CloseCode.Reaction.STAY_AWAY;
        };
    }

    /** @param wasReady whether the connection was established before */
    static CodedException cause(Closing closing, boolean wasReady) {
        ErrorCode code = CloseCode.find(closing.code())
                .map(known -> code(known, wasReady))
                .orElseGet(() -> codeWithoutCloseCode(closing, wasReady));
        CodedException cause = new CodedException(code, text(code));
        if (closing.code() != Closing.NO_CODE) {
            cause.with("closeCode", closing.code());
        }
        if (!closing.reason().isEmpty()) {
            cause.with("reason", closing.reason());
        }
        return cause;
    }

    private static ErrorCode code(CloseCode closeCode, boolean wasReady) {
        return switch (closeCode) {
            case NORMAL, GOING_AWAY, SLOW_CONSUMER, IDLE_TIMEOUT, HELLO_TIMEOUT, DATABASE_CLOSED, INTERNAL_ERROR ->
                wasReady ? ErrorCode.CONNECTION_LOST : ErrorCode.CONNECTION_FAILED;
            case TOO_MANY_CONNECTIONS -> ErrorCode.TOO_MANY_CONNECTIONS;
            case TOKEN_MISSING -> ErrorCode.AUTHENTICATION_REQUIRED;
            case TOKEN_INVALID -> ErrorCode.INVALID_TOKEN;
            case TOKEN_EXPIRED -> ErrorCode.TOKEN_EXPIRED;
            case PROTOCOL_ERROR -> ErrorCode.MALFORMED_MESSAGE;
            case FRAME_TOO_LARGE -> ErrorCode.FRAME_TOO_LARGE;
            case UNSUPPORTED_REVISION -> ErrorCode.UNSUPPORTED_REVISION;
            case UNKNOWN_DATABASE -> ErrorCode.UNKNOWN_DATABASE;
            case FORBIDDEN -> ErrorCode.PERMISSION_DENIED;
        };
    }

    private static final int MESSAGE_TOO_BIG = 1009;

    private static ErrorCode codeWithoutCloseCode(Closing closing, boolean wasReady) {
        if (closing.code() == MESSAGE_TOO_BIG) {
            return ErrorCode.MESSAGE_TOO_LARGE;
        }
        return switch (closing.retry()) {
            case NO -> ErrorCode.NOT_A_MERAPI_SERVER;
            case WITH_FRESH_TOKEN -> ErrorCode.AUTHENTICATION_REQUIRED;
            case BY_CODE, YES -> wasReady ? ErrorCode.CONNECTION_LOST : ErrorCode.CONNECTION_FAILED;
        };
    }

    private static String text(ErrorCode code) {
        return switch (code) {
            case CONNECTION_LOST -> "the connection to the server was lost";
            case CONNECTION_FAILED -> "cannot connect to the server";
            case NOT_A_MERAPI_SERVER -> "what answers at this address is not a Merapi server";
            case MESSAGE_TOO_LARGE -> "a message was longer than the limit";
            default -> "the server refused the connection";
        };
    }

    /** Each caller gets an exception of its own: a stack trace shared between threads helps nobody. */
    static CodedException copyOf(CodedException cause) {
        CodedException copy = new CodedException(cause.code(), cause.text());
        cause.context().forEach(copy::with);
        String hint = cause.hint();
        if (hint != null) {
            copy.hint(hint);
        }
        return copy.causedBy(cause);
    }
}
