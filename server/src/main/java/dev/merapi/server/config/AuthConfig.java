package dev.merapi.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect, and as what.
 *
 * @param anonymous whether one may come without a token
 * @param jwt which JSON Web Tokens are accepted, or null for none
 * @param roles what those who have come may do
 */
public record AuthConfig(
        Anonymous anonymous,
        List<StaticToken> tokens,
        @Nullable JwtConfig jwt,
        RoleConfig roles) {
    /** Anonymous from this machine, nobody from elsewhere. */
    public static final AuthConfig DEFAULT = new AuthConfig(Anonymous.LOOPBACK, List.of(), null, RoleConfig.DEFAULT);

    /** Who may come without a token. */
    public enum Anonymous {
        NEVER,
        /** Only programs on the same machine. */
        LOOPBACK,
        /** Everybody who can reach the port. */
        ALWAYS
    }

    public AuthConfig {
        tokens = List.copyOf(tokens);
    }

    public AuthConfig withAnonymous(Anonymous newAnonymous) {
        return new AuthConfig(newAnonymous, tokens, jwt, roles);
    }

    public AuthConfig withTokens(StaticToken... newTokens) {
        return new AuthConfig(anonymous, List.of(newTokens), jwt, roles);
    }

    public AuthConfig withJwt(JwtConfig newJwt) {
        return new AuthConfig(anonymous, tokens, newJwt, roles);
    }

    public AuthConfig withRoles(RoleConfig newRoles) {
        return new AuthConfig(anonymous, tokens, jwt, newRoles);
    }

    /** Whether somebody has decided who may come from other machines. */
    public boolean isConfigured() {
        return anonymous == Anonymous.ALWAYS || !tokens.isEmpty() || jwt != null;
    }
}
