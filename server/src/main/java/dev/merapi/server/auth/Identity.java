package dev.merapi.server.auth;

import dev.merapi.query.SessionInfo;
import dev.merapi.store.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is, and as what it sees databases.
 *
 * @param expiresAt when this stops being true, or null for never
 */
public record Identity(
        Caller caller, SessionInfo session, @Nullable Instant expiresAt) {
    public String name() {
        return caller.identity();
    }
}
