package dev.merapi.server.auth;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.AuthConfig;
import dev.merapi.server.config.JwtConfig;
import dev.merapi.server.config.StaticToken;
import dev.merapi.store.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a token into an identity. Static tokens are found by their hash, so that the time it takes says nothing about
 * the secret.
 */
public final class Authenticator {
    /** Longer ones are refused unread; a JSON Web Token with generous claims has a few thousand characters. */
    private static final int MAX_TOKEN_LENGTH = 16_384;

    private final AuthConfig.Anonymous anonymous;
    private final Roles roles;
    private final Map<String, Identity> staticTokens = new HashMap<>();
    private final @Nullable JwtVerifier jwt;

    /**
     * @throws CodedException INVALID_CONFIGURATION when keys cannot be read
     */
    public Authenticator(AuthConfig config, Roles roles, InstantSource clock) {
        this.anonymous = config.anonymous();
        this.roles = roles;
        for (StaticToken token : config.tokens()) {
            Caller caller = new Caller(token.identity(), token.claims());
            staticTokens.put(hash(token.token()), new Identity(caller, roles.session(caller), null));
        }
        JwtConfig jwtConfig = config.jwt();
        this.jwt = jwtConfig == null ? null : new JwtVerifier(jwtConfig, roles, clock);
    }

    /**
     * Says who this is.
     *
     * @param token what the client showed, or null
     * @param fromThisMachine whether the client is certain to be on this machine
     * @throws CodedException AUTHENTICATION_REQUIRED, INVALID_TOKEN, TOKEN_EXPIRED
     */
    public Identity authenticate(@Nullable String token, boolean fromThisMachine) {
        if (token == null || token.isEmpty()) {
            return authenticateAnonymous(fromThisMachine);
        }
        if (token.length() > MAX_TOKEN_LENGTH) {
            throw new CodedException(ErrorCode.INVALID_TOKEN, "token is too long")
                    .with("length", token.length())
                    .with("limit", MAX_TOKEN_LENGTH);
        }
        Identity known = staticTokens.get(hash(token));
        if (known != null) {
            return known;
        }
        if (jwt != null) {
            return jwt.verify(token);
        }
        throw new CodedException(ErrorCode.INVALID_TOKEN, "token is not known")
                .hint("ask whoever runs the server for a valid token");
    }

    private Identity authenticateAnonymous(boolean fromThisMachine) {
        boolean allowed = switch (anonymous) {
            case NEVER -> false;
            case LOOPBACK -> fromThisMachine;
            case ALWAYS -> true;
        };
        if (!allowed) {
            throw new CodedException(ErrorCode.AUTHENTICATION_REQUIRED, "server wants a token")
                    .hint("send a bearer token; without one only programs on the server's own machine may come,"
                            + " unless the server is configured otherwise, and not through a proxy");
        }
        return new Identity(Caller.ANONYMOUS, roles.anonymous(fromThisMachine), null);
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
