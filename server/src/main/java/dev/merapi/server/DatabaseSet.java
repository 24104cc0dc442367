package dev.merapi.server;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.SqlEngine;
import dev.merapi.server.auth.Roles;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.server.connection.DatabaseGate;
import dev.merapi.server.connection.Databases;
import dev.merapi.server.database.CommitListener;
import dev.merapi.server.database.DatabaseRuntime;
import dev.merapi.server.database.QueryPool;
import dev.merapi.server.database.SqlService;
import dev.merapi.server.live.LiveStage;
import dev.merapi.server.module.ModuleHost;
import dev.merapi.server.ops.Health;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.log.LogOptions;
import dev.merapi.store.log.LogState;
import dev.merapi.store.log.LogStorage;
import dev.merapi.store.log.Retention;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The databases of a server: opened at start or later, closed together. */
final class DatabaseSet implements Databases {
    /** One database with all that runs for it. */
    private record Entry(DatabaseRuntime runtime, LiveStage live, List<Thread> threads, DatabaseGate gate) {}

    private final @Nullable Path directory;
    private final String defaultName;
    private final ServerLimits limits;
    private final Roles roles;
    private final SqlEngine engine;
    private final QueryPool pool;
    private final Executor workers;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Environment.Disks disks;
    private final ServerMetrics metrics;
    private final Map<String, Entry> open = new ConcurrentSkipListMap<>();

    DatabaseSet(
            ServerConfig config,
            Roles roles,
            SqlEngine engine,
            QueryPool pool,
            Executor workers,
            Environment environment,
            ServerMetrics metrics) {
        this.directory = config.dataDirectory();
        this.defaultName = config.databases().getFirst();
        this.limits = config.limits();
        this.roles = roles;
        this.engine = engine;
        this.pool = pool;
        this.workers = workers;
        this.clock = environment.clock();
        this.nanoTime = environment.nanoTime();
        this.random = environment.random();
        this.disks = environment.disks();
        this.metrics = metrics;
    }

    /** Opens the configured databases and those found in the data directory. */
    void openAll(List<String> configured) {
        Set<String> names = new LinkedHashSet<>(configured);
        if (directory != null) {
            names.addAll(found(directory));
        }
        names.forEach(this::open);
    }

    private static List<String> found(Path directory) {
        List<String> names = new ArrayList<>();
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
                entries.forEach(entry -> names.add(entry.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "data directory cannot be used")
                    .with("directory", directory)
                    .with("reason", e)
                    .causedBy(e);
        }
        names.removeIf(name -> !ServerConfig.isDatabaseName(name));
        return names;
    }

    /**
     * Opens a database, creating it if there is none of this name. Does nothing when it is open.
     */
    synchronized void open(String name) {
        ServerConfig.requireDatabaseName(name);
        if (open.containsKey(name)) {
            return;
        }
        if (open.size() >= limits.getInt(Limit.DATABASES)) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "server has too many databases")
                    .with("limit", limits.get(Limit.DATABASES))
                    .with("name", name);
        }
        LogStorage storage = disks.open(directory, name, limits);
        boolean persistent = storage.isPersistent();
        Retention retention = new Retention(limits.get(Limit.LOG_BYTES), Duration.ofHours(limits.get(Limit.LOG_HOURS)));
        Database database = Database.open(new DatabaseOptions(
                name,
                storage,
                LogOptions.defaults(random).withRetention(retention),
                StoreLimits.DEFAULT,
                engine.constraintCompiler()));
        open.put(name, run(database, persistent));
    }

    private Entry run(Database database, boolean persistent) {
        String name = database.name();
        LiveStage live = new LiveStage(name, database.log(), database.offset(), workers, pool, clock, nanoTime, limits);
        ModuleHost modules = new ModuleHost(name, clock, random);
        CommitListener schedules = modules.commitListener();
        CommitListener listener = commits -> {
            live.committed(commits);
            schedules.committed(commits);
        };
        DatabaseRuntime runtime = new DatabaseRuntime(database, persistent, listener, clock, nanoTime, limits);
        live.connect(runtime.loop());
        modules.connect(runtime.loop());
        SqlService sql = new SqlService(engine, runtime, live, pool, clock, random, limits, roles::isPrivileged);
        List<Thread> threads =
                List.of(thread("live-" + name, live::run), thread("schedule-" + name, modules::runSchedules));
        metrics.watch(runtime, live);
        threads.forEach(Thread::start);
        runtime.start();
        return new Entry(runtime, live, threads, new DatabaseGate(name, sql, live, modules));
    }

    private static Thread thread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public DatabaseGate get(String name) {
        return entry(name).gate();
    }

    DatabaseRuntime runtime(String name) {
        return entry(name).runtime();
    }

    private Entry entry(String name) {
        Entry entry = open.get(name.isEmpty() ? defaultName : name);
        if (entry == null) {
            throw new CodedException(ErrorCode.UNKNOWN_DATABASE, "server has no database of this name")
                    .with("database", name)
                    .hint("databases are " + String.join(", ", open.keySet()));
        }
        return entry;
    }

    List<String> names() {
        return List.copyOf(open.keySet());
    }

    List<Health.DatabaseHealth> health() {
        return open.values().stream().map(DatabaseSet::health).toList();
    }

    private static Health.DatabaseHealth health(Entry entry) {
        LogState state = entry.runtime().log().state();
        Health.Status status = switch (state) {
            case OPEN -> Health.Status.OK;
            case FULL -> Health.Status.DEGRADED;
            case FAILED -> Health.Status.FAILED;
        };
        return new Health.DatabaseHealth(
                entry.gate().name(),
                status,
                state.name(),
                entry.runtime().loop().offset(),
                entry.runtime().log().durableOffset(),
                entry.live().offset());
    }

    /** Closes all: writers first, so that everything accepted is written, then the live stages. */
    void closeAll(long timeoutMillis) throws InterruptedException {
        for (Entry entry : open.values()) {
            entry.runtime().close(Math.max(1_000, timeoutMillis));
            entry.live().close();
            entry.gate().modules().close();
        }
        for (Entry entry : open.values()) {
            for (Thread thread : entry.threads()) {
                thread.join(Math.max(1_000, timeoutMillis));
            }
        }
        open.clear();
    }
}
