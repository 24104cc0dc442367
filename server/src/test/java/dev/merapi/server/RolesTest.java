package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.SqlResult;
import dev.merapi.server.config.AuthConfig;
import dev.merapi.server.config.AuthConfig.Anonymous;
import dev.merapi.server.config.JwtConfig;
import dev.merapi.server.config.RoleConfig;
import dev.merapi.server.config.StaticToken;
import dev.merapi.store.Caller;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.ServerMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers may do, over both protocols and embedded. */
class RolesTest {
    private static final String TOKEN = "correct-horse-battery";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String CREATE = "CREATE TABLE t (id integer PRIMARY KEY)";
    private static final AuthConfig JWT =
            AuthConfig.DEFAULT.withJwt(new JwtConfig(new JwtConfig.Keys.SharedSecret(SECRET), null, null));

    @Test
    void on_the_own_machine_everything_works_as_long_as_nothing_is_configured() {
        assertRole(AuthConfig.DEFAULT, "", "owner", true);
    }

    @Test
    void without_a_token_nobody_is_owner_once_tokens_are_configured() throws JOSEException {
        assertRole(JWT, "", "anon", false);
        assertRole(JWT.withRoles(RoleConfig.DEFAULT.withLoopback("owner")), "", "owner", true);
        assertRole(JWT.withRoles(RoleConfig.DEFAULT.withAnonymous("guest")), "", "guest", false);
        assertRole(AuthConfig.DEFAULT.withAnonymous(Anonymous.ALWAYS), "", "anon", false);
    }

    @Test
    void the_role_of_a_signed_token_is_its_claim() throws JOSEException {
        assertRole(JWT, jwt(Map.of("role", "service_role")), "service_role", true);
        assertRole(JWT, jwt(Map.of("role", "owner")), "owner", true);
        assertRole(JWT, jwt(Map.of("role", "editor")), "editor", false);
        assertRole(JWT, jwt(Map.of("role", List.of("owner"))), "[\"owner\"]", false);
        assertRole(JWT, jwt(Map.of("role", "")), "authenticated", false);
        assertRole(JWT, jwt(Map.of()), "authenticated", false);
    }

    @Test
    void so_is_that_of_a_static_token() {
        assertRole(staticToken(Map.of("role", "owner")), TOKEN, "owner", true);
        assertRole(staticToken(Map.of("role", "editor")), TOKEN, "editor", false);
        assertRole(staticToken(Map.of("team", "red")), TOKEN, "authenticated", false);
    }

    @Test
    void which_roles_are_privileged_is_configured() throws JOSEException {
        AuthConfig renamed = JWT.withRoles(RoleConfig.DEFAULT.withPrivileged("db_admin"));

        assertRole(renamed, jwt(Map.of("role", "owner")), "owner", false);
        assertRole(renamed, jwt(Map.of("role", "db_admin")), "db_admin", true);
    }

    private static AuthConfig staticToken(Map<String, String> claims) {
        return AuthConfig.DEFAULT.withTokens(new StaticToken(TOKEN, "backend", claims));
    }

