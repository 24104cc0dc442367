package dev.merapi.client.live;

import dev.merapi.api.error.CodedException;

/**
 * Something went wrong with one live query.
 *
 * @param subscriptionId names the live query within its client
 * @param error what happened, with its code
 * @param fatal whether the live query has ended by it
 */
public record LiveError(String subscriptionId, CodedException error, boolean fatal) {
    /** The name of the code. */
    public String code() {
        return error.code().name();
    }

    public String message() {
        return error.getMessage();
    }
}
