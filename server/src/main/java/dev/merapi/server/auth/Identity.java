package dev.merapi.server.auth;

import dev.merapi.store.Caller;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is.
 *
 * @param expiresAt when this stops being true, or null for never
 */
public record Identity(Caller caller, @Nullable Instant expiresAt) {
    /** Nobody in particular. */
    public static final Identity ANONYMOUS = new Identity(new Caller("", Map.of()), null);

    public String name() {
        return caller.identity();
    }
}
