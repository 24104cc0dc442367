package dev.merapi.server;

import dev.merapi.server.connection.ConnectionStatistics;
import dev.merapi.server.database.DatabaseLoop;
import dev.merapi.server.database.DatabaseRuntime;
import dev.merapi.server.database.LogWriter;
import dev.merapi.server.database.QueryPool;
import dev.merapi.server.live.LiveStage;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The numbers of a server, read from those who count when somebody asks. Any thread. */
final class ServerMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final List<LiveMetrics> live = new CopyOnWriteArrayList<>();

    ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** May wait a moment for those who have to count. */
    String scrape() {
        live.forEach(LiveMetrics::refresh);
        return registry.scrape();
    }

    /**
     * @param outboxBytes what waits in all outboxes together
     */
    void watch(ConnectionStatistics connections, Supplier<Number> outboxBytes) {
        gauge("merapi.connections", "connections open", connections, c -> c.open.get());
        counter("merapi.connections.accepted", "connections ever opened", connections, c -> c.accepted.sum());
        counter("merapi.requests", "requests of connections", connections, c -> c.requests.sum());
        counter("merapi.requests.failed", "requests answered with an error", connections, c -> c.failures.sum());
        counter("merapi.messages.received", "messages of clients", connections, c -> c.messagesIn.sum());
        counter("merapi.messages.sent", "messages to clients", connections, c -> c.messagesOut.sum());
        counter("merapi.sent.bytes", "bytes of frames to clients", connections, c -> c.bytesOut.sum());
        counter(
                "merapi.slow.consumers",
                "connections closed because the client did not read",
                connections,
                c -> c.slowConsumers.sum());
        Gauge.builder("merapi.outbox.bytes", outboxBytes)
                .description("bytes waiting to be read by clients")
                .register(registry);
    }

    void watch(QueryPool pool) {
        gauge("merapi.queries.running", "queries running on snapshots", pool, QueryPool::running);
        gauge("merapi.queries.waiting", "queries waiting for a thread", pool, QueryPool::waiting);
        FunctionTimer.builder("merapi.queries", pool, QueryPool::finished, QueryPool::totalNanos, TimeUnit.NANOSECONDS)
                .description("queries run on snapshots")
                .register(registry);
    }

    void watch(DatabaseRuntime database, LiveStage live) {
        Tags tags = Tags.of("database", database.name());
        watchWriter(database.loop(), tags);
        watchLog(database, tags);
        watchLive(live, tags);
        this.live.add(new LiveMetrics(live, tags, registry));
    }

    private void watchWriter(DatabaseLoop loop, Tags tags) {
        gauge("merapi.offset", "newest commit", tags, loop, DatabaseLoop::offset);
        gauge("merapi.mailbox", "requests waiting for the writer", tags, loop, DatabaseLoop::mailboxSize);
        counter("merapi.transactions", "transactions run", tags, loop, DatabaseLoop::transactionCount);
        counter("merapi.refusals", "requests refused as too many", tags, loop, DatabaseLoop::refusalCount);
    }

    private void watchLog(DatabaseRuntime database, Tags tags) {
        LogWriter log = database.log();
        gauge("merapi.durable.offset", "newest commit on disk", tags, log, LogWriter::durableOffset);
        gauge(
                "merapi.durable.lag",
                "commits visible and not yet on disk",
                tags,
                database,
                d -> Math.max(0, d.loop().offset() - d.log().durableOffset()));
        gauge("merapi.unwritten.bytes", "bytes on their way to the disk", tags, log, LogWriter::unwrittenBytes);
        gauge("merapi.log.bytes", "size of the log", tags, database, DatabaseRuntime::logBytes);
        gauge("merapi.log.writable", "1 when the log takes writes", tags, log, l -> switch (l.state()) {
            case OPEN -> 1;
            case FULL, FAILED -> 0;
        });
    }

    private void watchLive(LiveStage live, Tags tags) {
        gauge("merapi.live.offset", "newest commit taken to subscribers", tags, live, LiveStage::offset);
        gauge(
                "merapi.subscriptions",
                "live subscriptions",
                tags,
                live,
                l -> l.statistics().subscriptions());
        gauge(
                "merapi.live.results",
                "distinct live results",
                tags,
                live,
                l -> l.statistics().results());
        gauge(
                "merapi.live.queued.rows",
                "changes waiting for the live stage",
                tags,
                live,
                l -> l.statistics().queuedRows());
        counter(
                "merapi.live.deliveries",
                "updates handed to connections",
                tags,
                live,
                l -> l.statistics().deliveries());
    }

    private <T> void gauge(String name, String description, T object, ToDoubleFunction<T> value) {
        gauge(name, description, Tags.empty(), object, value);
    }

    private <T> void gauge(String name, String description, Tags tags, T object, ToDoubleFunction<T> value) {
        Gauge.builder(name, object, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private <T> void counter(String name, String description, T object, ToDoubleFunction<T> value) {
        counter(name, description, Tags.empty(), object, value);
    }

    private <T> void counter(String name, String description, Tags tags, T object, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, object, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
