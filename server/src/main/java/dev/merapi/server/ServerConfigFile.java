package dev.merapi.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.AuthConfig;
import dev.merapi.server.config.JwtConfig;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.RoleConfig;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.server.config.StaticToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration file in HOCON, of which JSON is a part. Everything is optional; unknown settings are refused,
 * so that a misspelt one is noticed. Relative paths are relative to the file.
 *
 * <pre>
 * host = "0.0.0.0"
 * port = 3000
 * data = "data"                  # or memory = true
 * databases = [main, analytics]
 * origins = ["https://app.example"]
 * auth {
 *   anonymous = never            # loopback, always
 *   tokens = [{ token = ${MERAPI_TOKEN}, identity = "backend", claims { team = "red" } }]
 *   jwt { secret = ${JWT_SECRET}, issuer = "https://login.example", audience = "merapi" }   # or keys = "jwks.json"
 *   privileged-roles = [owner, service_role]
 * }
 * limits { outbox-bytes = 2000000 }
 * </pre>
 */
public final class ServerConfigFile {
    private static final Set<String> TOP =
            Set.of("host", "port", "data", "memory", "databases", "origins", "auth", "limits");
    private static final Set<String> AUTH =
            Set.of("anonymous", "tokens", "jwt", "privileged-roles", "loopback-role", "anonymous-role");
    private static final Set<String> TOKEN = Set.of("token", "identity", "claims");
    private static final Set<String> JWT = Set.of("secret", "keys", "issuer", "audience");

    private final Path file;
    private final Config config;

    private ServerConfigFile(Path file, Config config) {
        this.file = file;
        this.config = config;
    }

