package dev.merapi.server.live;

import dev.merapi.query.live.DerivedResult;
import dev.merapi.wire.ServerMessage.Update;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client and all it follows. What a commit changes in several results goes to it as several updates, whose bytes it
 * shares with others; the last of them says that the commit is complete. Which one is the last is known at the end of
 * the commit only, so one update is always held back.
 *
 * <p>Owned by the live thread.
 */
final class Reader {
    private final Outlet outlet;
    private final Set<Subscription> subscriptions = Collections.newSetFromMap(new IdentityHashMap<>());
    private int lagging;
    private boolean inCommit;
    private @Nullable SharedUpdate held;

    Reader(Outlet outlet) {
        this.outlet = outlet;
    }

    Outlet outlet() {
        return outlet;
    }

    Collection<Subscription> subscriptions() {
        return subscriptions;
    }

    void add(Subscription subscription) {
        subscriptions.add(subscription);
    }

    void remove(Subscription subscription) {
        subscriptions.remove(subscription);
        caughtUp(subscription);
    }

    boolean isEmpty() {
        return subscriptions.isEmpty();
    }

    /** A subscription was up to date and is not from now on, until it has caught up. */
    void fellBehind(Subscription subscription) {
        if (!subscription.behind) {
            subscription.behind = true;
            lagging++;
        }
    }

    void caughtUp(Subscription subscription) {
        if (subscription.behind) {
            subscription.behind = false;
            lagging--;
        }
    }

    /**
     * Something of the commit at work goes to this client.
     *
     * @return whether it is the first
     */
    boolean enterCommit() {
        boolean first = !inCommit;
        inCommit = true;
        return first;
    }

    void send(SharedUpdate update) {
        if (held != null) {
            held.sendTo(outlet, Update.End.RESULT);
        }
        held = update;
    }

    /**
     * The commit has no more for this client.
     *
     * @param whole whether what was sent is all that the commit has changed, and nothing else
     * @return whether the client has to be told so by another message, because it got no shared update
     */
    boolean endCommit(boolean whole) {
        SharedUpdate last = held;
        held = null;
        inCommit = false;
        if (last != null) {
            last.sendTo(outlet, whole && lagging == 0 ? Update.End.COMMIT : Update.End.RESULT);
        }
        return last == null || !whole;
    }

    /** The commit at work has failed: what it held back is not said. */
    void abandonCommit() {
        held = null;
        inCommit = false;
    }

    /** Whether the client has been told everything up to the present, for all it follows. */
    boolean isCurrent() {
        if (lagging > 0) {
            return false;
        }
        for (Subscription subscription : subscriptions) {
            if (!isCurrent(subscription)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCurrent(Subscription subscription) {
        Audience.Member member = subscription.member;
        boolean stale =
                member != null && member.audience().result() instanceof DerivedResult derived && derived.isStale();
        return subscription.state == Subscription.State.LIVE && !stale;
    }
}
