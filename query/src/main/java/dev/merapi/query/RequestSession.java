package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * As whom the statements of one request run: who has signed in, until SET ROLE or SET request.jwt.claims make somebody
 * else of them. With the request it is over. Used by one thread.
 *
 * <p>Whoever runs the statements asks {@link #current} before each one and says what was run by {@link #follow}, where
 * transactions end by {@link #commit} and {@link #rollback}, and at last {@link #finish}.
 */
public final class RequestSession {
    /** What SET has changed; null means as signed in. */
    private record Settings(@Nullable String role, @Nullable Map<String, String> claims) {
        static final Settings NONE = new Settings(null, null);
    }

    /**
     * @param lasting what holds beyond the transaction
     * @param effective what holds now
     */
    private record State(Settings lasting, Settings effective) {
        static final State INITIAL = new State(Settings.NONE, Settings.NONE);
    }

    private record Mark(String name, State state) {}

    private final SessionInfo signedIn;
    private final Predicate<String> isPrivileged;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private State atBegin = State.INITIAL;
    private State state = State.INITIAL;
    private SessionInfo current;
    /** Whether somebody has been made of the caller as whom nothing has run yet. */
    private boolean unused;

    /**
     * @param isPrivileged whether a role is privileged
     */
    public RequestSession(SessionInfo signedIn, Predicate<String> isPrivileged) {
        this.signedIn = signedIn;
        this.isPrivileged = isPrivileged;
        this.current = signedIn;
    }

    /** As whom the next statement runs. */
    public SessionInfo current() {
        return current;
    }

    /**
     * A statement has been run.
     *
     * @throws CodedException PERMISSION_DENIED when it would make somebody else of a caller who may not become it
     */
    public void follow(Prepared statement) {
        statement.changeSession(this);
    }

    /** A transaction has been committed: what was SET LOCAL is over. */
    public void commit() {
        become(new State(state.lasting(), state.lasting()));
        atBegin = state;
        marks.clear();
    }

    /** A transaction has been rolled back, and with it what it has SET. */
    public void rollback() {
        become(atBegin);
        marks.clear();
    }

    /**
     * The last statement has been run.
     *
     * @throws CodedException UNSUPPORTED_SQL when nothing has run as the one the caller was made last: who expects that
     *     to hold for the next request must find out
     */
    public void finish() {
        if (unused) {
            throw nothingFollows();
        }
    }

    static CodedException nothingFollows() {
        return new CodedException(
                        ErrorCode.UNSUPPORTED_SQL, "role and claims are set for one request, and nothing follows in it")
                .hint("send SET and the statements it is for together: BEGIN; SET ROLE …; SELECT …; COMMIT");
    }

    /** A statement that is none about the session has run. */
    void used() {
        unused = false;
    }

    void setRole(@Nullable String role, boolean local) {
        if (role != null && !role.equals(signedIn.role())) {
            requirePrivileged("SET ROLE");
        }
        Settings before = state.effective();
        set(
                new Settings(role, before.claims()),
                new Settings(role, state.lasting().claims()),
                local);
        unused = role != null;
    }

    void setClaims(@Nullable Map<String, String> claims, boolean local) {
        if (claims != null) {
            requirePrivileged("SET request.jwt.claims");
        }
        Settings before = state.effective();
        set(new Settings(before.role(), claims), new Settings(state.lasting().role(), claims), local);
        unused = claims != null;
    }

    private void set(Settings effective, Settings lasting, boolean local) {
        become(new State(local ? state.lasting() : lasting, effective));
    }

    /** What counts is who has signed in: as in PostgreSQL, one may go from role to role. */
    private void requirePrivileged(String statement) {
        if (!signedIn.privileged()) {
            throw SessionInfo.denied(signedIn, statement);
        }
    }

    void savepoint(String name) {
        marks.push(new Mark(name, state));
    }

    void rollbackTo(String name) {
        while (!marks.isEmpty() && !marks.getFirst().name().equals(name)) {
            marks.pop();
        }
        if (!marks.isEmpty()) {
            become(marks.getFirst().state());
        }
    }

    void release(String name) {
        while (!marks.isEmpty() && !marks.pop().name().equals(name)) {
            // those within it go with it
        }
    }

    private void become(State next) {
        state = next;
        String role = next.effective().role();
        Map<String, String> claims = next.effective().claims();
        current = new SessionInfo(
                claims == null ? signedIn.user() : claims.getOrDefault("sub", ""),
                role == null ? signedIn.role() : role,
                role == null ? signedIn.privileged() : isPrivileged.test(role),
                claims == null ? signedIn.claims() : claims,
                signedIn.schema());
    }
}
