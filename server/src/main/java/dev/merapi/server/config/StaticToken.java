package dev.merapi.server.config;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.Map;

/**
 * A secret that stands for an identity.
 *
 * @param token what the client sends, at least 8 characters
 * @param identity who the client then is; not empty
 * @param claims what else is known about it; SQL can read them
 */
public record StaticToken(String token, String identity, Map<String, String> claims) {
    private static final int MIN_LENGTH = 8;

    public StaticToken {
        claims = Map.copyOf(claims);
        if (token.length() < MIN_LENGTH) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "token is too short")
                    .with("identity", identity)
                    .with("length", token.length())
                    .hint("use at least " + MIN_LENGTH + " characters, better 32 random ones");
        }
        if (identity.isEmpty()) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "token has no identity")
                    .hint("the empty identity means anonymous; give the token a name");
        }
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "StaticToken[identity=" + identity + "]";
    }
}
