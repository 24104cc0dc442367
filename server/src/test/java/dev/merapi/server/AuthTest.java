package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.AuthConfig;
import dev.merapi.server.config.AuthConfig.Anonymous;
import dev.merapi.server.config.JwtConfig;
import dev.merapi.server.config.RoleConfig;
import dev.merapi.server.config.StaticToken;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.ServerMessage;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthTest {
    private static final String TOKEN = "correct-horse-battery";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final AuthConfig ONLY_TOKENS = new AuthConfig(
            Anonymous.NEVER,
            List.of(new StaticToken(TOKEN, "backend", Map.of("team", "red"))),
            null,
            RoleConfig.DEFAULT);
    private static final AuthConfig JWT = new AuthConfig(
            Anonymous.NEVER,
            List.of(),
            new JwtConfig(new JwtConfig.Keys.SharedSecret(SECRET), "https://login.example", "merapi"),
            RoleConfig.DEFAULT);

    @Test
    void a_server_that_would_be_open_to_the_network_does_not_start() {
        assertThatThrownBy(() -> Server.start(ServerConfig.memory().withPort(0).withHost("0.0.0.0")))
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNSAFE_CONFIGURATION);
                    assertThat(e.hint()).contains("tokens", "127.0.0.1", "auth.anonymous = always");
                });
    }

    @Test
    void a_server_with_tokens_or_an_explicit_decision_may_be_open_to_the_network() {
        ServerConfig open = ServerConfig.memory().withPort(0).withHost("0.0.0.0");

        Server.start(open.withAuth(ONLY_TOKENS)).close();
        Server.start(open.withAuth(AuthConfig.DEFAULT.withAnonymous(Anonymous.ALWAYS)))
                .close();
    }

    @Test
    void without_a_token_where_one_is_wanted() {
        assertRefused(ONLY_TOKENS, null, CloseCode.TOKEN_MISSING, 401);
    }

    @Test
    void with_an_unknown_token() {
        assertRefused(ONLY_TOKENS, "wrong", CloseCode.TOKEN_INVALID, 401);
        assertRefused(AuthConfig.DEFAULT, "wrong", CloseCode.TOKEN_INVALID, 401);
        assertRefused(ONLY_TOKENS, "x".repeat(20_000), CloseCode.TOKEN_INVALID, 401);
    }

    @Test
    void with_a_known_token() {
        assertAccepted(ONLY_TOKENS, TOKEN, "backend");
    }

    @Test
    void anonymously_where_that_is_allowed() {
        assertAccepted(AuthConfig.DEFAULT, null, "");
        assertAccepted(ONLY_TOKENS.withAnonymous(Anonymous.LOOPBACK), null, "");
        assertAccepted(ONLY_TOKENS.withAnonymous(Anonymous.ALWAYS), null, "");
    }

    @Test
    void a_signed_token_names_the_identity() throws JOSEException {
        assertAccepted(JWT, jwt("ann", "https://login.example", "merapi", 60, SECRET), "ann");
    }

    @Test
    void signed_tokens_that_are_not_for_us() throws JOSEException {
        assertRefused(JWT, jwt("ann", "https://other.example", "merapi", 60, SECRET), CloseCode.TOKEN_INVALID, 401);
        assertRefused(JWT, jwt("ann", "https://login.example", "other", 60, SECRET), CloseCode.TOKEN_INVALID, 401);
        assertRefused(
                JWT,
                jwt("ann", "https://login.example", "merapi", 60, "another-secret-another-secret-xx"),
                CloseCode.TOKEN_INVALID,
                401);
        assertRefused(JWT, jwt(null, "https://login.example", "merapi", 60, SECRET), CloseCode.TOKEN_INVALID, 401);
        assertRefused(JWT, jwt("", "https://login.example", "merapi", 60, SECRET), CloseCode.TOKEN_INVALID, 401);
        assertRefused(JWT, "a.b.c", CloseCode.TOKEN_INVALID, 401);
        assertRefused(JWT, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.", CloseCode.TOKEN_INVALID, 401);
    }

    @Test
    void an_expired_token_asks_for_a_fresh_one() throws JOSEException {
        assertRefused(JWT, jwt("ann", "https://login.example", "merapi", -3600, SECRET), CloseCode.TOKEN_EXPIRED, 401);
        assertThat(CloseCode.TOKEN_EXPIRED.reaction()).isEqualTo(CloseCode.Reaction.REAUTHENTICATE);
    }

    @Test
    void a_connection_ends_when_its_token_expires() throws JOSEException {
        try (Server server = start(JWT);
                TestClient client =
                        TestClient.connect(server, jwt("ann", "https://login.example", "merapi", 1, SECRET), "")) {
            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.TOKEN_EXPIRED.number());
        }
    }

    @Test
    void the_token_may_come_with_the_upgrade_request() {
        try (Server server = start(ONLY_TOKENS);
                TestClient client = TestClient.open(server.port(), "Authorization", "Bearer " + TOKEN)) {
            client.send(hello(null));

            assertThat(client.expect(ServerMessage.Welcome.class).identity()).isEqualTo("backend");
        }
    }

    @Test
    void the_token_of_hello_counts_more_than_that_of_the_upgrade_request() {
        try (Server server = start(ONLY_TOKENS);
                TestClient client = TestClient.open(server.port(), "Authorization", "Bearer " + TOKEN)) {
            client.send(hello("wrong"));

            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.TOKEN_INVALID.number());
        }
    }

    @Test
    void health_is_open_and_metrics_are_not() {
        try (Server server = start(ONLY_TOKENS)) {
            assertThat(TestHttp.get(server, "/health").statusCode()).isEqualTo(200);
            assertThat(TestHttp.get(server, "/metrics").statusCode()).isEqualTo(401);
            assertThat(TestHttp.get(server, "/metrics", "Authorization", "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void secrets_are_not_shown() {
        assertThat(ONLY_TOKENS.toString()).doesNotContain(TOKEN);
        assertThat(JWT.toString()).doesNotContain(SECRET);
    }

    @Test
    void weak_secrets_are_refused() {
        assertThatThrownBy(() -> new StaticToken("short", "x", Map.of())).hasMessageContaining("too short");
        assertThatThrownBy(() -> new JwtConfig.Keys.SharedSecret("short")).hasMessageContaining("too short");
        assertThatThrownBy(() -> new StaticToken(TOKEN, "", Map.of())).hasMessageContaining("no identity");
    }

    private static void assertAccepted(AuthConfig auth, @Nullable String token, String identity) {
        try (Server server = start(auth);
                TestClient client = TestClient.open(server.port())) {
            client.send(hello(token));

            assertThat(client.expect(ServerMessage.Welcome.class).identity()).isEqualTo(identity);
            // The request is understood and then refused for its body: the token was accepted.
            assertThat(http(server, token)).isEqualTo(400);
        }
    }

    private static void assertRefused(AuthConfig auth, @Nullable String token, CloseCode code, int status) {
        try (Server server = start(auth);
                TestClient client = TestClient.open(server.port())) {
            client.send(hello(token));

            assertThat(client.awaitClosed().code()).isEqualTo(code.number());
            assertThat(http(server, token)).isEqualTo(status);
        }
    }

    private static int http(Server server, @Nullable String token) {
        return token == null
                ? TestHttp.sql(server, "{}").statusCode()
                : TestHttp.sql(server, "{}", "Authorization", "Bearer " + token).statusCode();
    }

    private static ClientMessage.Hello hello(@Nullable String token) {
        return new ClientMessage.Hello(1, List.of(), token, "", "test");
    }

    private static String jwt(@Nullable String subject, String issuer, String audience, int seconds, String secret)
            throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .issuer(issuer)
                        .audience(audience)
                        .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                        .build());
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    private static Server start(AuthConfig auth) {
        return Server.start(ServerConfig.memory().withPort(0).withAuth(auth));
    }
}
