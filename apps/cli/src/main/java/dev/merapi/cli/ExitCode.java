package dev.merapi.cli;

import dev.merapi.api.error.ErrorCode;

/** How the process ends; scripts may rely on the numbers. */
enum ExitCode {
    /** Everything was done; also when a command that runs until it is stopped was stopped by SIGINT or SIGTERM. */
    OK(0),
    /** The server refused a statement or a live query. */
    REQUEST_FAILED(1),
    /** The command line makes no sense. */
    USAGE(2),
    /** No connection: the server cannot be reached, refused the client, or went away. */
    CONNECTION(3),
    /** The server could not be started: configuration, port or data. */
    START(4),
    /** The demo's live result was not equal to a fresh query. */
    DIFFERENT(5),
    /** A defect of this program. */
    INTERNAL(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(ErrorCode code) {
        return switch (code) {
            case CLI_USAGE, CLI_INPUT, INVALID_OPTION, INVALID_TABLE_NAME, INVALID_POSITION -> USAGE;
            case CLIENT_CLOSED,
                    CONNECTION_FAILED,
                    CONNECTION_LOST,
                    OUTCOME_UNKNOWN,
                    REQUEST_TIMEOUT,
                    REQUEST_INTERRUPTED,
                    NOT_A_MERAPI_SERVER,
                    TOKEN_UNAVAILABLE,
                    MESSAGE_TOO_LARGE,
                    MALFORMED_MESSAGE,
                    UNSUPPORTED_REVISION,
                    AUTHENTICATION_REQUIRED,
                    INVALID_TOKEN,
                    TOKEN_EXPIRED,
                    UNKNOWN_DATABASE,
                    TOO_MANY_CONNECTIONS,
                    SHUTTING_DOWN -> CONNECTION;
            case INVALID_CONFIGURATION,
                    UNSAFE_CONFIGURATION,
                    CANNOT_LISTEN,
                    LOG_CORRUPT,
                    LOG_FAILED,
                    LOG_FULL,
                    LOG_VERSION_UNSUPPORTED -> START;
            case CLI_DEMO_DIFFERS -> DIFFERENT;
            case INTERNAL -> INTERNAL;
            default -> REQUEST_FAILED;
        };
    }
}
