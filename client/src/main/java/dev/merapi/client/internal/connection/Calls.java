package dev.merapi.client.internal.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.connection.ClientLimits;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a client: those that wait for a connection or for their turn, and those that were sent.
 *
 * <p>A request that was surely not executed is sent again over the next connection, whatever it is. One that may have
 * been executed is sent again only when it reads; otherwise it fails with OUTCOME_UNKNOWN.
 *
 * <p>Passive; guarded by the client's lock. Answers are completed here: what depends on them must not run code of the
 * application.
 */
final class Calls {
    /** Connections a request may outlive before it fails: more often than this it is likely to be the reason. */
    private static final int MAX_SENDS = 3;

    private final ClientLimits limits;
    private final Deque<Call> waiting = new ArrayDeque<>();
    private final Map<Long, Call> sent = new LinkedHashMap<>();
    private int maxInFlight;

    Calls(ClientLimits limits) {
        this.limits = limits;
        this.maxInFlight = limits.maxInFlight();
    }

    boolean hasRoom() {
        return waiting.size() < limits.maxQueued();
    }

    /** Requests that wait for a connection or for their turn. */
    int waiting() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && sent.isEmpty();
    }

    /** Requests the server takes at the same time. */
    void serverAllows(int requests) {
        maxInFlight = Math.max(1, Math.min(limits.maxInFlight(), requests));
    }

    void add(Call call) {
        waiting.add(call);
    }

    /** The next request to send, now counted as sent; null when none waits or as many as allowed are under way. */
    @Nullable
    Call nextToSend() {
        if (sent.size() >= maxInFlight) {
            return null;
        }
        Call call = waiting.poll();
        if (call != null) {
            call.markSent();
            sent.put(call.id(), call);
        }
        return call;
    }

    void rows(ServerMessage.ResultRows m) {
        Call call = sent.get(m.requestId());
        if (call != null) {
            call.addRows(m.statement(), m.rows());
        }
    }

    void results(ServerMessage.Results m) {
        Call call = sent.remove(m.requestId());
        if (call != null) {
            call.answer().complete(call.reply(m.results(), m.position(), m.durable()));
        }
    }

    void failed(long requestId, ErrorInfo error) {
        Call call = sent.remove(requestId);
        if (call == null) {
            return;
        }
        CodedException failure = error.toException();
        Call asWrite = call.asWrite();
        if (failure.code() == ErrorCode.WRITE_IN_QUERY && asWrite != null) {
            waiting.addFirst(asWrite);
        } else if (failure.code() == ErrorCode.SHUTTING_DOWN && call.timesSent() < MAX_SENDS) {
            waiting.addFirst(call);
        } else {
            call.answer().completeExceptionally(failure);
        }
    }

    /**
     * The connection is gone.
     *
     * @param neverLeft messages that were not even handed to the socket
     */
    void interrupted(CodedException cause, Collection<Call> neverLeft) {
        List<Call> again = new ArrayList<>();
        for (Call call : sent.values()) {
            boolean unknown = !neverLeft.contains(call);
            if (unknown && !call.isRead()) {
                call.answer()
                        .completeExceptionally(outcomeUnknown(call, "the connection was lost before the answer came")
                                .causedBy(cause));
            } else if (unknown && call.timesSent() >= MAX_SENDS) {
                call.answer().completeExceptionally(Refusals.copyOf(cause));
            } else {
                again.add(call);
            }
        }
        sent.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            waiting.addFirst(again.get(i));
        }
    }

    /** Fails what has waited for too long; gives the ids of those the server may still be working on. */
    List<Long> expire(long nowNanos, @Nullable CodedException lastTrouble) {
        List<Long> cancelled = new ArrayList<>();
        waiting.removeIf(call -> {
            boolean late = nowNanos - call.deadlineNanos() >= 0;
            if (late) {
                CodedException timeout =
                        new CodedException(ErrorCode.REQUEST_TIMEOUT, "the request could not be sent within its time");
                if (lastTrouble != null) {
                    timeout.with("connection", lastTrouble.toString()).causedBy(lastTrouble);
                }
                call.answer().completeExceptionally(timeout);
            }
            return late;
        });
        sent.values().removeIf(call -> {
            boolean late = nowNanos - call.deadlineNanos() >= 0;
            if (late) {
                cancelled.add(call.id());
                call.answer().completeExceptionally(unanswered(call));
            }
            return late;
        });
        return cancelled;
    }

    private static CodedException unanswered(Call call) {
        return call.isRead()
                ? new CodedException(ErrorCode.REQUEST_TIMEOUT, "the server did not answer within the request's time")
                : outcomeUnknown(call, "the server did not answer within the request's time");
    }

    /** A request that counts as sent cannot be sent. */
    void refuse(Call call, CodedException reason) {
        sent.remove(call.id());
        call.answer().completeExceptionally(reason);
    }

    /** Nobody waits for the answer any more; true when the server may be working on it. */
    boolean forget(Call call) {
        Call asWrite = call.asWrite();
        waiting.remove(call);
        boolean underWay = sent.remove(call.id()) != null;
        return asWrite == null ? underWay : forget(asWrite) || underWay;
    }

    /** Fails everything. */
    void failAll(CodedException cause) {
        List<Call> all = new ArrayList<>(sent.values());
        sent.clear();
        for (Call call : all) {
            CodedException failure = call.isRead()
                    ? Refusals.copyOf(cause)
                    : outcomeUnknown(call, "the client was closed before the answer came")
                            .causedBy(cause);
            call.answer().completeExceptionally(failure);
        }
        waiting.forEach(call -> call.answer().completeExceptionally(Refusals.copyOf(cause)));
        waiting.clear();
    }

    private static CodedException outcomeUnknown(Call call, String why) {
        return new CodedException(ErrorCode.OUTCOME_UNKNOWN, "a write may or may not have taken effect")
                .with("request", call.id())
                .with("why", why)
                .hint("look at the data before repeating it, or make the write repeatable (ON CONFLICT)");
    }
}
