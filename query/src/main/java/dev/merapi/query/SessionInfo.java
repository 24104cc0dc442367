package dev.merapi.query;

import java.util.Map;

/**
 * Who asks, and from where they see the database. Immutable.
 *
 * @param user what {@code current_user} returns
 * @param claims what the user's token says, by name
 * @param schema the schema in which names without one are looked up and created
 */
public record SessionInfo(String user, Map<String, String> claims, String schema) {
    /** A session nobody has signed in to, in the schema {@code public}. */
    public static final SessionInfo ANONYMOUS = new SessionInfo("anonymous", Map.of(), "public");

    public SessionInfo {
        claims = Map.copyOf(claims);
    }
}
