package dev.merapi.query.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement about the transaction or the session; it touches no table. */
public sealed interface BoundSession extends BoundStatement {
    /** BEGIN, COMMIT or ROLLBACK. */
    record TransactionControl(Verb verb) implements BoundSession {
        /** What to do. */
        public enum Verb {
            BEGIN,
            COMMIT,
            ROLLBACK
        }
    }

    /** SAVEPOINT, ROLLBACK TO or RELEASE. */
    record SavepointControl(Step step, String name) implements BoundSession {
        /** What to do. */
        public enum Step {
            SAVEPOINT,
            ROLLBACK,
            RELEASE
        }
    }

    /** SET ROLE; null for that of the caller. {@code local}: until the end of the transaction. */
    record SetRole(@Nullable String role, boolean local) implements BoundSession {}

    /** SET request.jwt.claims; null for those of the caller. {@code local}: until the end of the transaction. */
    record SetClaims(@Nullable Map<String, String> claims, boolean local) implements BoundSession {}

    /** SET: the name is known and the values are acceptable for it. Settings last as long as the request. */
    record SetSetting(String name, List<String> values) implements BoundSession {}

    /** SHOW: one text column called after the setting, one row. */
    record ShowSetting(String name) implements BoundSession {}
}
