package dev.merapi.server.module;

import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.store.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who calls a function.
 *
 * @param caller as the log knows them
 * @param sender as modules know them
 * @param connection by which the call came, or null
 */
public record ModuleCaller(
        Caller caller, Identity sender, @Nullable ConnectionId connection) {
    /** The issuer of those this server knows by itself: databases, and holders of static tokens. */
    static final String ISSUER = "merapi";

    private static final String ANONYMOUS_ISSUER = "merapi-anonymous";

    /**
     * A client: who it is to modules follows from issuer and subject of its token. Without a token it is somebody else
     * on each connection.
     */
    public static ModuleCaller of(Caller caller, ConnectionId connection) {
        Identity sender = caller.identity().isEmpty()
                ? Identity.of(ANONYMOUS_ISSUER, connection.toHex())
                : Identity.of(caller.claims().getOrDefault("iss", ISSUER), caller.identity());
        return new ModuleCaller(caller, sender, connection);
    }

    /** A database itself. */
    public static ModuleCaller ofDatabase(String name) {
        return new ModuleCaller(Caller.SYSTEM, Identity.of(ISSUER, name), null);
    }
}
