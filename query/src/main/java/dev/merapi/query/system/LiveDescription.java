package dev.merapi.query.system;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is kept live at one moment: the contents of the tables {@code merapi.live_…}. Immutable. Whoever keeps live
 * queries makes it; what runs a query only reads it.
 *
 * @param offset the last commit that was taken to live queries
 */
public record LiveDescription(
        long offset,
        Listing<Template> templates,
        Listing<Result> results,
        Listing<Subscriber> subscribers,
        Listing<Arrangement> arrangements) {
    /** Nothing is kept live. */
    public static final LiveDescription EMPTY =
            new LiveDescription(0, Listing.none(), Listing.none(), Listing.none(), Listing.none());

    /**
     * Some or all of something.
     *
     * @param total how many there are
     */
    public record Listing<T>(List<T> rows, long total) {
        public Listing {
            rows = List.copyOf(rows);
        }

        static <T> Listing<T> none() {
            return new Listing<>(List.of(), 0);
        }
    }

    /** How a result is kept up to date. */
    public enum Tier {
        /** From each changed row of its table. */
        ROWS,
        /** By a circuit. */
        CIRCUIT,
        /** By running its query again. */
        RERUN;

        /** As the tables say it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What queries of one shape share.
     *
     * @param reason why it is not kept in a better tier; empty when there is none or the tier is the best
     * @param digest the shape, in a form to be compared
     * @param rows held for all of its results together
     * @param bytes about how much memory that takes
     * @param evaluations how often it was worked on: changed rows looked at, commits carried in, or runs
     */
    public record Template(
            long id,
            Tier tier,
            String reason,
            String digest,
            List<String> tables,
            long results,
            long subscribers,
            long rows,
            long bytes,
            long evaluations) {
        public Template {
            tables = List.copyOf(tables);
        }
    }

    /**
     * A result, shared by all who asked for the same.
     *
     * @param sql as the first of them wrote it
     * @param parameters of the same, in text form
     * @param rows held for it alone
     * @param since when the first of them came
     * @param lastChanged the commit that changed it last, or null
     */
    public record Result(
            long id,
            long templateId,
            Tier tier,
            String sql,
            List<String> parameters,
            long subscribers,
            long rows,
            long bytes,
            Instant since,
            @Nullable Long lastChanged) {
        public Result {
            parameters = List.copyOf(parameters);
        }
    }

    /** How far a subscriber is. */
    public enum State {
        /** The first rows are being computed or sent. */
        LOADING,
        /** It is told of each commit. */
        LIVE,
        /** Its client reads too slowly to be told of each; it will get the net difference. */
        LAGGING;

        /** As the tables say it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One subscription of one connection.
     *
     * @param subscriptionId the client's name for it
     * @param offset what its client has been told up to; null while loading
     * @param queuedBytes what waits to be read by the client, for all of its subscriptions and requests
     */
    public record Subscriber(
            long connectionId,
            int subscriptionId,
            String user,
            String role,
            long resultId,
            State state,
            @Nullable Long offset,
            long queuedBytes) {}

    /**
     * Something that is held in a form in which it is quickly found.
     *
     * @param part which part of the template: as EXPLAIN LIVE shows it
     * @param table whose rows they are; null when they are computed
     * @param key by which they are found; empty when by none
     * @param sharedBy how many operators look into it
     */
    public record Arrangement(
            long templateId, String part, @Nullable String table, String key, long rows, long bytes, int sharedBy) {}
}
