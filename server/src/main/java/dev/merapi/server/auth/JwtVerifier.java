package dev.merapi.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.JwtConfig;
import dev.merapi.store.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks signature, validity, issuer and audience of JSON Web Tokens. */
final class JwtVerifier {
    private static final Set<JWSAlgorithm> SECRET_ALGORITHMS =
            Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    /** Never the HS family here: a public key must not be usable as a shared secret. */
    private static final Set<JWSAlgorithm> PUBLIC_KEY_ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final Roles roles;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    JwtVerifier(JwtConfig config, Roles roles, InstantSource clock) {
        this.roles = roles;
        processor.setJWSKeySelector(
                switch (config.keys()) {
                    case JwtConfig.Keys.SharedSecret shared ->
                        new JWSVerificationKeySelector<>(
                                SECRET_ALGORITHMS,
                                new ImmutableSecret<>(shared.secret().getBytes(StandardCharsets.UTF_8)));
                    case JwtConfig.Keys.KeySetFile keySet ->
                        new JWSVerificationKeySelector<>(
                                PUBLIC_KEY_ALGORITHMS, new ImmutableJWKSet<>(readKeySet(keySet)));
                });
        processor.setJWTClaimsSetVerifier(new ClaimsVerifier(config, clock));
    }

    /**
     * @throws CodedException INVALID_TOKEN, TOKEN_EXPIRED
     */
    Identity verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String subject = claims.getSubject();
            if (subject == null || subject.isBlank()) {
                throw new CodedException(ErrorCode.INVALID_TOKEN, "token names no subject")
                        .hint("the claim sub becomes the identity; it must not be empty");
            }
            Date expiration = claims.getExpirationTime();
            Instant expiresAt = expiration == null ? null : expiration.toInstant();
            Caller caller = new Caller(subject, texts(claims));
            return new Identity(caller, roles.session(caller), expiresAt);
        } catch (ExpiredJWTException e) {
            throw new CodedException(ErrorCode.TOKEN_EXPIRED, "token has expired")
                    .hint("get a fresh token")
                    .causedBy(e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new CodedException(ErrorCode.INVALID_TOKEN, "token is not valid")
                    .with("reason", e.getMessage())
                    .causedBy(e);
        }
    }

    private static Map<String, String> texts(JWTClaimsSet claims) {
        Map<String, String> texts = new HashMap<>();
        claims.toJSONObject().forEach((name, value) -> {
            if (value instanceof Map<?, ?> || value instanceof List<?>) {
                // Wrapped and unwrapped again, because the library writes objects only.
                String wrapped = JSONObjectUtils.toJSONString(Map.of("v", value));
                texts.put(name, wrapped.substring("{\"v\":".length(), wrapped.length() - 1));
            } else if (value != null) {
                texts.put(name, value.toString());
            }
        });
        return texts;
    }

    private static JWKSet readKeySet(JwtConfig.Keys.KeySetFile keySet) {
        try {
            return JWKSet.load(keySet.file().toFile());
        } catch (IOException | ParseException e) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "key set for tokens cannot be read")
                    .with("file", keySet.file())
                    .with("reason", e.getMessage())
                    .causedBy(e);
        }
    }

    /** The library's checks, on our clock. */
    private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final InstantSource clock;

        ClaimsVerifier(JwtConfig config, InstantSource clock) {
            super(
                    config.audience(),
                    config.issuer() == null
                            ? null
                            : new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
                    Set.of("sub"));
            this.clock = clock;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