    /**
     * Reads a file. What it does not say is as in {@link ServerConfig#memory()}.
     *
     * @throws CodedException INVALID_CONFIGURATION naming the file, and line and setting where it can
     */
    public static ServerConfig read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw invalid(file, "configuration file does not exist");
        }
        try {
            ConfigParseOptions options =
                    ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF);
            Config config = ConfigFactory.parseFile(file.toFile(), options).resolve();
            return new ServerConfigFile(file, config).toServerConfig();
        } catch (ConfigException e) {
            throw invalid(file, "configuration file cannot be understood")
                    .with("reason", e.getMessage())
                    .causedBy(e);
        }
    }

    private ServerConfig toServerConfig() {
        requireKnown(config.root(), TOP, "");
        ServerConfig result = ServerConfig.memory();
        if (config.hasPath("host")) {
            result = result.withHost(config.getString("host"));
        }
        if (config.hasPath("port")) {
            result = result.withPort(config.getInt("port"));
        }
        if (config.hasPath("data")) {
            if (config.hasPath("memory") && config.getBoolean("memory")) {
                throw invalid(file, "both data and memory are configured");
            }
            result = result.withDataDirectory(path(config.getString("data")));
        }
        if (config.hasPath("databases")) {
            result = result.withDatabases(config.getStringList("databases").toArray(String[]::new));
        }
        if (config.hasPath("origins")) {
            result = result.withOrigins(config.getStringList("origins").toArray(String[]::new));
        }
        if (config.hasPath("auth")) {
            result = result.withAuth(auth(config.getConfig("auth")));
        }
        if (config.hasPath("limits")) {
            result = result.withLimits(limits(config.getObject("limits")));
        }
        return result;
    }

    private AuthConfig auth(Config auth) {
        requireKnown(auth.root(), AUTH, "auth.");
        AuthConfig result = AuthConfig.DEFAULT;
        if (auth.hasPath("anonymous")) {
            result = result.withAnonymous(anonymous(auth.getString("anonymous")));
        }
        if (auth.hasPath("tokens")) {
            List<StaticToken> tokens = new ArrayList<>();
            for (Config token : auth.getConfigList("tokens")) {
                requireKnown(token.root(), TOKEN, "auth.tokens.");
                tokens.add(new StaticToken(token.getString("token"), token.getString("identity"), claims(token)));
            }
            result = result.withTokens(tokens.toArray(StaticToken[]::new));
        }
        if (auth.hasPath("jwt")) {
            result = result.withJwt(jwt(auth.getConfig("jwt")));
        }
        return result.withRoles(roles(auth));
    }

    private static RoleConfig roles(Config auth) {
        RoleConfig result = RoleConfig.DEFAULT;
        if (auth.hasPath("privileged-roles")) {
            result = result.withPrivileged(
                    auth.getStringList("privileged-roles").stream().distinct().toArray(String[]::new));
        }
        if (auth.hasPath("loopback-role")) {
            result = result.withLoopback(auth.getString("loopback-role"));
        }
        if (auth.hasPath("anonymous-role")) {
            result = result.withAnonymous(auth.getString("anonymous-role"));
        }
        return result;
    }

    private AuthConfig.Anonymous anonymous(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "never" -> AuthConfig.Anonymous.NEVER;
            case "loopback" -> AuthConfig.Anonymous.LOOPBACK;
            case "always" -> AuthConfig.Anonymous.ALWAYS;
            default ->
                throw invalid(file, "auth.anonymous is not known")
                        .with("value", text)
                        .hint("use never, loopback or always");
        };
    }

    private static Map<String, String> claims(Config token) {
        Map<String, String> claims = new HashMap<>();
        if (token.hasPath("claims")) {
            token.getObject("claims").forEach((name, value) -> claims.put(name, claim(value)));
        }
        return claims;
    }

    /** As text; lists and objects as JSON, like those of a JSON Web Token. */
    private static String claim(ConfigValue value) {
        return switch (value.valueType()) {
            case LIST, OBJECT -> value.render(ConfigRenderOptions.concise());
            case STRING, NUMBER, BOOLEAN, NULL -> String.valueOf(value.unwrapped());
        };
    }

    private JwtConfig jwt(Config jwt) {
        requireKnown(jwt.root(), JWT, "auth.jwt.");
        if (jwt.hasPath("secret") == jwt.hasPath("keys")) {
            throw invalid(file, "auth.jwt wants either secret or keys");
        }
        JwtConfig.Keys keys = jwt.hasPath("secret")
                ? new JwtConfig.Keys.SharedSecret(jwt.getString("secret"))
                : new JwtConfig.Keys.KeySetFile(path(jwt.getString("keys")));
        return new JwtConfig(keys, optional(jwt, "issuer"), optional(jwt, "audience"));
    }

    private ServerLimits limits(ConfigObject configured) {
        Map<String, Limit> known = new HashMap<>();
        Arrays.stream(Limit.values()).forEach(limit -> known.put(limit.key(), limit));
        requireKnown(configured, known.keySet(), "limits.");
        ServerLimits limits = ServerLimits.DEFAULT;
        for (Map.Entry<String, ConfigValue> entry : configured.entrySet()) {
            if (entry.getValue().valueType() != ConfigValueType.NUMBER) {
                throw invalid(file, "limit is not a number").with("limit", entry.getKey());
            }
            long value = ((Number) entry.getValue().unwrapped()).longValue();
            limits = limits.with(Objects.requireNonNull(known.get(entry.getKey())), value);
        }
        return limits;
    }

    private void requireKnown(ConfigObject object, Set<String> known, String prefix) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw invalid(file, "setting is not known")
                        .with("setting", prefix + entry.getKey())
                        .with("line", entry.getValue().origin().lineNumber())
                        .hint("settings here are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private Path path(String text) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of(text) : parent.resolve(text);
    }

    private static @Nullable String optional(Config config, String key) {
        return config.hasPath(key) ? config.getString(key) : null;
    }

    private static CodedException invalid(Path file, String text) {
        return new CodedException(ErrorCode.INVALID_CONFIGURATION, text).with("file", file);
    }
}
