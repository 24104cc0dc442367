package dev.merapi.server;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.live.LivePlans;
import dev.merapi.server.auth.Authenticator;
import dev.merapi.server.auth.Roles;
import dev.merapi.server.config.Limit;
import dev.merapi.server.connection.ConnectionHost;
import dev.merapi.server.connection.ConnectionStatistics;
import dev.merapi.server.database.QueryPool;
import dev.merapi.server.http.HttpServer;
import dev.merapi.server.http.ServerStatus;
import dev.merapi.server.ops.Health;
import dev.merapi.store.Catalog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: the one place where all parts are made and put together, and taken apart again.
 *
 * <pre>{@code
 * try (Server server = Server.start(ServerConfig.memory().withPort(0))) {
 *     server.database("main").execute("CREATE TABLE notes (id integer PRIMARY KEY, body text)").join();
 *     // clients connect to server.port()
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final ServerConfig config;
    private final Roles roles;
    private final ServerMetrics metrics;
    private final QueryPool pool;
    private final ExecutorService workers;
    private final DatabaseSet databases;
    private final HttpServer http;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Server(
            ServerConfig config,
            Roles roles,
            ServerMetrics metrics,
            QueryPool pool,
            ExecutorService workers,
            DatabaseSet databases,
            HttpServer http) {
        this.config = config;
        this.roles = roles;
        this.metrics = metrics;
        this.pool = pool;
        this.workers = workers;
        this.databases = databases;
        this.http = http;
    }

    /**
     * Starts a server. On return it accepts connections, and all databases are recovered.
     *
     * @throws CodedException UNSAFE_CONFIGURATION when it would serve other machines without anybody having said who
     *     may come; INVALID_CONFIGURATION; CANNOT_LISTEN; LOG_CORRUPT and other codes of recovery
     */
    public static Server start(ServerConfig config) {
        return start(config, Environment.ofSystem());
    }

    static Server start(ServerConfig config, Environment environment) {
        requireSafe(config);
        Roles roles = new Roles(config.auth());
        Authenticator authenticator = new Authenticator(config.auth(), roles, environment.clock());
        ServerMetrics metrics = new ServerMetrics();
        SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT, new LivePlans());
        QueryPool pool = new QueryPool(config.limits(), environment.nanoTime());
        ExecutorService workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("worker-", 0).factory());
        DatabaseSet databases = new DatabaseSet(config, roles, engine, pool, workers, environment, metrics);
        try {
            databases.openAll(config.databases());
            ConnectionStatistics connections = new ConnectionStatistics();
            ConnectionHost host = new ConnectionHost(
                    databases,
                    authenticator,
                    config.limits(),
                    workers,
                    environment.nanoTime(),
                    () -> ConnectionId.random(environment.random()),
                    connections);
            HttpServer http = HttpServer.start(
                    config.host(),
                    config.port(),
                    config.origins(),
                    host,
                    status(databases, metrics),
                    environment.clock());
            metrics.watch(connections, http::outboxBytes);
            metrics.watch(pool);
            warmUp(engine);
            Server server = new Server(config, roles, metrics, pool, workers, databases, http);
            LOG.info("listening on {}:{}, databases {}", config.host(), server.port(), databases.names());
            return server;
        } catch (RuntimeException e) {
            abandon(databases, pool, workers, metrics);
            throw e;
        }
    }

    /** Nobody shall find out by accident that their data was open to the network. */
    private static void requireSafe(ServerConfig config) {
        if (config.auth().isConfigured()) {
            return;
        }
        try {
            if (InetAddress.getByName(config.host()).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "host is not known")
                    .with("host", config.host())
                    .causedBy(e);
        }
        throw new CodedException(ErrorCode.UNSAFE_CONFIGURATION, "server would be open to the network without tokens")
                .with("host", config.host())
                .hint("configure tokens or JWT keys, or listen on " + ServerConfig.DEFAULT_HOST
                        + ", or allow anonymous access explicitly (auth.anonymous = always)");
    }

    private static ServerStatus status(DatabaseSet databases, ServerMetrics metrics) {
        return new ServerStatus() {
            @Override
            public Health health() {
                return new Health(version(), databases.health());
            }

            @Override
            public String scrape() {
                return metrics.scrape();
            }
        };
    }

    /** The first statement a planner sees costs a second; better ours than the first client's. */
    private static void warmUp(SqlEngine engine) {
        Thread thread = new Thread(
                () -> {
                    try {
                        engine.prepare(Catalog.EMPTY, SessionInfo.ANONYMOUS, "SELECT 1");
                    } catch (RuntimeException e) {
                        LOG.debug("planner could not be warmed up", e);
                    }
                },
                "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    /** The version of this software, such as {@code 0.1.0}; {@code dev} outside of a release. */
    public static String version() {
        String version = Server.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** The port listened on. */
    public int port() {
        return http.port();
    }

    /** The configuration it was started with. */
    public ServerConfig config() {
        return config;
    }

    /** The names of the open databases, sorted. */
    public List<String> databases() {
        return databases.names();
    }

    /**
     * A database for use in the same process, by the system itself, which may do everything.
     *
     * @param name empty for the default one
     * @throws CodedException UNKNOWN_DATABASE
     */
    public EmbeddedDatabase database(String name) {
        return new EmbeddedDatabase(databases.get(name), databases.runtime(name).loop(), roles, config.limits());
    }

    /**
     * Opens a database, creating it if there is none of this name.
     *
     * @throws CodedException INVALID_CONFIGURATION for a name that is not allowed, or too many databases
     */
    public EmbeddedDatabase createDatabase(String name) {
        databases.open(name);
        return database(name);
    }

    /** How it is doing. */
    public Health health() {
        return new Health(version(), databases.health());
    }

    /**
     * Ends the server in order: accepts nothing new, answers what it has accepted, says goodbye, writes the log and a
     * checkpoint. Takes at most a few times {@link Limit#DRAIN_MILLIS}; closing twice does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        long drainMillis = config.limits().get(Limit.DRAIN_MILLIS);
        try {
            http.drain(drainMillis);
            pool.close();
            databases.closeAll(drainMillis);
            http.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.shutdownNow();
            metrics.close();
        }
        LOG.info("closed");
    }

    private static void abandon(DatabaseSet databases, QueryPool pool, ExecutorService workers, ServerMetrics metrics) {
        pool.close();
        try {
            databases.closeAll(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        metrics.close();
    }
}
