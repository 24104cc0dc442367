package dev.merapi.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect.
 *
 * @param anonymous whether one may come without a token
 * @param jwt which JSON Web Tokens are accepted, or null for none
 */
public record AuthConfig(
        Anonymous anonymous,
        List<StaticToken> tokens,
        @Nullable JwtConfig jwt) {
    /** Anonymous from this machine, nobody from elsewhere. */
    public static final AuthConfig DEFAULT = new AuthConfig(Anonymous.LOOPBACK, List.of(), null);

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
        return new AuthConfig(newAnonymous, tokens, jwt);
    }

    public AuthConfig withTokens(StaticToken... newTokens) {
        return new AuthConfig(anonymous, List.of(newTokens), jwt);
    }

    public AuthConfig withJwt(JwtConfig newJwt) {
        return new AuthConfig(anonymous, tokens, newJwt);
    }

    /** Whether somebody has decided who may come from other machines. */
    public boolean isConfigured() {
        return anonymous == Anonymous.ALWAYS || !tokens.isEmpty() || jwt != null;
    }
}
