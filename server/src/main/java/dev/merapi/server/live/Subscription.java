package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.query.live.LivePlan;
import dev.merapi.query.live.LiveQuery;
import dev.merapi.query.live.LiveRequest;
import dev.merapi.query.live.row.NetChanges;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's interest in one live query, from the moment it was asked for.
 *
 * <pre>
 * REQUESTED ──► LOADING ──► CATCHING_UP ──► LIVE ◄──► LAGGING
 *      └───── resume ──────────▲  ▲                      │
 *                                 └──── outbox drained ──┘          any ──► ENDED
 * </pre>
 *
 * <p>While it is not LIVE the stage skips it; what it misses it gets as a net difference when it catches up. So a
 * client that is slow, or still fetching its initial rows, costs no memory per change.
 */
public final class Subscription {
    /** Where a subscription stands. */
    enum State {
        /** On its way through the writer, to a snapshot; or its result is being computed for the first time. */
        REQUESTED,
        /** The initial rows are being read and sent, at the client's pace. */
        LOADING,
        /** The difference between what it has and the present is being computed and sent. */
        CATCHING_UP,
        /** Told of each commit. */
        LIVE,
        /** Not told, because too much is waiting for the client to read. */
        LAGGING
    }

    /**
     * One try to bring a subscription to life, from a snapshot or a position. When the subscription has to begin anew,
     * the next try replaces it, and whoever still works on the old one finds out when it wants to send.
     */
    final class Attempt {
        /** Batches the client has asked for and not got yet. The first comes unasked. */
        private final Semaphore credits = new Semaphore(1);

        private final LiveQuery query;

        private Attempt(LiveQuery query) {
            this.query = query;
        }

        LiveQuery query() {
            return query;
        }

        Outlet outlet() {
            return outlet;
        }

        /** Any thread. False when this attempt does not count any more. */
        boolean send(ServerMessage message) {
            synchronized (Subscription.this) {
                if (ended || attempt != this) {
                    return false;
                }
                outlet.send(message);
                return true;
            }
        }

        boolean isCurrent() {
            synchronized (Subscription.this) {
                return !ended && attempt == this;
            }
        }

        boolean awaitCredit(long timeoutMillis) throws InterruptedException {
            return credits.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS);
        }

        Subscription subscription() {
            return Subscription.this;
        }
    }

    private final int id;
    private final Outlet outlet;
    private final LiveRequest request;
    private final LiveOptions options;

    // Guarded by this: nothing is sent for a subscription after the message that ends it, because its id is free then.
    private boolean ended;
    private @Nullable Attempt attempt;

    // Below: owned by the live thread.
    State state = State.REQUESTED;
    /** Whether it was told of commits once, and is not now; kept by its reader. */
    boolean behind;
    /** In which order it wants the rows of its result, which others may want in another. */
    ResultOrder order = ResultOrder.NONE;

    /** The last commit the client has been told of, while LAGGING. */
    long position;
    /** What its text comes down to, if it had to be planned for this subscription. */
    @Nullable
    LivePlan plan;

    /** How a subscription to a derived result begins once the rows are known. */
    Start derivedStart = Start.FRESH;

    /** What has changed since the client was told last, for a derived result that it is not told of now; else null. */
    @Nullable
    NetChanges missed;

    Audience.@Nullable Member member;

    /**
     * @param id the client's name for it
     */
    public Subscription(int id, Outlet outlet, LiveRequest request, LiveOptions options) {
        this.id = id;
        this.outlet = outlet;
        this.request = request;
        this.options = options;
    }

    public int id() {
        return id;
    }

    Outlet outlet() {
        return outlet;
    }

    LiveRequest request() {
        return request;
    }

    LiveOptions options() {
        return options;
    }

    /** Any thread. The client asks for one more batch. Superfluous credits do no harm. */
    public synchronized void addCredit() {
        if (attempt != null) {
            attempt.credits.release();
        }
    }

    /** Live thread. A new attempt; the one before no longer counts. */
    synchronized Attempt newAttempt(LiveQuery query) {
        Attempt next = new Attempt(query);
        wakeAttempt();
        attempt = next;
        return next;
    }

    /** Live thread. No attempt counts any more. */
    synchronized void invalidate() {
        wakeAttempt();
        attempt = null;
    }

    /** Live thread. Sends unless the subscription is over. */
    synchronized void send(ServerMessage message) {
        if (!ended) {
            outlet.send(message);
        }
    }

    /** Any thread. Says the last word, once. */
    synchronized void end(@Nullable CodedException reason) {
        if (!ended) {
            ended = true;
            wakeAttempt();
            outlet.endSubscription(id, reason);
        }
    }

    /** Any thread. The client is gone: nothing more is said. */
    synchronized void abandon() {
        ended = true;
        wakeAttempt();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Lets a sender that waits for a credit find out that there is nothing left to send. */
    private void wakeAttempt() {
        if (attempt != null) {
            attempt.credits.release();
        }
    }
}
