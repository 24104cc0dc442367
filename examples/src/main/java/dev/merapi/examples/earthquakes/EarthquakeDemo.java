package dev.merapi.examples.earthquakes;

import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.LiveError;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A week of earthquakes streams into a table over one connection; another connection holds live queries on it. In the
 * end the live results are compared with the same queries asked once.
 */
public final class EarthquakeDemo {
    private static final Duration FRAME = Duration.ofMillis(100);

    /** How long the live results may take to catch up with the last write; they need a few milliseconds. */
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final String url;
    private final String database;
    private final Display display;

    /** Where the demo is shown. Called by the thread that runs the demo. */
    public interface Display {
        /** How many columns there are. */
        int width();

        /**
         * What is to be seen at this moment.
         *
         * @param lines for where a screen can be redrawn
         * @param summary the same in one line, for where it cannot
         */
        void show(List<String> lines, String summary);
    }

    /**
     * How it went.
     *
     * @param inserted rows inserted, as the server counted
     * @param updated rows updated, as the server counted
     * @param liveRows rows the live queries hold together
     * @param difference how live and fresh results differ; empty when they are equal
     */
    public record Outcome(long inserted, long updated, long liveRows, Optional<String> difference) {
        public boolean isEqual() {
            return difference.isEmpty();
        }

        /** The one line that says it all. */
        public String summary() {
            return "inserted " + inserted + " rows, updated " + updated + " rows; the client's live result ("
                    + liveRows + " rows in 4 queries) "
                    + difference.map(d -> "DIFFERS from a fresh query: " + d).orElse("equals a fresh query");
        }
    }

    /** @param url of a running server, such as {@code ws://127.0.0.1:3000} */
    public EarthquakeDemo(String url, String database, Display display) {
        this.url = url;
        this.database = database;
        this.display = display;
    }

    /**
     * Runs the demo from beginning to end.
     *
     * @param duration over which the events are spread; zero sends them as fast as it goes
     * @throws InterruptedException when the thread was interrupted
     */
    public Outcome run(Duration duration) throws InterruptedException {
        List<FeedEvent> events = FeedEvent.timeline(EarthquakeFile.read());
        try (MerapiClient writer = client("demo-writer");
                MerapiClient watcher = client("demo-watcher")) {
            EarthquakeReplay replay = new EarthquakeReplay(writer, events);
            replay.createTables();
            EarthquakeScreen screen = new EarthquakeScreen(events.size(), url);
            try (EarthquakeWatch watch = new EarthquakeWatch(watcher)) {
                replayAndShow(replay, duration, watch, screen);
                Outcome outcome = compare(replay.progress(), watch, writer);
                show(replay, watch, screen);
                return outcome;
            }
        }
    }

    private MerapiClient client(String name) {
        return MerapiClient.builder()
                .uri(url)
                .database(database)
                .clientName(name)
                .connect();
    }

    private void replayAndShow(
            EarthquakeReplay replay, Duration duration, EarthquakeWatch watch, EarthquakeScreen screen)
            throws InterruptedException {
        FutureTask<Void> replaying = new FutureTask<>(() -> {
            replay.run(duration);
            return null;
        });
        Thread thread = Thread.ofPlatform().name("demo-replay").daemon().start(replaying);
        try {
            while (!replaying.isDone()) {
                show(replay, watch, screen);
                await(replaying);
            }
        } finally {
            thread.interrupt();
        }
    }

    private static void await(FutureTask<Void> replaying) throws InterruptedException {
        try {
            replaying.get(FRAME.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private void show(EarthquakeReplay replay, EarthquakeWatch watch, EarthquakeScreen screen) {
        EarthquakeReplay.Progress progress = replay.progress();
        display.show(screen.lines(progress, watch, display.width()), screen.line(progress, watch));
    }

    /** The fresh answers come from the writing connection: the watching one proves nothing about itself. */
    private static Outcome compare(EarthquakeReplay.Progress progress, EarthquakeWatch watch, MerapiClient writer)
            throws InterruptedException {
        long liveRows = 0;
        Optional<String> difference = watch.error().map(LiveError::message);
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        for (EarthquakeWatch.Query query : watch.queries()) {
            Map<Row, Integer> fresh = counted(query.ask(writer));
            while (!counted(query.rows()).equals(fresh) && System.nanoTime() < deadline) {
                Thread.sleep(FRAME.toMillis() / 10);
            }
            Rows live = query.rows();
            liveRows += live.size();
            if (!counted(live).equals(fresh) && difference.isEmpty()) {
                difference = Optional.of(query.name() + ": " + live.size() + " live rows, "
                        + fresh.values().stream().mapToInt(Integer::intValue).sum() + " fresh rows");
            }
        }
        return new Outcome(progress.inserted(), progress.updated(), liveRows, difference);
    }

    /** Rows with how often each occurs: a query without ORDER BY promises no order. */
    private static Map<Row, Integer> counted(Rows rows) {
        Map<Row, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }
}
