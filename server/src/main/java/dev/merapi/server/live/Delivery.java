package dev.merapi.server.live;

import dev.merapi.query.live.DerivedResult;
import dev.merapi.query.live.LiveResult;
import dev.merapi.query.live.QueryUpdate;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hands updates to the clients of a result: the same encoded message to all of them. A client that is congested gets
 * nothing; its subscription is marked as lagging and catches up once the client has read. Owned by the live thread.
 */
final class Delivery {
    private static final int PROGRESS_BYTES = 13;

    private final Audiences audiences;
    private final Consumer<LiveEvent> self;
    private final int messageBytes;
    private long delivered;

    /**
     * @param self the mailbox of the stage
     * @param messageBytes longer updates are sent in parts
     */
    Delivery(Audiences audiences, Consumer<LiveEvent> self, int messageBytes) {
        this.audiences = audiences;
        this.self = self;
        this.messageBytes = messageBytes;
    }

    long delivered() {
        return delivered;
    }

    void deliver(QueryUpdate update) {
        Audience audience = audiences.find(update.result());
        if (audience == null) {
            return;
        }
        List<RowChange> changes = Changes.toWire(update.changes());
        List<SharedMessage> shared = share(update, changes);
        List<Audience.Member> members = audience.members();
        for (int i = 0; i < members.size(); i++) {
            Audience.Member member = members.get(i);
            if (!member.isLive()) {
                deliverMixed(member, update, changes);
            } else if (member.outlet().isCongested()) {
                for (Subscription subscription : member.subscriptions) {
                    lag(subscription, update);
                }
            } else {
                delivered++;
                for (SharedMessage message : shared) {
                    member.outlet().send(message);
                }
            }
        }
    }

    /** One client, two subscriptions to the same result, not both live: each is served for itself. */
    private void deliverMixed(Audience.Member member, QueryUpdate update, List<RowChange> changes) {
        for (Subscription subscription : member.subscriptions) {
            if (subscription.state == Subscription.State.LIVE) {
                if (member.outlet().isCongested()) {
                    lag(subscription, update);
                } else {
                    send(subscription, update.offset(), update.timestampMicros(), changes);
                }
            } else if (subscription.missed != null) {
                subscription.missed.add(update.changes());
            }
        }
    }

    /** Tells one subscription what commits up to an offset have changed, if anything. */
    void deliverPrivately(Subscription subscription, long offset, long timestampMicros, List<RowChange> changes) {
        if (!changes.isEmpty()) {
            send(subscription, offset, timestampMicros, changes);
        }
    }

    private void send(Subscription subscription, long offset, long timestampMicros, List<RowChange> changes) {
        delivered++;
        List<List<RowChange>> parts = Changes.split(changes, messageBytes);
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            subscription.send(
                    new ServerMessage.NetUpdate(subscription.id(), offset, timestampMicros, parts.get(i), last));
        }
    }

    /** The update is the first that a subscription is not told of. */
    private void lag(Subscription subscription, QueryUpdate update) {
        lag(subscription, update.result(), update.offset() - 1);
        if (subscription.missed != null) {
            subscription.missed.add(update.changes());
        }
    }

    /**
     * Stops telling a subscription of commits after this offset, until its outlet is drained.
     */
    void lag(Subscription subscription, LiveResult result, long offset) {
        subscription.state = Subscription.State.LAGGING;
        subscription.position = offset;
        subscription.missed = result instanceof DerivedResult derived ? derived.newChanges() : null;
        if (!subscription.outlet().isCongested()) {
            // It was drained in between, and said so before anybody was lagging.
            self.accept(new LiveEvent.Drained(subscription.outlet()));
        }
    }

    /** Tells clients that are up to date that they are. */
    void sendProgress(long offset) {
        SharedMessage message = new SharedMessage(new ServerMessage.Progress(offset), PROGRESS_BYTES);
        for (Map.Entry<Outlet, Set<Subscription>> entry : audiences.outlets()) {
            if (entry.getValue().stream().allMatch(Delivery::isCurrent)
                    && !entry.getKey().isCongested()) {
                entry.getKey().send(message);
            }
        }
    }

    private static boolean isCurrent(Subscription subscription) {
        Audience.Member member = subscription.member;
        boolean stale =
                member != null && member.audience().result() instanceof DerivedResult derived && derived.isStale();
        return subscription.state == Subscription.State.LIVE && !stale;
    }

    private List<SharedMessage> share(QueryUpdate update, List<RowChange> changes) {
        List<List<RowChange>> parts = Changes.split(changes, messageBytes);
        List<SharedMessage> messages = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            List<RowChange> part = parts.get(i);
            ServerMessage.Update message = new ServerMessage.Update(
                    update.result().id(), update.offset(), update.timestampMicros(), part, i == parts.size() - 1);
            messages.add(new SharedMessage(message, Changes.messageBytes(part)));
        }
        return messages;
    }
}
