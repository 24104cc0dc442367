package dev.merapi.server.config;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which JSON Web Tokens are trusted. The {@code sub} claim becomes the identity.
 *
 * @param keys how signatures are checked
 * @param issuer the {@code iss} a token must have, or null
 * @param audience an {@code aud} a token must name, or null
 */
public record JwtConfig(
        Keys keys, @Nullable String issuer, @Nullable String audience) {
    /** HS256 wants a key at least as long as its hash. */
    private static final int MIN_SECRET_BYTES = 32;

    /** How signatures are checked. */
    public sealed interface Keys {
        /** One secret shared with whoever makes the tokens: HS256, HS384, HS512. */
        record SharedSecret(String secret) implements Keys {
            public SharedSecret {
                int length = secret.getBytes(StandardCharsets.UTF_8).length;
                if (length < MIN_SECRET_BYTES) {
                    throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "secret for tokens is too short")
                            .with("bytes", length)
                            .hint("HS256 needs at least " + MIN_SECRET_BYTES + " bytes");
                }
            }

            /** Does not show the secret. */
            @Override
            public String toString() {
                return "SharedSecret[]";
            }
        }

        /** Public keys (RSA, EC) in a JWKS file, read once at start. */
        record KeySetFile(Path file) implements Keys {}
    }

    public JwtConfig(Keys keys) {
        this(keys, null, null);
    }
}
