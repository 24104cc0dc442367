package dev.merapi.server;

import dev.merapi.query.system.LiveDescription.State;
import dev.merapi.query.system.LiveDescription.Tier;
import dev.merapi.server.live.LiveStage;
import dev.merapi.server.live.LiveSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The numbers of the live queries of one database. They are added up when somebody asks for the metrics, by the live
 * stage, and are those of the last time when it has no time for that. Any thread.
 */
final class LiveMetrics {
    private static final long PATIENCE_MILLIS = 1_000;

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    private final LiveStage stage;
    private volatile LiveSummary last = LiveSummary.NONE;

    LiveMetrics(LiveStage stage, Tags tags, MeterRegistry registry) {
        this.stage = stage;
        for (Tier tier : Tier.values()) {
            gauge(
                    "merapi.live.queries",
                    "distinct live results by the way they are kept",
                    tags.and("tier", tier.text()),
                    summary -> summary.results(tier),
                    registry);
        }
        for (State state : State.values()) {
            gauge(
                    "merapi.live.subscribers",
                    "live subscriptions by how far they are",
                    tags.and("state", state.text()),
                    summary -> summary.subscribers(state),
                    registry);
        }
        gauge("merapi.live.templates", "shapes of live queries", tags, LiveSummary::templates, registry);
        gauge("merapi.live.held.rows", "rows held for live queries", tags, LiveSummary::rows, registry);
        gauge("merapi.live.held.bytes", "memory these take, about", tags, LiveSummary::bytes, registry);
        gauge("merapi.live.lag", "commits the slowest subscriber is behind", tags, LiveSummary::maxLag, registry);
        Timer commits = Timer.builder("merapi.live.commit")
                .description("from the commit until it has been taken to subscribers")
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        stage.observe(nanos -> commits.record(nanos, TimeUnit.NANOSECONDS));
    }

    private void gauge(
            String name, String description, Tags tags, ToDoubleFunction<LiveSummary> value, MeterRegistry registry) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.last))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** Waits for the live stage, but not for long. */
    void refresh() {
        try {
            last = stage.summarise()
                    .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            // It is closing, or very busy: what was known last is better than nothing.
        }
    }
}
