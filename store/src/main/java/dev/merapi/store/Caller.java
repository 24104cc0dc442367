package dev.merapi.store;

import java.util.Map;

/**
 * Who asked for a transaction. Immutable; travels with the commit into the log.
 *
 * @param identity the caller's stable name; empty for an anonymous caller
 * @param claims what the caller's token said, as text
 */
public record Caller(String identity, Map<String, String> claims) {
    /** The database itself: recovery, schedules, administration. */
    public static final Caller SYSTEM = new Caller("system", Map.of());

    /** A caller that has not said who it is. */
    public static final Caller ANONYMOUS = new Caller("", Map.of());

    public Caller {
        claims = Map.copyOf(claims);
    }
}
