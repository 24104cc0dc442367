package dev.merapi.api.module;

import org.jspecify.annotations.Nullable;

/**
 * Refuses a call: the transaction is taken back, and the message goes to the caller. Any other exception also takes
 * everything back, but is a fault: the caller hears that something failed, the log says what.
 *
 * <p>It is an answer and no fault, so it carries no stack trace.
 */
public class ReducerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal with a message for the caller. */
    public ReducerException(String message) {
        this(message, null);
    }

    /** A refusal because of something else. */
    public ReducerException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
