package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.Map;

/**
 * Who asks, and from where they see the database. Immutable.
 *
 * @param user what {@code current_user} returns
 * @param role as what they act: what {@code current_role} returns, and what policies are made for
 * @param privileged whether they may change the schema, and see and change rows whatever policies say
 * @param claims what the user's token says, by name
 * @param schema the schema in which names without one are looked up and created
 */
public record SessionInfo(String user, String role, boolean privileged, Map<String, String> claims, String schema) {
    /** A session nobody has signed in to, which owns the database, in the schema {@code public}. */
    public static final SessionInfo ANONYMOUS = new SessionInfo("anonymous", "owner", true, Map.of(), "public");

    public SessionInfo {
        claims = Map.copyOf(claims);
    }

    static CodedException denied(SessionInfo session, String statement) {
        return new CodedException(ErrorCode.PERMISSION_DENIED, "role may not run this statement")
                .with("role", session.role())
                .with("statement", statement)
                .hint("only privileged roles may: sign in with a token whose claim role is one of them, which the"
                        + " server's setting auth.privileged-roles lists");
    }
}
