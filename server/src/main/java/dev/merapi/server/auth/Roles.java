package dev.merapi.server.auth;

import dev.merapi.query.SessionInfo;
import dev.merapi.server.config.AuthConfig;
import dev.merapi.server.config.RoleConfig;
import dev.merapi.store.Caller;

/** Says what callers are: their role, and whether it is privileged. Immutable, any thread. */
public final class Roles {
    /** The claim that names the role. */
    private static final String CLAIM = "role";

    private static final String SCHEMA = "public";

    private final RoleConfig config;
    private final String loopback;

    public Roles(AuthConfig auth) {
        this.config = auth.roles();
        String configured = config.loopback();
        if (configured != null) {
            this.loopback = configured;
        } else {
            // A proxy on this machine makes everybody look as if they were on it. Who has said who may come has left
            // the stage of trying things out, and nobody shall own the database by accident then.
            this.loopback = auth.isConfigured() ? config.anonymous() : RoleConfig.OWNER;
        }
    }

    /** The system itself, as programs that embed the server use it: it may do everything. */
    public static SessionInfo system() {
        return new SessionInfo(Caller.SYSTEM.identity(), RoleConfig.OWNER, true, Caller.SYSTEM.claims(), SCHEMA);
    }

    /** Somebody without a token. */
    SessionInfo anonymous(boolean fromThisMachine) {
        return session(Caller.ANONYMOUS, fromThisMachine ? loopback : config.anonymous());
    }

    /** Somebody, wherever they are: the claim {@code role} decides, else whether there is an identity. */
    public SessionInfo session(Caller caller) {
        String claimed = caller.claims().get(CLAIM);
        if (claimed != null && !claimed.isBlank()) {
            return session(caller, claimed);
        }
        return session(caller, caller.identity().isEmpty() ? config.anonymous() : RoleConfig.AUTHENTICATED);
    }

    private SessionInfo session(Caller caller, String role) {
        return new SessionInfo(caller.identity(), role, isPrivileged(role), caller.claims(), SCHEMA);
    }

    /** Whether those who have the role may do everything. */
    public boolean isPrivileged(String role) {
        return config.privileged().contains(role);
    }
}
