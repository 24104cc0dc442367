package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.AuthConfig.Anonymous;
import dev.merapi.server.config.JwtConfig;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.RoleConfig;
import dev.merapi.server.config.StaticToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigFileTest {
    @TempDir
    private Path directory;

    @Test
    void an_empty_file_changes_nothing() throws IOException {
        assertThat(read("")).isEqualTo(ServerConfig.memory());
    }

    @Test
    void everything_can_be_said() throws IOException {
        ServerConfig config = read("""
            host = "0.0.0.0"
            port = 4000
            data = "data"
            databases = [first, second]
            origins = ["https://app.example"]
            auth {
              anonymous = never
              tokens = [{ token = "12345678", identity = backend, claims { team = red, level = 3, of = [a, b] } }]
              jwt { secret = "0123456789abcdef0123456789abcdef", issuer = "https://login.example" }
              privileged-roles = [admin, root, admin]
              loopback-role = root
              anonymous-role = guest
            }
            limits { outbox-bytes = 2000000, idle-millis = 5000 }
            """);

        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(4000);
        assertThat(config.dataDirectory()).isEqualTo(directory.resolve("data"));
        assertThat(config.databases()).containsExactly("first", "second");
        assertThat(config.origins()).containsExactly("https://app.example");
        assertThat(config.auth().anonymous()).isEqualTo(Anonymous.NEVER);
        assertThat(config.auth().tokens())
                .containsExactly(new StaticToken(
                        "12345678", "backend", Map.of("team", "red", "level", "3", "of", "[\"a\",\"b\"]")));
        assertThat(config.auth().jwt())
                .isEqualTo(new JwtConfig(
                        new JwtConfig.Keys.SharedSecret("0123456789abcdef0123456789abcdef"),
                        "https://login.example",
                        null));
        assertThat(config.auth().roles()).isEqualTo(new RoleConfig(Set.of("admin", "root"), "root", "guest"));
        assertThat(config.limits().get(Limit.OUTBOX_BYTES)).isEqualTo(2_000_000);
        assertThat(config.limits().get(Limit.IDLE_MILLIS)).isEqualTo(5_000);
        assertThat(config.limits().get(Limit.CONNECTIONS)).isEqualTo(Limit.CONNECTIONS.defaultValue());
    }

    @Test
    void mistakes_are_named() {
        assertRefused("prot = 1", "setting=prot", "port");
        assertRefused("auth { anonymos = never }", "setting=auth.anonymos", "anonymous");
        assertRefused("auth { anonymous = perhaps }", "value=perhaps", "loopback");
        assertRefused("auth { privileged-role = x }", "setting=auth.privileged-role", "privileged-roles");
        assertRefused("auth { anonymous-role = \" \" }", "a role has no name", "anon");
        assertRefused("limits { outbox-byte = 1 }", "setting=limits.outbox-byte", "outbox-bytes");
        assertRefused("limits { outbox-bytes = 1 }", "limit=outbox-bytes", "1024");
        assertRefused("limits { outbox-bytes = many }", "limit=outbox-bytes", "");
        assertRefused("port = 70000", "port=70000", "65535");
        assertRefused("port = no", "configuration file cannot be understood", "");
        assertRefused("host = ", "configuration file cannot be understood", "");
        assertRefused("data = x, memory = true", "both data and memory", "");
        assertRefused("databases = []", "no database", "");
        assertRefused("databases = [\"../etc\"]", "name=../etc", "lower-case");
        assertRefused("auth { jwt { issuer = x } }", "either secret or keys", "");
        assertRefused("auth { tokens = [{ token = \"12345678\" }] }", "configuration file cannot be understood", "");
        assertRefused("auth { tokens = [{ token = ${NOT_SET_ANYWHERE} }] }", "cannot be understood", "");
    }

    @Test
    void a_missing_file_is_named() {
        Path missing = directory.resolve("nope.conf");

        assertThatThrownBy(() -> ServerConfigFile.read(missing)).hasMessageContaining("nope.conf");
    }

    private ServerConfig read(String text) throws IOException {
        Path file = directory.resolve("merapi.conf");
        Files.writeString(file, text);
        return ServerConfigFile.read(file);
    }

    private void assertRefused(String text, String message, String hint) {
        assertThatThrownBy(() -> read(text)).as(text).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
            assertThat(e.toString()).contains(message).contains(hint);
        });
    }
}
