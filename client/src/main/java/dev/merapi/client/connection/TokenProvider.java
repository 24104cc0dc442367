package dev.merapi.client.connection;

import org.jspecify.annotations.Nullable;

/**
 * Gives the token for a connection. It is called anew for every attempt to connect, on a thread of its own where it may
 * block; it is given up when it has not answered within {@link Timeouts#connect}.
 */
@FunctionalInterface
public interface TokenProvider {
    /** Connects anonymously. */
    TokenProvider ANONYMOUS = () -> null;

    /**
     * The token to use now, or null to stay anonymous.
     *
     * @throws Exception when there is none; the attempt fails with TOKEN_UNAVAILABLE and is repeated later
     */
    @Nullable
    String token() throws Exception;
}