    /** Over WebSocket and HTTP: the role, and whether the schema can be changed. */
    private static void assertRole(AuthConfig auth, String token, String role, boolean privileged) {
        try (Server server = start(auth);
                TestClient client = TestClient.connect(server, token.isEmpty() ? null : token, "")) {
            String[] headers = token.isEmpty() ? new String[0] : new String[] {"Authorization", "Bearer " + token};
            assertThat(rows(client.execute("SHOW role"), 0)).containsExactly(List.of(role));
            assertThat(TestHttp.sql(server, body("SHOW role"), headers).body())
                    .contains("[[\"" + role.replace("\"", "\\\"") + "\"]]");

            ServerMessage answer = client.answerTo(client.sendExecute(Confirm.COMMITTED, CREATE));
            String overHttp = TestHttp.sql(server, body("DROP TABLE IF EXISTS t"), headers)
                    .body();
            if (privileged) {
                assertThat(answer).isInstanceOf(ServerMessage.Results.class);
                assertThat(overHttp).contains("\"command\":\"DROP TABLE\"");
            } else {
                assertThat(answer).isInstanceOfSatisfying(ServerMessage.RequestFailed.class, failed -> {
                    assertThat(failed.error().number()).isEqualTo(ErrorCode.PERMISSION_DENIED.number());
                    assertThat(failed.error().toString()).contains(role, "CREATE TABLE", "auth.privileged-roles");
                });
                assertThat(overHttp).contains("PERMISSION_DENIED", "\"statement\":\"DROP TABLE\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE x (id integer PRIMARY KEY)",
                "CREATE TABLE IF NOT EXISTS notes (id integer)",
                "CREATE TABLE x AS SELECT * FROM notes",
                "CREATE INDEX ON notes (body)",
                "CREATE SCHEMA x",
                "ALTER TABLE notes ADD COLUMN more text",
                "ALTER TABLE notes RENAME TO other",
                "DROP TABLE notes",
                "DROP TABLE IF EXISTS nothing",
                "DROP INDEX notes_body_idx",
                "DROP SCHEMA IF EXISTS x",
                "TRUNCATE notes"
            })
    void no_statement_about_the_schema_is_for_others(String sql) {
        try (Server server = start(AuthConfig.DEFAULT)) {
            EmbeddedDatabase database = server.database("");
            database.execute("CREATE TABLE notes (id integer PRIMARY KEY, body text); CREATE INDEX ON notes (body)")
                    .join();
            EmbeddedDatabase editor = database.as(new Caller("ann", Map.of("role", "editor")));

            assertThat(editor.execute(sql))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining("PERMISSION_DENIED")
                    .withMessageContaining("role=editor")
                    .withMessageContaining("statement=" + sql.substring(0, sql.indexOf(' ')));
            editor.execute("INSERT INTO notes VALUES (1, 'x')").join();
            database.execute(sql).join();
        }
    }

    @Test
    void embedded_use_is_privileged_unless_it_is_on_behalf_of_somebody() {
        try (Server server = start(JWT)) {
            EmbeddedDatabase database = server.database("");
            assertThat(first(database, "SHOW role")).isEqualTo("owner");
            assertThat(first(database.as(Caller.ANONYMOUS), "SHOW role")).isEqualTo("anon");
            assertThat(first(database.as(new Caller("ann", Map.of())), "SHOW role"))
                    .isEqualTo("authenticated");
            assertThat(first(database.as(new Caller("ann", Map.of("team", "red"))), "SELECT merapi_claim('team')"))
                    .isEqualTo("red");
            database.as(new Caller("ann", Map.of("role", "owner")))
                    .execute(CREATE)
                    .join();
        }
    }

    private static String first(EmbeddedDatabase database, String sql) {
        SqlResult result = database.query(sql).join().value();
        return String.valueOf(
                Rows.of(result.columns(), result.rows()).getFirst().getFirst());
    }

    @Test
    void what_a_proxy_passes_on_does_not_come_from_this_machine() {
        for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")) {
            try (Server server = start(AuthConfig.DEFAULT);
                    TestClient client = TestClient.open(server.port(), header, "192.0.2.7")) {
                client.send(new ClientMessage.Hello(1, List.of(), null, "", "test"));

                assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.TOKEN_MISSING.number());
                assertThat(TestHttp.sql(server, body("SELECT 1"), header, "192.0.2.7")
                                .statusCode())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void nor_does_what_asks_for_another_name() throws IOException {
        try (Server server = start(AuthConfig.DEFAULT)) {
            for (String host : List.of("localhost", "127.0.0.1:3000", "[::1]:3000", "app.localhost", "LOCALHOST:1")) {
                assertThat(statusForHost(server, host)).as(host).startsWith("HTTP/1.1 200");
            }
            for (String host : List.of("db.example", "192.0.2.7", "localhost.example:80", "127.0.0.1.example", "")) {
                assertThat(statusForHost(server, host)).as(host).startsWith("HTTP/1.1 401");
            }
        }
    }

    private static String statusForHost(Server server, String host) throws IOException {
        String body = body("SELECT 1");
        try (RawSocket socket = new RawSocket(server.port())) {
            socket.send(RawSocket.head(
                            "POST /v1/sql HTTP/1.1",
                            "Host: " + host,
                            "Content-Type: application/json",
                            "Content-Length: " + body.length())
                    + body);
            return socket.readHead();
        }
    }

    @Test
    void a_request_can_run_as_another_role() {
        try (Server server = start(AuthConfig.DEFAULT);
                TestClient client = TestClient.connect(server)) {
            ServerMessage.Results results = client.execute("BEGIN; SET ROLE editor;"
                    + " SET request.jwt.claims = '{\"sub\": \"ann\", \"team\": \"red\"}';"
                    + " SELECT current_user, merapi_claim('team'); RESET ROLE; SHOW role; COMMIT");

            assertThat(rows(results, 2)).containsExactly(List.of("ann", "red"));
            assertThat(rows(results, 4)).containsExactly(List.of("owner"));
            assertThat(rows(client.execute("SHOW role"), 0)).containsExactly(List.of("owner"));
            assertRefused(client, "SET ROLE editor; " + CREATE, ErrorCode.PERMISSION_DENIED);
            assertRefused(client, "SET ROLE editor", ErrorCode.UNSUPPORTED_SQL);
            assertThat(client.answerTo(client.sendQuery("SET ROLE editor")))
                    .isInstanceOf(ServerMessage.RequestFailed.class);
            client.execute("SET ROLE service_role; " + CREATE);
            assertThat(TestHttp.sql(server, body("SET ROLE editor; SELECT 1; DROP TABLE t"))
                            .body())
                    .contains("PERMISSION_DENIED", "\"role\":\"editor\"");
        }
    }

    @Test
    void others_cannot_become_somebody_else() throws JOSEException {
        try (Server server = start(JWT);
                TestClient client = TestClient.connect(server, jwt(Map.of("role", "editor")), "")) {
            assertRefused(client, "SET ROLE owner; " + CREATE, ErrorCode.PERMISSION_DENIED);
            assertRefused(
                    client,
                    "SET request.jwt.claims = '{\"sub\": \"eve\"}'; SELECT current_user",
                    ErrorCode.PERMISSION_DENIED);
            assertThat(rows(client.execute("SET ROLE editor; SELECT current_user"), 1))
                    .containsExactly(List.of("ann"));
        }
    }

    private static void assertRefused(TestClient client, String sql, ErrorCode code) {
        assertThat(client.answerTo(client.sendExecute(Confirm.COMMITTED, sql)))
                .isInstanceOfSatisfying(
                        ServerMessage.RequestFailed.class,
                        failed -> assertThat(failed.error().number()).isEqualTo(code.number()));
    }

    private static List<List<Object>> rows(ServerMessage.Results results, int statement) {
        return Rows.of(results.results().get(statement));
    }

    private static String body(String sql) {
        return "{\"sql\":\"" + sql.replace("\"", "\\\"") + "\"}";
    }

    private static String jwt(Map<String, Object> claims) throws JOSEException {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder().subject("ann");
        claims.forEach(builder::claim);
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), builder.build());
        jwt.sign(new MACSigner(SECRET));
        return jwt.serialize();
    }

    private static Server start(AuthConfig auth) {
        return Server.start(ServerConfig.memory().withPort(0).withAuth(auth));
    }
}
