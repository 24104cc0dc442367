package dev.merapi.server.live;

import dev.merapi.query.live.QueryUpdate;
import dev.merapi.store.Commit;
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
                    lag(subscription, update.offset() - 1);
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
                    lag(subscription, update.offset() - 1);
                } else {
                    send(subscription, update.offset(), update.timestampMicros(), changes);
                }
            }
        }
    }

    /** Tells one subscription what commits up to this one have changed, if anything. */
    void deliverPrivately(Subscription subscription, Commit last, List<RowChange> changes) {
        if (!changes.isEmpty()) {
            send(subscription, last.offset(), last.timestampMicros(), changes);
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

    /**
     * Stops telling a subscription of commits after this offset, until its outlet is drained.
     */
    void lag(Subscription subscription, long offset) {
        subscription.state = Subscription.State.LAGGING;
        subscription.position = offset;
        if (!subscription.outlet().isCongested()) {
            // It was drained in between, and said so before anybody was lagging.
            self.accept(new LiveEvent.Drained(subscription.outlet()));
        }
    }

    /** Tells clients that are up to date that they are. */
    void sendProgress(long offset) {
        SharedMessage message = new SharedMessage(new ServerMessage.Progress(offset), PROGRESS_BYTES);
        for (Map.Entry<Outlet, Set<Subscription>> entry : audiences.outlets()) {
            boolean allLive =
                    entry.getValue().stream().allMatch(subscription -> subscription.state == Subscription.State.LIVE);
            if (allLive && !entry.getKey().isCongested()) {
                entry.getKey().send(message);
            }
        }
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
