package dev.merapi.server.ops;

import java.util.List;

/**
 * How a server is doing.
 *
 * @param version of the server
 */
public record Health(String version, List<DatabaseHealth> databases) {
    /** In short. */
    public enum Status {
        OK,
        /** Reads work, writes are refused in a database whose disk is full. */
        DEGRADED,
        /** The log of a database has failed: the server has to be restarted. */
        FAILED
    }

    /**
     * How one database is doing.
     *
     * @param log OPEN, FULL or FAILED
     * @param offset the newest commit
     * @param durableOffset the newest commit on disk
     * @param liveOffset the newest commit taken to subscribers
     */
    public record DatabaseHealth(
            String name, Status status, String log, long offset, long durableOffset, long liveOffset) {}

    public Health {
        databases = List.copyOf(databases);
    }

    /** That of the database that is worst. */
    public Status status() {
        return databases.stream()
                .map(DatabaseHealth::status)
                .max(Status::compareTo)
                .orElse(Status.OK);
    }
}
