package dev.merapi.server.config;

import java.util.Locale;

/**
 * Every limit of a server: its unit, its default, and the reason it exists. In a configuration file the limit
 * {@code OUTBOX_BYTES} is called {@code outbox-bytes}.
 */
public enum Limit {
    CONNECTIONS(Unit.COUNT, 20_000, 1, 1_000_000, "each connection holds a socket and buffers"),
    FRAME_BYTES(Unit.BYTES, 1 << 20, 1 << 10, 1 << 30, "a frame is held in memory as a whole before it is decoded"),
    HTTP_BODY_BYTES(Unit.BYTES, 8 << 20, 1 << 10, 1 << 30, "a body is held in memory as a whole before it is read"),
    HELLO_MILLIS(Unit.MILLIS, 10_000, 10, 600_000, "a socket that does not say who it is must not stay"),
    HTTP_REQUEST_MILLIS(Unit.MILLIS, 30_000, 10, 600_000, "a request that trickles in must not hold a socket"),
    IDLE_MILLIS(Unit.MILLIS, 60_000, 50, 86_400_000, "a peer that vanished is noticed only by its silence"),
    REQUESTS_IN_FLIGHT(Unit.COUNT, 1_024, 1, 1_000_000, "one connection must not fill the mailbox of a database"),
    STATEMENTS_PER_REQUEST(Unit.COUNT, 10_000, 1, 1_000_000, "one transaction must not stop the writer for long"),
    SUBSCRIPTIONS(Unit.COUNT, 10_000, 1, 10_000_000, "live queries of one connection; each costs memory"),
    BATCH_ROWS(Unit.COUNT, 10_000, 1, 1_000_000, "rows of a snapshot put into one message"),
    MESSAGE_BYTES(
            Unit.BYTES, 256 << 10, 1 << 10, 64 << 20, "longer rows lists are split so that others get their turn"),
    OUTBOX_BYTES(Unit.BYTES, 1 << 20, 1 << 10, 1 << 30, "beyond, a slow reader gets net differences, not each change"),
    OUTBOX_MAX_BYTES(Unit.BYTES, 64 << 20, 1 << 16, 1L << 32, "beyond, a slow reader is disconnected"),
    SLOW_CONSUMER_MILLIS(Unit.MILLIS, 30_000, 50, 3_600_000, "a reader that stopped reading frees its memory"),
    SNAPSHOT_IDLE_MILLIS(Unit.MILLIS, 60_000, 50, 3_600_000, "a half-fetched snapshot keeps old rows in memory"),
    DATABASES(Unit.COUNT, 100, 1, 10_000, "each database has three threads"),
    MAILBOX_REQUESTS(Unit.COUNT, 16_384, 1, 10_000_000, "requests waiting for the writer of a database"),
    BATCH_REQUESTS(Unit.COUNT, 1_024, 1, 1_000_000, "requests that share one write to the log"),
    UNWRITTEN_BYTES(Unit.BYTES, 64 << 20, 1 << 16, 1L << 32, "commits waiting for the disk; beyond, the writer waits"),
    LIVE_QUEUE_ROWS(
            Unit.COUNT, 500_000, 1, 100_000_000, "changes waiting for the live stage; beyond, it reads the log"),
    LIVE_TICK_MILLIS(Unit.MILLIS, 50, 1, 60_000, "how often live queries that are run again may be"),
    LIVE_TABLE_ROWS(Unit.COUNT, 20_000, 1, 10_000_000, "rows of a table about live queries; the live stage makes them"),
    HISTORY_ROWS(Unit.COUNT, 200_000, 0, 100_000_000, "recent changes in memory, for readers that catch up"),
    QUERY_THREADS(Unit.COUNT, 0, 0, 1_024, "queries running at the same time; 0 means one per processor"),
    QUERY_QUEUE(Unit.COUNT, 1_000, 0, 1_000_000, "queries waiting for a thread"),
    STATEMENT_MILLIS(Unit.MILLIS, 30_000, 1, 86_400_000, "one statement must not run forever"),
    RESULT_BYTES(Unit.BYTES, 256 << 20, 1 << 10, 1L << 32, "a result is held in memory until the client has read it"),
    DURABLE_MILLIS(Unit.MILLIS, 30_000, 1, 3_600_000, "a client waiting for the disk must get an answer"),
    CHECKPOINT_LOG_BYTES(Unit.BYTES, 256L << 20, 1 << 10, 1L << 40, "log written since the last checkpoint"),
    LOG_BYTES(Unit.BYTES, 4L << 30, 1 << 12, 1L << 50, "history kept for resuming, on disk"),
    LOG_HOURS(Unit.HOURS, 168, 0, 1_000_000, "history kept for resuming, by age"),
    MEMORY_LOG_BYTES(Unit.BYTES, 64 << 20, 0, 1L << 40, "history kept for resuming, of a database in memory"),
    DRAIN_MILLIS(Unit.MILLIS, 10_000, 0, 600_000, "closing must end");

    /** What the number counts. */
    public enum Unit {
        COUNT,
        BYTES,
        MILLIS,
        HOURS
    }

    private final Unit unit;
    private final long defaultValue;
    private final long minimum;
    private final long maximum;
    private final String reason;

    Limit(Unit unit, long defaultValue, long minimum, long maximum, String reason) {
        this.unit = unit;
        this.defaultValue = defaultValue;
        this.minimum = minimum;
        this.maximum = maximum;
        this.reason = reason;
    }

    public Unit unit() {
        return unit;
    }

    public long defaultValue() {
        return defaultValue;
    }

    public long minimum() {
        return minimum;
    }

    public long maximum() {
        return maximum;
    }

    /** Why there is such a limit, in a few words. */
    public String reason() {
        return reason;
    }

    /** The name in configuration files and error messages, such as {@code outbox-bytes}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
