package dev.merapi.examples.earthquakes;

import dev.merapi.api.schema.RowType;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.LiveError;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Four live queries: the strong events, those of one network, those nobody has looked at yet, and the ten busiest
 * networks. What they hold can be read by any thread at any time.
 */
final class EarthquakeWatch implements AutoCloseable {
    static final String NETWORK = "ci";

    /** The strongest events are chosen here from a live filter; below this there are too many to be interesting. */
    private static final double STRONG = 4.5;

    private static final String BUSIEST = """
        SELECT n.name, count(*) AS events, max(e.magnitude) AS strongest
        FROM earthquakes e JOIN networks n ON n.code = e.network
        GROUP BY n.name ORDER BY events DESC, n.name LIMIT 10\
        """;

    private static final String NEWEST_FIRST = " ORDER BY occurred_at DESC";

    private static final String COLUMNS = "SELECT id, occurred_at, magnitude, place, network, status FROM earthquakes";

    private final Query strong;
    private final Query network;
    private final Query automatic;
    private final Query busiest;
    private final AtomicLong lists = new AtomicLong();
    private final ConcurrentLinkedQueue<LiveError> errors = new ConcurrentLinkedQueue<>();

    /** What a line on the screen needs to know of an event. */
    record Sighting(String id, Instant occurredAt, double magnitude, String place, String network, String status) {}

    /** How busy a network has been. */
    record Activity(String name, long events, double strongest) {}

    /** A live query, and what is needed to ask the same once. */
    static final class Query implements AutoCloseable {
        private final String name;
        private final String sql;
        private final Object[] parameters;
        private final LiveRows live;
        private volatile Rows newest;

        private Query(
                MerapiClient client,
                String name,
                String sql,
                Runnable onChange,
                Consumer<LiveError> onError,
                Object... parameters) {
            this.name = name;
            this.sql = sql;
            this.parameters = parameters;
            LiveOptions options = LiveOptions.builder()
                    .parameters(parameters)
                    .onError(onError)
                    .build();
            this.newest = Rows.ofBytes(RowType.EMPTY, List.of(), "");
            this.live = client.live(sql, options, rows -> {
                newest = rows;
                onChange.run();
            });
        }

        String name() {
            return name;
        }

        /** The list that was shown last. */
        Rows rows() {
            return newest;
        }

        List<Sighting> sightings() {
            Rows rows = newest;
            return rows.isEmpty() ? List.of() : rows.as(Sighting.class);
        }

        /** The same query, asked once over another connection. */
        Rows ask(MerapiClient client) {
            return client.query(sql, parameters);
        }

        @Override
        public void close() {
            live.close();
        }
    }

    EarthquakeWatch(MerapiClient client) {
        strong = query(
                client,
                "strong events",
                COLUMNS + " WHERE magnitude >= $1 ORDER BY magnitude DESC, occurred_at",
                STRONG);
        network =
                query(client, "events of network " + NETWORK, COLUMNS + " WHERE network = $1" + NEWEST_FIRST, NETWORK);
        automatic = query(
                client, "events not reviewed yet", COLUMNS + " WHERE status = $1" + NEWEST_FIRST, Earthquake.AUTOMATIC);
        busiest = query(client, "busiest networks", BUSIEST);
    }

    private Query query(MerapiClient client, String name, String sql, Object... parameters) {
        return new Query(client, name, sql, lists::incrementAndGet, errors::add, parameters);
    }

    List<Query> queries() {
        return List.of(strong, network, automatic, busiest);
    }

    /** Lists received so far, of all queries together. */
    long listsReceived() {
        return lists.get();
    }

    /** Something went wrong with a live query, if it did. */
    Optional<LiveError> error() {
        return Optional.ofNullable(errors.peek());
    }

    /** The strongest events so far, the strongest first. */
    List<Sighting> strongest(int count) {
        return first(strong, count);
    }

    /** The last events of the watched network, the newest first. */
    List<Sighting> newestOfNetwork(int count) {
        return first(network, count);
    }

    /** The last events nobody has looked at, the newest first. */
    List<Sighting> newestAutomatic(int count) {
        return first(automatic, count);
    }

    /** The busiest networks, the busiest first. */
    List<Activity> busiestNetworks(int count) {
        Rows rows = busiest.rows();
        List<Activity> networks = rows.isEmpty() ? List.of() : rows.as(Activity.class);
        return networks.subList(0, Math.min(count, networks.size()));
    }

    int ofNetwork() {
        return network.rows().size();
    }

    int automatic() {
        return automatic.rows().size();
    }

    /** Live lists stand as their query says. */
    private static List<Sighting> first(Query query, int count) {
        List<Sighting> sightings = query.sightings();
        return sightings.subList(0, Math.min(count, sightings.size()));
    }

    @Override
    public void close() {
        queries().forEach(Query::close);
    }
}
