package dev.merapi.examples.earthquakes;

import dev.merapi.api.error.CodedException;
import dev.merapi.client.Confirmation;
import dev.merapi.client.ExecuteResult;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.Prepared;
import dev.merapi.client.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends the feed to the database, event by event in the order in which they happened, spread evenly over a given time.
 * Many requests are under way at once; the order is kept because one connection keeps it.
 */
final class EarthquakeReplay {
    private static final String CREATE = """
        CREATE TABLE earthquakes (
            id             text PRIMARY KEY,
            occurred_at    timestamptz NOT NULL,
            updated_at     timestamptz NOT NULL,
            magnitude      double precision NOT NULL,
            magnitude_type text NOT NULL,
            depth_km       double precision NOT NULL,
            latitude       double precision NOT NULL,
            longitude      double precision NOT NULL,
            place          text NOT NULL,
            network        text NOT NULL,
            event_type     text NOT NULL,
            status         text NOT NULL,
            felt           integer,
            tsunami        boolean NOT NULL,
            significance   integer NOT NULL
        )\
        """;

    private static final String CREATE_NETWORKS = "CREATE TABLE networks (code text PRIMARY KEY, name text NOT NULL)";

    /** The networks of the file, as the USGS names them. */
    private static final String INSERT_NETWORKS = """
        INSERT INTO networks VALUES ('ak', 'Alaska'), ('ci', 'Southern California'), ('hv', 'Hawaii'),
            ('mb', 'Montana'), ('nc', 'Northern California'), ('nm', 'New Madrid'), ('nn', 'Nevada'),
            ('pr', 'Puerto Rico'), ('se', 'Southeastern US'),
            ('us', 'National Earthquake Information Center'), ('uu', 'Utah'), ('uw', 'Pacific Northwest')\
        """;

    private static final String INSERT = """
        INSERT INTO earthquakes (id, occurred_at, updated_at, magnitude, magnitude_type, depth_km, latitude,
            longitude, place, network, event_type, status, felt, tsunami, significance)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)\
        """;

    private static final String UPDATE = "UPDATE earthquakes SET updated_at = $2, status = $3, felt = $4 WHERE id = $1";

    /** Requests under way; more would only wait in the queues of the server. */
    private static final int MAX_UNDER_WAY = 200;

    private final MerapiClient client;
    private final List<FeedEvent> events;
    private final Prepared insert;
    private final Prepared update;
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private volatile Progress progress = new Progress(0, 0, 0, Instant.EPOCH);

    private record Sent(FeedEvent event, CompletableFuture<ExecuteResult> answer) {}

    /**
     * How far it is.
     *
     * @param sent events sent
     * @param inserted rows the server says it inserted
     * @param updated rows the server says it updated
     * @param feedTime when the last event sent happened
     */
    record Progress(int sent, long inserted, long updated, Instant feedTime) {}

    EarthquakeReplay(MerapiClient client, List<FeedEvent> events) {
        this.client = client;
        this.events = events;
        this.insert = client.prepare(INSERT);
        this.update = client.prepare(UPDATE);
    }

    /** Makes the tables, replacing what an earlier run has left. */
    void createTables() {
        client.execute("DROP TABLE IF EXISTS earthquakes");
        client.execute("DROP TABLE IF EXISTS networks");
        client.execute(CREATE);
        client.execute(CREATE_NETWORKS);
        client.execute(INSERT_NETWORKS);
    }

    Progress progress() {
        return progress;
    }

    /**
     * Sends all events and waits until the server has confirmed the last one.
     *
     * @param duration the time over which they are spread; zero sends as fast as it goes
     * @throws InterruptedException when the thread was interrupted; what was sent stays
     */
    void run(Duration duration) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < events.size(); i++) {
            waitUntil(start + duration.toNanos() / events.size() * i);
            FeedEvent event = events.get(i);
            send(event);
            progress = new Progress(i + 1, progress.inserted(), progress.updated(), event.at());
            while (underWay.size() > MAX_UNDER_WAY
                    || (!underWay.isEmpty() && underWay.element().answer().isDone())) {
                confirmOldest();
            }
        }
        while (!underWay.isEmpty()) {
            confirmOldest();
        }
    }

    private void send(FeedEvent event) {
        Earthquake e = event.earthquake();
        CompletableFuture<ExecuteResult> answer = switch (event) {
            case FeedEvent.Detected detected ->
                execute(insert.with(
                        e.id(),
                        e.occurredAt(),
                        e.occurredAt(),
                        e.magnitude(),
                        e.magnitudeType(),
                        e.depthKm(),
                        e.latitude(),
                        e.longitude(),
                        e.place(),
                        e.network(),
                        e.eventType(),
                        Earthquake.AUTOMATIC,
                        null,
                        e.tsunami(),
                        e.significance()));
            case FeedEvent.Revised revised -> execute(update.with(e.id(), e.updatedAt(), e.status(), e.felt()));
        };
        underWay.add(new Sent(event, answer));
    }

    private CompletableFuture<ExecuteResult> execute(Statement statement) {
        return client.async().execute(statement, Confirmation.COMMITTED).toCompletableFuture();
    }

    private void confirmOldest() {
        Sent oldest = underWay.remove();
        long rows = confirmed(oldest.answer()).rowCount();
        Progress p = progress;
        progress = switch (oldest.event()) {
            case FeedEvent.Detected d -> new Progress(p.sent(), p.inserted() + rows, p.updated(), p.feedTime());
            case FeedEvent.Revised r -> new Progress(p.sent(), p.inserted(), p.updated() + rows, p.feedTime());
        };
    }

    private static ExecuteResult confirmed(CompletableFuture<ExecuteResult> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CodedException coded ? coded : e;
        }
    }

    private static void waitUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
