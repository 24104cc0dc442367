package dev.merapi.server.connection;

import dev.merapi.query.SessionInfo;
import dev.merapi.server.database.Request;
import dev.merapi.server.database.SqlService;
import dev.merapi.server.database.SqlStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one connection asks of its database, on the way there, in order. Requests of one frame go together. A statement
 * that has not been seen before is planned elsewhere first; what the connection asks behind it waits for that, all
 * other connections do not.
 *
 * <p>The event loop adds; whoever has planned goes on. What waits is bounded by the requests and live queries a
 * connection may have.
 */
final class Submissions {
    private sealed interface Step {
        /** Statements for the writer. */
        record Write(SqlService sql, SessionInfo session, List<SqlStatement> statements, Request request)
                implements Step {}

        /** Anything else; quick. */
        record Action(Runnable action) implements Step {}
    }

    // Guarded by this.
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private final List<Request> together = new ArrayList<>();
    /** What is being planned, or has just been; it is still the first of the steps. */
    private Step.@Nullable Write planned;

    /** Whether the first step waits for its plan, or all of them for a {@link #release}. */
    private boolean waiting;

    /** Adds a request, to go at the next {@link #submit} at the earliest. */
    synchronized void write(SqlService sql, SessionInfo session, List<SqlStatement> statements, Request request) {
        steps.add(new Step.Write(sql, session, statements, request));
    }

    /** Does something behind all that was added before: at once, unless that waits. */
    synchronized void inOrder(Runnable action) {
        steps.add(new Step.Action(action));
        submit();
    }

    /** Lets everything wait until {@link #release}. */
    synchronized void hold() {
        waiting = true;
    }

    /** Goes on after a {@link #hold}. */
    void release() {
        goOn();
    }

    /** Hands over what was added, as far as it does not wait. */
    synchronized void submit() {
        while (!waiting && !steps.isEmpty()) {
            switch (steps.getFirst()) {
                case Step.Write write -> submit(write);
                case Step.Action(Runnable action) -> {
                    steps.removeFirst();
                    action.run();
                }
            }
        }
    }

    /** A stretch of writes, up to one that has to be planned. */
    private void submit(Step.Write first) {
        while (!waiting && steps.peekFirst() instanceof Step.Write write) {
            waiting = !write.equals(planned)
                    && write.sql().planAhead(write.session(), write.statements(), write.request(), this::goOn);
            if (waiting) {
                planned = write;
            } else {
                planned = null;
                together.add(write.request());
                steps.removeFirst();
            }
        }
        if (!together.isEmpty()) {
            first.sql().submit(together);
            together.clear();
        }
    }

    private synchronized void goOn() {
        waiting = false;
        submit();
    }
}
