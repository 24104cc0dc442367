package dev.merapi.server;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.AuthConfig;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server is to be. Immutable; {@code with…} methods return changed copies.
 *
 * @param host name or address to listen on
 * @param port port to listen on; 0 takes any free one
 * @param dataDirectory where the databases live, one directory each; null keeps everything in memory
 * @param databases names of the databases that exist from the start; those found in the data directory are served too.
 *     The first is the default one
 * @param origins web origins whose pages may connect, such as {@code https://app.example}; {@code *} allows all. A
 *     page of the server's own host and port is always allowed, and so are programs, which send no origin
 */
public record ServerConfig(
        String host,
        int port,
        @Nullable Path dataDirectory,
        List<String> databases,
        AuthConfig auth,
        List<String> origins,
        ServerLimits limits) {
    public static final int DEFAULT_PORT = 3000;
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final String DEFAULT_DATABASE = "main";

    private static final int MAX_PORT = 65_535;
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    public ServerConfig {
        databases = List.copyOf(databases);
        origins = List.copyOf(origins);
        if (port < 0 || port > MAX_PORT) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "port is out of range")
                    .with("port", port)
                    .hint("give a port from 1 to " + MAX_PORT + ", or 0 for any free one");
        }
        if (databases.isEmpty()) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "server has no database")
                    .hint("name at least one");
        }
        databases.forEach(ServerConfig::requireDatabaseName);
    }

    /** A server that forgets everything when it ends: default host and port, one database {@code main}. */
    public static ServerConfig memory() {
        return new ServerConfig(
                DEFAULT_HOST,
                DEFAULT_PORT,
                null,
                List.of(DEFAULT_DATABASE),
                AuthConfig.DEFAULT,
                List.of(),
                ServerLimits.DEFAULT);
    }

    /** A server that keeps its databases in a directory, which is made if it does not exist. */
    public static ServerConfig directory(Path dataDirectory) {
        return memory().withDataDirectory(dataDirectory);
    }

    public ServerConfig withHost(String newHost) {
        return new ServerConfig(newHost, port, dataDirectory, databases, auth, origins, limits);
    }

    public ServerConfig withPort(int newPort) {
        return new ServerConfig(host, newPort, dataDirectory, databases, auth, origins, limits);
    }

    public ServerConfig withDataDirectory(@Nullable Path newDataDirectory) {
        return new ServerConfig(host, port, newDataDirectory, databases, auth, origins, limits);
    }

    public ServerConfig withDatabases(String... newDatabases) {
        return new ServerConfig(host, port, dataDirectory, List.of(newDatabases), auth, origins, limits);
    }

    public ServerConfig withAuth(AuthConfig newAuth) {
        return new ServerConfig(host, port, dataDirectory, databases, newAuth, origins, limits);
    }

    public ServerConfig withOrigins(String... newOrigins) {
        return new ServerConfig(host, port, dataDirectory, databases, auth, List.of(newOrigins), limits);
    }

    public ServerConfig withLimits(ServerLimits newLimits) {
        return new ServerConfig(host, port, dataDirectory, databases, auth, origins, newLimits);
    }

    public ServerConfig withLimit(Limit limit, long value) {
        return withLimits(limits.with(limit, value));
    }

    /**
     * Checks the name of a database, which is also the name of a directory.
     *
     * @throws CodedException INVALID_CONFIGURATION
     */
    static void requireDatabaseName(String name) {
        if (!isDatabaseName(name)) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "name of a database is not allowed")
                    .with("name", name)
                    .hint("use lower-case letters, digits, - and _, beginning with a letter, at most 63 characters");
        }
    }

    static boolean isDatabaseName(String name) {
        return DATABASE_NAME.matcher(name).matches();
    }
}
